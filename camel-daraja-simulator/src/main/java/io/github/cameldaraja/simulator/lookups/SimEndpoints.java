package io.github.cameldaraja.simulator.lookups;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;
import io.github.cameldaraja.simulator.wire.Refused;

/**
 * IMSI, SIM swap and age on network.
 */
final class SimEndpoints {

    private static final String FIELD = "customerNumber";
    private static final String DAY = "dd-MM-yyyy";

    private final Inside inside;
    private final Register register;
    private final SimDates dates;

    SimEndpoints(Inside inside, Register register) {
        this.inside = inside;
        this.register = register;
        this.dates = new SimDates(inside.clock());
    }

    Answer imsi(Exchange exchange) {
        Subscriber subscriber = subscriber(exchange);
        return inside.answers().ok(success()
                .put("imsi", Imsi.of(subscriber))
                .put("lastSwapDate", dates.swapped(subscriber, DAY))
                .put("msisdnRegistrationDate", dates.registered(subscriber, DAY))
                .put(FIELD, subscriber.phone()));
    }

    Answer swap(Exchange exchange) {
        Subscriber subscriber = subscriber(exchange);
        return inside.answers().ok(success().put("lastSwapDate", dates.swapped(subscriber, DAY + " HH:mm")));
    }

    Answer age(Exchange exchange) {
        Subscriber subscriber = subscriber(exchange);
        return inside.answers().ok(success()
                .put("msisdnRegistrationDate", dates.registered(subscriber, DAY))
                .put(FIELD, subscriber.phone()));
    }

    private Subscriber subscriber(Exchange exchange) {
        String phone = inside.fields(exchange, FIELD).required(FIELD, Type.TEXT, Formats::isPhone);
        return register.find(phone).orElseThrow(() -> new Refused(
                Answer.json(400, inside.json().write(result("404", "Not Found")))));
    }

    private ObjectNode success() {
        return result("200", "Success");
    }

    private ObjectNode result(String code, String text) {
        return inside.json().object()
                .put("requestRefID", inside.ids().request())
                .put("responseCode", code)
                .put("responseDesc", text);
    }
}
