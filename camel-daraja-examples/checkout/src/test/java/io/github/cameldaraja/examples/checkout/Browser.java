package io.github.cameldaraja.examples.checkout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A customer's browser, for a shop that may be dead. */
final class Browser {

    /** What was answered; the future fails if nothing was. */
    record Page(int http, JsonNode json) {

        String status() {
            return json.path("status").asText(null);
        }

        String receipt() {
            return json.path("receipt").asText(null);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    Browser(String url) {
        this.url = url;
    }

    /** Buys something. */
    CompletableFuture<Page> buys(String order, String phone, int amount, Duration patience) {
        return send(HttpRequest.newBuilder(URI.create(url + "/orders")).header("Content-Type", "application/json").timeout(patience)
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\": \"%s\", \"phone\": \"%s\", \"amount\": %d, \"item\": \"Tea\"}"
                        .formatted(order, phone, amount))));
    }

    /** An order, or all of them if it has no name. */
    CompletableFuture<Page> looksAt(String order) {
        return send(HttpRequest.newBuilder(URI.create(url + "/orders" + (order.isEmpty() ? "" : "/" + order)))
                .timeout(Duration.ofSeconds(30)));
    }

    private CompletableFuture<Page> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).thenApply(answer -> {
            try {
                return new Page(answer.statusCode(), JSON.readTree(answer.body()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("HTTP " + answer.statusCode() + " is no JSON: " + answer.body(), e);
            }
        });
    }
}
