package io.github.cameldaraja.simulator.lookups;

import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.FieldRefusal;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;
import io.github.cameldaraja.simulator.wire.Refused;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * POST /mpesa/b2c/hakikisha/v1/hakikisha.
 */
final class NameEndpoint {

    private static final String HEADER = "header";
    private static final String BODY = "body";
    private static final String REQUEST_ID = "requestID";
    private static final Pattern TIME = Pattern.compile("\\d{10}|\\d{13,14}");

    private final Inside inside;
    private final Register register;

    NameEndpoint(Inside inside, Register register) {
        this.inside = inside;
        this.register = register;
    }

    Answer name(Exchange exchange) {
        ObjectNode whole = inside.fields(exchange, HEADER, inside.answers().fieldRefusal()).body();
        Fields header = part(whole, HEADER, inside.answers().fieldRefusal());
        String id = header.required(REQUEST_ID, Type.TEXT, text -> true);
        String timestamp = header.required("timestamp", Type.TEXT, text -> TIME.matcher(text).matches());
        Fields body = part(whole, BODY, refusal(id));
        String phone = body.required("msisdn", Type.TEXT, Formats::isPhone);
        body.required("shortcode", Type.TEXT, Formats::isShortCode);
        Optional<Subscriber> subscriber = register.find(phone);
        if (subscriber.isEmpty()) {
            throw new Refused(failure(id, "The customer does not exist."));
        }
        ObjectNode answer = inside.json().object();
        answer.putObject(HEADER).put(REQUEST_ID, id).put("timestamp", timestamp).put("status", "200")
                .put("message", "Success");
        names(subscriber.get().name(), answer.putObject(BODY));
        return inside.answers().ok(answer);
    }

    private Fields part(ObjectNode whole, String name, FieldRefusal refusal) {
        if (whole.get(name) instanceof ObjectNode object) {
            return Fields.of(object, inside.settings().strict(), refusal);
        }
        throw new Refused(inside.answers().invalidField(name));
    }

    private FieldRefusal refusal(String id) {
        return new FieldRefusal() {
            @Override
            public Answer invalid(String field) {
                return "msisdn".equals(field)
                        ? failure(id, "Bad Request - Invalid phone number")
                        : inside.answers().invalidField(field);
            }

            @Override
            public Answer unreadable() {
                return inside.answers().fieldRefusal().unreadable();
            }
        };
    }

    private Answer failure(String id, String text) {
        ObjectNode answer = inside.json().object();
        answer.putObject(HEADER).put(REQUEST_ID, id).put("timestamp", Times.compact(inside.clock().instant()))
                .put("status", "400").put("message", "Error");
        answer.putObject(BODY).put("message", text);
        return inside.answers().ok(answer);
    }

    /** The first name in clear, the others masked. */
    private static void names(String name, ObjectNode body) {
        String[] parts = name.trim().split("\\s+");
        body.put("firstName", parts[0]);
        body.put("middleName", parts.length > 2 ? mask(parts[1]) : "");
        body.put("lastName", parts.length > 1 ? mask(parts[parts.length - 1]) : "");
    }

    private static String mask(String name) {
        return name.charAt(0) + "******";
    }
}
