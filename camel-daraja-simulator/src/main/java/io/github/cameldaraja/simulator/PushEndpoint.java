package io.github.cameldaraja.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * POST /mpesa/stkpush/v1/processrequest.
 */
final class PushEndpoint {

    private static final String ACCEPTED = "Success. Request accepted for processing";

    private final SimulatorSettings settings;
    private final Tokens tokens;
    private final PushDesk desk;
    private final Counters counters;
    private final Answers answers;
    private final Json json;
    private final PushReader reader;

    PushEndpoint(SimulatorSettings settings, Tokens tokens, PushDesk desk, Counters counters, Answers answers,
            Json json) {
        this.settings = settings;
        this.tokens = tokens;
        this.desk = desk;
        this.counters = counters;
        this.answers = answers;
        this.json = json;
        this.reader = new PushReader(settings.allowHttpCallbacks());
    }

    void handle(Exchange exchange) {
        counters.push();
        Push push;
        try {
            tokens.check(exchange);
            push = desk.accept(reader.read(
                    Fields.of(exchange, PushReader.FIRST_FIELD, settings.strict(), json, answers)));
        } catch (Refused refused) {
            counters.refusal();
            throw refused;
        }
        AnswerPlan plan = push.script().answer();
        Answer scripted = answers.scripted(plan);
        Answer answer = scripted == null ? acknowledge(push) : scripted;
        desk.begin(push).onComplete(any -> exchange.answerAfter(plan.slow(), answer));
    }

    private Answer acknowledge(Push push) {
        ObjectNode body = json.object();
        body.put("MerchantRequestID", push.merchantRequestId());
        body.put("CheckoutRequestID", push.checkoutRequestId());
        body.put("ResponseCode", "0");
        body.put("ResponseDescription", ACCEPTED);
        body.put("CustomerMessage", ACCEPTED);
        return Answer.json(200, json.write(body));
    }
}
