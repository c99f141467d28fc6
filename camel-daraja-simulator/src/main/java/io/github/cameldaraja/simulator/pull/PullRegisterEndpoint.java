package io.github.cameldaraja.simulator.pull;

import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.PullOddity;
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
 * POST /pulltransactions/v1/register.
 */
final class PullRegisterEndpoint {

    private static final Pattern NOMINATED = Pattern.compile("(\\+?254|0)?[71]\\d{8}");

    private final Inside inside;
    private final Merchant merchant;
    private final Set<String> registered;
    private final RequestFaults faults;
    private final Oddities oddities;
    private final PullRefusal refusal;

    PullRegisterEndpoint(Inside inside, Merchant merchant, Set<String> registered, RequestFaults faults,
            Oddities oddities) {
        this.inside = inside;
        this.merchant = merchant;
        this.registered = registered;
        this.faults = faults;
        this.oddities = oddities;
        this.refusal = new PullRefusal(inside.answers());
    }

    void handle(Exchange exchange) {
        inside.counters().increment(PullCounts.REGISTRATIONS);
        String shortCode;
        AnswerPlan plan;
        try {
            faults.checkToken(exchange);
            shortCode = read(inside.fields(exchange, PullRefusal.SHORT_CODE, refusal));
            plan = faults.begin(exchange);
            if (!merchant.owns(shortCode)) {
                throw new Refused(refusal.invalid(PullRefusal.SHORT_CODE));
            }
        } catch (Refused refused) {
            inside.counters().increment(PullCounts.REFUSED);
            throw refused;
        }
        boolean isNew = registered.add(merchant.receiver(shortCode));
        faults.answer(exchange, plan, inside.answers().ok(answer(shortCode, isNew)));
    }

    private String read(Fields fields) {
        String shortCode = fields.required(PullRefusal.SHORT_CODE, Type.TEXT, Formats::isShortCode);
        fields.required("RequestType", Type.TEXT, "Pull"::equals);
        fields.required("NominatedNumber", Type.TEXT, text -> NOMINATED.matcher(text).matches());
        fields.required("CallBackURL", Type.TEXT, inside.formats()::isCallback);
        return shortCode;
    }

    private ObjectNode answer(String shortCode, boolean isNew) {
        boolean spaced = oddities.has(PullOddity.SPACED_KEYS);
        String id = oddities.has(PullOddity.REQUEST_ID) ? "RequestID" : "ResponseRefID";
        return inside.json().object()
                .put(id, UUID.randomUUID().toString())
                .put(spaced ? "Response Status" : "ResponseStatus", isNew ? "1000" : "1001")
                .put(PullRefusal.SHORT_CODE, shortCode)
                .put(spaced ? "Response Description" : "ResponseDescription",
                        isNew ? "Shortcode Registered Successfully" : "ShortCode already Registered");
    }
}
