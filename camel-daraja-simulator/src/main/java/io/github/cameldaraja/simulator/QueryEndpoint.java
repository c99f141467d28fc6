package io.github.cameldaraja.simulator;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.Fields.Type;

/**
 * POST /mpesa/stkpushquery/v1/query.
 */
final class QueryEndpoint {

    private static final int PENDING_FORMS = 3;

    private final SimulatorSettings settings;
    private final Tokens tokens;
    private final PushDesk desk;
    private final MerchantCheck merchant;
    private final Faults faults;
    private final Counters counters;
    private final QueryLimit limit;
    private final Answers answers;
    private final Json json;

    QueryEndpoint(SimulatorSettings settings, Tokens tokens, PushDesk desk, MerchantCheck merchant, Faults faults,
            Counters counters, QueryLimit limit, Answers answers, Json json) {
        this.settings = settings;
        this.tokens = tokens;
        this.desk = desk;
        this.merchant = merchant;
        this.faults = faults;
        this.counters = counters;
        this.limit = limit;
        this.answers = answers;
        this.json = json;
    }

    void handle(Exchange exchange) {
        counters.query();
        tokens.check(exchange);
        if (!limit.allows()) {
            throw new Refused(answers.spikeArrest());
        }
        Fields fields = Fields.of(exchange, PushReader.FIRST_FIELD, settings.strict(), json, answers);
        String shortCode = fields.required(PushReader.FIRST_FIELD, Type.TEXT, PushReader::isShortCode);
        String password = fields.required("Password", Type.TEXT, text -> true);
        String timestamp = fields.required("Timestamp", Type.TEXT, PushReader::isTimestamp);
        String id = fields.required("CheckoutRequestID", Type.TEXT, text -> true);
        merchant.check(shortCode, password, timestamp);
        Optional<Push> push = desk.find(id).filter(found -> found.request().shortCode().equals(shortCode));
        QueryFault fault = faults.takeQuery();
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
        String prefix = push.script().look().prefixed() ? "[STK_CB - ]" : "";
        return result("The service request has been accepted successfully", push.merchantRequestId(),
                push.checkoutRequestId(), code, prefix + ResultTexts.inQuery(code));
    }

    private Answer pending(String merchantRequestId, String checkoutRequestId) {
        return result("The service request has been accepted successsfully", merchantRequestId, checkoutRequestId,
                "4999", "The transaction is still under processing");
    }

    private Answer result(String description, String merchantRequestId, String checkoutRequestId, String code,
            String text) {
        ObjectNode body = json.object();
        body.put("ResponseCode", "0");
        body.put("ResponseDescription", description);
        body.put("MerchantRequestID", merchantRequestId);
        body.put("CheckoutRequestID", checkoutRequestId);
        body.put("ResultCode", code);
        body.put("ResultDesc", text);
        return Answer.json(200, json.write(body));
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
