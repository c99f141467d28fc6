package io.github.cameldaraja.examples.checkout.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.examples.checkout.OrderStatus;
import java.net.http.HttpResponse;

/** What the shop answered. */
public record Answer(int http, JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer of(HttpResponse<String> response) {
        try {
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("HTTP " + response.statusCode() + " is no JSON: " + response.body(), e);
        }
    }

    public String id() {
        return text("id");
    }

    public OrderStatus status() {
        return OrderStatus.valueOf(text("status"));
    }

    public String reason() {
        return text("reason");
    }

    public String receipt() {
        return text("receipt");
    }

    private String text(String field) {
        return json.path(field).asText(null);
    }
}
