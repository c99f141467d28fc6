package io.github.cameldaraja.simulator.c2b;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.Merchant;
import io.github.cameldaraja.simulator.family.RequestFaults;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;
import io.github.cameldaraja.simulator.wire.Refused;

/**
 * POST /mpesa/c2b/v1/registerurl and v2.
 */
final class RegisterEndpoint {

    private static final String FIRST_FIELD = "ShortCode";
    private static final String COMPLETED = "Completed";
    private static final Set<String> RESPONSE_TYPES = Set.of(COMPLETED, "Cancelled");

    private final Inside inside;
    private final Merchant merchant;
    private final Registry registry;
    private final RequestFaults faults;
    private final Version version;
    private final C2bRefusal refusal;

    RegisterEndpoint(Inside inside, Merchant merchant, Registry registry, RequestFaults faults, Version version) {
        this.inside = inside;
        this.merchant = merchant;
        this.registry = registry;
        this.faults = faults;
        this.version = version;
        this.refusal = new C2bRefusal(inside.answers());
    }

    void handle(Exchange exchange) {
        inside.counters().increment(C2bCounts.REGISTRATIONS);
        AnswerPlan plan;
        try {
            faults.checkToken(exchange);
            Registration registration = read(inside.fields(exchange, FIRST_FIELD, refusal));
            plan = faults.begin(exchange);
            keep(registration);
        } catch (Refused refused) {
            inside.counters().increment(C2bCounts.REFUSED);
            throw refused;
        }
        inside.counters().increment(C2bCounts.ACCEPTED);
        faults.answer(exchange, plan, inside.answers().ok(acknowledgement()));
    }

    private Registration read(Fields fields) {
        return new Registration(
                fields.required(FIRST_FIELD, Type.TEXT, Formats::isShortCode),
                version,
                COMPLETED.equals(fields.required("ResponseType", Type.TEXT, RESPONSE_TYPES::contains)),
                fields.required("ConfirmationURL", Type.TEXT, inside.formats()::isCallback),
                fields.required("ValidationURL", Type.TEXT, inside.formats()::isCallback));
    }

    private void keep(Registration registration) {
        if (!merchant.owns(registration.shortCode())) {
            throw new Refused(refusal.foreignShortCode());
        }
        if (!registry.register(registration, inside.settings().registerOnce())) {
            throw new Refused(inside.answers().error(500, "500.003.1001", "Urls are already registered."));
        }
    }

    private ObjectNode acknowledgement() {
        boolean old = version == Version.V1;
        return inside.json().object()
                .put("OriginatorCoversationID",
                        old ? inside.ids().oldConversation() : inside.ids().originatorConversation())
                .put("ResponseCode", "0")
                .put("ResponseDescription", old ? "success" : "Success");
    }
}
