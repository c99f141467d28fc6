package io.github.cameldaraja.simulator.stk;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Refused;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * POST /mpesa/stkpush/v1/processrequest.
 */
final class PushEndpoint {

    private static final String ACCEPTED = "Success. Request accepted for processing";

    private final Inside inside;
    private final PushDesk desk;
    private final PushReader reader;

    PushEndpoint(Inside inside, PushDesk desk) {
        this.inside = inside;
        this.desk = desk;
        this.reader = new PushReader(inside.formats());
    }

    void handle(Exchange exchange) {
        inside.counters().increment(StkCounts.PUSHES);
        Push push;
        try {
            inside.tokens().check(exchange, TokenRefusal.STK);
            push = desk.accept(reader.read(inside.fields(exchange, PushReader.FIRST_FIELD)));
        } catch (Refused refused) {
            inside.counters().increment(StkCounts.REFUSED);
            throw refused;
        }
        AnswerPlan plan = push.fate().answer();
        Answer scripted = inside.answers().scripted(plan);
        Answer answer = scripted == null ? acknowledge(push) : scripted;
        desk.begin(push).onComplete(any -> exchange.answerAfter(plan.slow(), answer));
    }

    private Answer acknowledge(Push push) {
        ObjectNode body = inside.json().object();
        body.put("MerchantRequestID", push.merchantRequestId());
        body.put("CheckoutRequestID", push.checkoutRequestId());
        body.put("ResponseCode", "0");
        body.put("ResponseDescription", ACCEPTED);
        body.put("CustomerMessage", ACCEPTED);
        return inside.answers().ok(body);
    }
}
