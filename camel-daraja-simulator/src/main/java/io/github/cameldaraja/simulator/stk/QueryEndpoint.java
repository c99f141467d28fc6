package io.github.cameldaraja.simulator.stk;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Answers;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Formats;
import io.github.cameldaraja.simulator.wire.Refused;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * POST /mpesa/stkpushquery/v1/query.
 */
final class QueryEndpoint {

    private static final int PENDING_FORMS = 3;

    private final Inside inside;
    private final PushDesk desk;
    private final MerchantCheck merchant;
    private final QueryFaults faults;
    private final QueryLimit limit;
    private final Answers answers;

    QueryEndpoint(Inside inside, PushDesk desk, MerchantCheck merchant, QueryFaults faults, QueryLimit limit) {
        this.inside = inside;
        this.desk = desk;
        this.merchant = merchant;
        this.faults = faults;
        this.limit = limit;
        this.answers = inside.answers();
    }

    void handle(Exchange exchange) {
        inside.counters().increment(StkCounts.QUERIES);
        inside.tokens().check(exchange, TokenRefusal.STK);
        if (!limit.allows()) {
            throw new Refused(answers.spikeArrest());
        }
        Fields fields = inside.fields(exchange, PushReader.FIRST_FIELD);
        String shortCode = fields.required(PushReader.FIRST_FIELD, Type.TEXT, Formats::isShortCode);
        String password = fields.required("Password", Type.TEXT, text -> true);
        String timestamp = fields.required("Timestamp", Type.TEXT, Formats::isTimestamp);
        String id = fields.required("CheckoutRequestID", Type.TEXT, text -> true);
        merchant.check(shortCode, password, timestamp);
        Optional<Push> push = desk.find(id).filter(found -> found.request().shortCode().equals(shortCode));
        QueryFault fault = faults.take(push.map(found -> found.request().phone()).orElse(null));
        exchange.answer(fault == null ? honest(push) : faulty(fault, push, id));
    }

    private Answer honest(Optional<Push> found) {
        if (found.isEmpty()) {
            return doesNotExist();
        }
        Push push = found.get();
        String code = push.code();
        if (code != null) {
            return faults.spuriousNow() ? doesNotExist() : outcome(push, code);
        }
        return switch (push.nextPendingAnswer() % PENDING_FORMS) {
            case 0 -> pending(push.merchantRequestId(), push.checkoutRequestId());
            case 1 -> beingProcessed();
            default -> emptyMessage();
        };
    }

    private Answer faulty(QueryFault fault, Optional<Push> push, String id) {
        return switch (fault) {
            case SPURIOUS_DOES_NOT_EXIST -> doesNotExist();
            case BEING_PROCESSED_500 -> beingProcessed();
            case PENDING_4999 -> pending(push.map(Push::merchantRequestId).orElse(""), id);
            case EMPTY_MESSAGE_200 -> emptyMessage();
            case SPIKE_ARREST_429 -> answers.spikeArrest();
            case HTML_503 -> answers.firewall();
            case RESET -> Answer.RESET;
            case EMPTY_401 -> Answer.empty(401);
        };
    }

    private Answer outcome(Push push, String code) {
        String prefix = push.fate().look().prefixed() ? "[STK_CB - ]" : "";
        return result("The service request has been accepted successfully", push.merchantRequestId(),
                push.checkoutRequestId(), code, prefix + ResultTexts.inQuery(code));
    }

    private Answer pending(String merchantRequestId, String checkoutRequestId) {
        return result("The service request has been accepted successsfully", merchantRequestId, checkoutRequestId,
                "4999", "The transaction is still under processing");
    }

    private Answer result(String description, String merchantRequestId, String checkoutRequestId, String code,
            String text) {
        ObjectNode body = inside.json().object();
        body.put("ResponseCode", "0");
        body.put("ResponseDescription", description);
        body.put("MerchantRequestID", merchantRequestId);
        body.put("CheckoutRequestID", checkoutRequestId);
        body.put("ResultCode", code);
        body.put("ResultDesc", text);
        return answers.ok(body);
    }

    private Answer beingProcessed() {
        return answers.wrongState("The transaction is being processed");
    }

    private Answer emptyMessage() {
        return answers.error(200, "500.001.1001", "");
    }

    private Answer doesNotExist() {
        return answers.wrongState("The transaction does not Exist");
    }
}
