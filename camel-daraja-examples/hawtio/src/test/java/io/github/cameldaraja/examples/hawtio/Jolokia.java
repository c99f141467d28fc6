package io.github.cameldaraja.examples.hawtio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Asks for MBeans by HTTP, as a console does. */
final class Jolokia {

    static final String DESK = "org.apache.camel:type=services,name=PaymentsDesk,*";
    /** Where the console's pages are. */
    static final String ORIGIN = "http://127.0.0.1:8080";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    Jolokia(String url) {
        this.url = url;
    }

    /** A GET without a login, or with one. */
    HttpResponse<String> get(String path, String user, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path)).GET(), user, headers);
    }

    HttpResponse<String> post(Object request, String user, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(request))), user, headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String user, String... headers)
            throws IOException, InterruptedException {
        if (user != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The answer of somebody who has logged in. */
    JsonNode ask(Map<String, Object> request) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(request, "night:shift", "Origin", ORIGIN);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 403);
        return JSON.readTree(answer.body());
    }

    /** The full name of the desk. */
    String desk() throws IOException, InterruptedException {
        return ask(Map.of("type", "search", "mbean", DESK)).get("value").get(0).asText();
    }

    JsonNode exec(String mbean, String operation, Object... arguments) throws IOException, InterruptedException {
        return ask(Map.of("type", "exec", "mbean", mbean, "operation", operation, "arguments", List.of(arguments)));
    }

    JsonNode read(String mbean, String attribute) throws IOException, InterruptedException {
        return ask(Map.of("type", "read", "mbean", mbean, "attribute", attribute));
    }
}
