package io.github.cameldaraja.examples.marketplace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;

/** What buyers and clerks have before them. */
final class ShopWindow {

    /** What was answered. */
    record Page(int http, JsonNode json) {

        OrderState state() {
            return json.hasNonNull("state") ? OrderState.valueOf(json.path("state").asText()) : null;
        }

        String refused() {
            return json.path("refused").asText(null);
        }

        String awaits() {
            return json.path("awaits").asText(null);
        }

        /** The movements of that kind, the earliest first. */
        List<JsonNode> legs(LegKind kind) {
            return StreamSupport.stream(json.path("legs").spliterator(), false)
                    .filter(leg -> kind.name().equals(leg.path("kind").asText())).toList();
        }

        /** The last movement of that kind; missing if there is none. */
        JsonNode leg(LegKind kind) {
            return legs(kind).stream().reduce((first, second) -> second).orElse(new ObjectMapper().missingNode());
        }

        LegStatus status(LegKind kind) {
            return leg(kind).has("status") ? LegStatus.valueOf(leg(kind).path("status").asText()) : null;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    ShopWindow(String url) {
        this.url = url + "/orders";
    }

    CompletableFuture<Page> places(String order, String buyer, String seller, Object amount) {
        return posts("", "{\"orderId\": \"%s\", \"buyer\": \"%s\", \"seller\": \"%s\", \"amount\": %s}"
                .formatted(order, buyer, seller, amount));
    }

    /** {@code delivered}, {@code dispute} or {@code retry}. */
    CompletableFuture<Page> wishes(String order, String wish) {
        return posts("/" + order + "/" + wish, "");
    }

    /** Sends any text. */
    CompletableFuture<Page> posts(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Page looksAt(String order) {
        return send(HttpRequest.newBuilder(URI.create(url + "/" + order))).join();
    }

    Page summary() {
        return send(HttpRequest.newBuilder(URI.create(url))).join();
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
