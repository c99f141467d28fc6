package io.github.cameldaraja.simulator.lookups;

import java.util.Set;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;

/**
 * POST /v1/KYC-validation/validateID.
 */
final class IdentityEndpoint {

    private static final String FIRST_FIELD = "requestRefID";
    /** With and without the leading zero that numbers cannot have. */
    private static final Set<String> TYPES = Set.of("01", "02", "05", "1", "2", "5");

    private final Inside inside;
    private final Register register;

    IdentityEndpoint(Inside inside, Register register) {
        this.inside = inside;
        this.register = register;
    }

    Answer validate(Exchange exchange) {
        Fields fields = inside.fields(exchange, FIRST_FIELD);
        fields.required(FIRST_FIELD, Type.TEXT, text -> true);
        fields.required("shortCode", Type.TEXT, Formats::isShortCode);
        String phone = fields.required("msisdn", Type.TEXT, Formats::isPhone);
        String type = fields.required("idType", Type.TEXT, TYPES::contains);
        String number = fields.required("idNumber", Type.TEXT, text -> true);
        boolean owns = register.find(phone).map(subscriber -> owns(subscriber, type, number)).orElse(false);
        return inside.answers().ok(inside.json().object()
                .put("responseRefID", inside.ids().request())
                .put("responseCode", "200")
                .put("responseMessage", "Success")
                .put("status", Boolean.toString(owns)));
    }

    private static boolean owns(Subscriber subscriber, String type, String number) {
        return subscriber.idType() == null
                || Integer.parseInt(subscriber.idType()) == Integer.parseInt(type)
                        && subscriber.idNumber().equals(number);
    }
}
