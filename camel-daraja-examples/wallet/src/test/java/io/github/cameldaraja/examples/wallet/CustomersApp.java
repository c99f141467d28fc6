package io.github.cameldaraja.examples.wallet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What customers have on their phones to top up their wallets. */
final class CustomersApp {

    /** What was answered. */
    record Page(int http, JsonNode json) {

        String status() {
            return text("status");
        }

        String reference() {
            return text("reference");
        }

        String reason() {
            return text("reason");
        }

        private String text(String field) {
            return json.path(field).asText(null);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    CustomersApp(String url) {
        this.url = url;
    }

    /** Asks for a top-up. */
    Page topsUp(String phone, String order, Object amount) {
        return sends(phone, order, amount).join();
    }

    /** The same without waiting for the answer. */
    CompletableFuture<Page> sends(String phone, String order, Object amount) {
        return posts(phone, "{\"orderId\": \"%s\", \"amount\": %s}".formatted(order, amount));
    }

    /** Sends any text as a top-up. */
    CompletableFuture<Page> posts(String phone, String body) {
        return send(HttpRequest.newBuilder(URI.create(url + "/wallets/" + phone + "/top-up"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Page looksAt(String phone) {
        return send(HttpRequest.newBuilder(URI.create(url + "/wallets/" + phone))).join();
    }

    private CompletableFuture<Page> send(HttpRequest.Builder request) {
        return http.sendAsync(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> {
                    try {
                        return new Page(answer.statusCode(), JSON.readTree(answer.body()));
                    } catch (JsonProcessingException e) {
                        throw new IllegalStateException("HTTP " + answer.statusCode() + " is no JSON: " + answer.body(), e);
                    }
                });
    }
}
