package io.github.cameldaraja.simulator.lookups;

import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;

/**
 * POST /sfcverify/v1/query/info.
 */
final class OrganisationEndpoint {

    private static final String FIRST_FIELD = "IdentifierType";
    private static final String TILL = "2";
    private static final String PAY_BILL = "4";

    private final Inside inside;
    private final Register register;

    OrganisationEndpoint(Inside inside, Register register) {
        this.inside = inside;
        this.register = register;
    }

    Answer info(Exchange exchange) {
        Fields fields = inside.fields(exchange, FIRST_FIELD);
        String type = fields.required(FIRST_FIELD, Type.TEXT, Set.of(TILL, PAY_BILL)::contains);
        String shortCode = fields.required("Identifier", Type.TEXT, Formats::isShortCode);
        Optional<String> name = register.nameOf(shortCode, TILL.equals(type));
        ObjectNode body = inside.json().object().put("ConversationID", inside.ids().request());
        if (name.isEmpty()) {
            return inside.answers().ok(body
                    .put("ResponseCode", "1")
                    .put("ResponseMessage", "Failed")
                    .put("DetailedMessage", "Receiver party is invalid")
                    .put("OrganizationShortCode", shortCode));
        }
        return inside.answers().ok(body
                .put("ResponseCode", "4000")
                .put("ResponseMessage", "Success")
                .put("DetailedMessage", "Request received successfully")
                .put("OrganizationShortCode", shortCode)
                .put("OrganizationName", name.get())
                .put("ChargeProfileID", "20129"));
    }
}
