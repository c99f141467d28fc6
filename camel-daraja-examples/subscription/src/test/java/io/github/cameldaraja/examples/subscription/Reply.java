package io.github.cameldaraja.examples.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;

/** What a browser got. */
record Reply(int http, JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Reply of(HttpResponse<String> response) {
        try {
            return new Reply(response.statusCode(), JSON.readTree(response.body()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("HTTP " + response.statusCode() + " is no JSON: " + response.body(), e);
        }
    }

    AnswerStatus status() {
        return AnswerStatus.valueOf(json.path("status").asText());
    }

    String reason() {
        return json.path("reason").asText(null);
    }

    boolean tryAgain() {
        return json.path("tryAgain").asBoolean();
    }
}
