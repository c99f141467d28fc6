package io.github.cameldaraja.simulator.lookups;

import java.time.Instant;
import java.time.format.DateTimeParseException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.money.Kind;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Formats;

/**
 * Fills the register over the control API.
 */
final class LookupControl {

    private final Register register;

    LookupControl(Register register) {
        this.register = register;
    }

    void mount(ControlPaths paths) {
        paths.post("/lookups/subscribers", call -> {
            subscriber(call.body());
            return paths.done();
        });
        paths.post("/lookups/organisations", call -> {
            organisation(call.body());
            return paths.done();
        });
    }

    private void subscriber(ObjectNode body) {
        String phone = body.path("phone").asText();
        if (!Formats.isPhone(phone)) {
            throw new IllegalArgumentException("not a number of the form 2547XXXXXXXX or 2541XXXXXXXX: " + phone);
        }
        if (body.path("unknown").asBoolean()) {
            register.unknown(phone);
            return;
        }
        if (body.has("swapped")) {
            register.swapped(phone, instant(body.path("swapped")));
        }
        if (body.has("registered")) {
            register.registered(phone, instant(body.path("registered")));
        }
        if (body.has("name")) {
            register.named(phone, body.path("name").asText());
        }
        if (body.has("idNumber")) {
            register.identified(phone, body.path("idType").asText("01"), body.path("idNumber").asText());
        }
    }

    private void organisation(ObjectNode body) {
        String shortCode = body.path("shortCode").asText();
        if (!Formats.isShortCode(shortCode)) {
            throw new IllegalArgumentException("not a short code: " + shortCode);
        }
        register.organisation(shortCode, body.path("name").asText("Organisation " + shortCode),
                body.path("till").asBoolean() ? Kind.TILL : Kind.PAY_BILL);
    }

    private static Instant instant(JsonNode text) {
        try {
            return Instant.parse(text.asText());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time like 2026-07-21T09:30:00Z: " + text.asText(), e);
        }
    }
}
