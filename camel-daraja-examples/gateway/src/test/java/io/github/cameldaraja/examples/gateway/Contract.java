package io.github.cameldaraja.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document, held against everything that goes over the wire in a test. */
final class Contract {

    private final JsonNode document;

    Contract() {
        try (InputStream text = Contract.class.getResourceAsStream("/gateway.openapi.json")) {
            document = Answer.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode document() {
        return document;
    }

    /** What may be called, such as {@code post /payments}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.path("paths").fields().forEachRemaining(path -> path.getValue().fieldNames()
                .forEachRemaining(method -> operations.add(method + " " + path.getKey())));
        return operations;
    }

    /** Fails if the document does not tell of such an answer. */
    void allows(String method, String path, int status, String contentType, JsonNode body) {
        String template = path.replaceFirst("^/payments/[^/]+$", "/payments/{id}")
                .replaceFirst("^/webhooks/[^/]+/release$", "/webhooks/{event}/release");
        JsonNode answer = document.at("/paths").path(template).path(method).path("responses").path(String.valueOf(status));
        assertThat(answer.isObject()).as("%s %s may be answered %s", method, template, status).isTrue();
        JsonNode content = answer.path("content").path(contentType);
        assertThat(content.isObject()).as("%s of %s %s may be %s", status, method, template, contentType).isTrue();
        holds(content.path("schema"), body);
    }

    /** Fails if a webhook does not look as it should. */
    void allowsEvent(JsonNode body) {
        holds(document.at("/components/schemas/Event"), body);
    }

    private void holds(JsonNode schema, JsonNode value) {
        JsonNode its = schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
        for (JsonNode name : its.path("required")) {
            assertThat(value.has(name.asText())).as("%s is in %s", name, value).isTrue();
        }
        if (its.has("properties")) {
            value.fields().forEachRemaining(field -> {
                JsonNode known = its.path("properties").path(field.getKey());
                assertThat(known.isObject()).as("%s is known", field.getKey()).isTrue();
                holds(known, field.getValue());
            });
        }
        value.elements().forEachRemaining(element -> {
            if (value.isArray()) {
                holds(its.path("items"), element);
            }
        });
        if (its.has("enum")) {
            assertThat(its.path("enum")).as("%s is one of them", value).contains(value);
        }
        if (its.has("type")) {
            assertThat(its.path("type").asText()).as("type of %s", value).isEqualTo(value.isObject() ? "object"
                    : value.isArray() ? "array" : value.isBoolean() ? "boolean" : value.isTextual() ? "string"
                    : its.path("type").asText().equals("number") ? "number" : "integer");
        }
    }
}
