package io.github.cameldaraja.simulator.pull;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.LedgerEntry;
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
 * POST /pulltransactions/v1/query, and GET with a body as the portal says.
 */
final class PullQueryEndpoint {

    private static final int PAGE = 100;

    private record Query(String shortCode, Instant from, Instant to, int offset) {
    }

    private final Inside inside;
    private final Merchant merchant;
    private final Set<String> registered;
    private final RequestFaults faults;
    private final Oddities oddities;
    private final Rows rows;
    private final PullRefusal refusal;

    PullQueryEndpoint(Inside inside, Merchant merchant, Set<String> registered, RequestFaults faults,
            Oddities oddities, Rows rows) {
        this.inside = inside;
        this.merchant = merchant;
        this.registered = registered;
        this.faults = faults;
        this.oddities = oddities;
        this.rows = rows;
        this.refusal = new PullRefusal(inside.answers());
    }

    void handle(Exchange exchange) {
        inside.counters().increment(PullCounts.QUERIES);
        Query query;
        AnswerPlan plan;
        try {
            faults.checkToken(exchange);
            query = read(inside.fields(exchange, PullRefusal.SHORT_CODE, refusal));
            plan = faults.begin(exchange);
            check(query);
        } catch (Refused refused) {
            inside.counters().increment(PullCounts.REFUSED);
            throw refused;
        }
        faults.answer(exchange, plan, inside.answers().ok(answer(query)));
    }

    private Query read(Fields fields) {
        return new Query(
                fields.required(PullRefusal.SHORT_CODE, Type.TEXT, Formats::isShortCode),
                time(fields, "StartDate"),
                time(fields, "EndDate"),
                Integer.parseInt(fields.required("OffSetValue", Type.TEXT,
                        text -> Formats.isAmount(text, 0, Integer.MAX_VALUE))));
    }

    private static Instant time(Fields fields, String name) {
        return PullTimes.read(fields.required(name, Type.TEXT, PullTimes::isTime)).orElseThrow();
    }

    private void check(Query query) {
        if (!merchant.owns(query.shortCode())) {
            throw new Refused(refusal.invalid(PullRefusal.SHORT_CODE));
        }
        if (!registered.contains(merchant.receiver(query.shortCode()))) {
            throw new Refused(refusal.notRegistered());
        }
    }

    private ObjectNode answer(Query query) {
        int left = query.offset() > 0 && oddities.has(PullOddity.REPEATED_ROW) ? query.offset() - 1 : query.offset();
        List<LedgerEntry> page = rows.between(merchant.receiver(query.shortCode()), query.from(), query.to()).stream()
                .skip(left).limit(PAGE).toList();
        ObjectNode body = inside.json().object().put("ResponseRefID", inside.ids().oldConversation());
        if (page.isEmpty()) {
            return body.put("ResponseCode", "1001")
                    .put("ResponseMessage", "No transactions available for the selected time period")
                    .put("Transaction", "[[]]");
        }
        body.put("ResponseCode", "1000").put("ResponseMessage", "Success");
        ArrayNode response = body.putArray("Response");
        ArrayNode list = oddities.has(PullOddity.FLAT_LIST) ? response : response.addArray();
        page.forEach(entry -> {
            inside.counters().increment(PullCounts.ROWS);
            list.add(rows.write(entry));
        });
        return body;
    }
}
