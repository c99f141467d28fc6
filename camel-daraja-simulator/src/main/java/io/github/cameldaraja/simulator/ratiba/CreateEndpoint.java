package io.github.cameldaraja.simulator.ratiba;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.RequestFaults;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Refused;

/**
 * POST /standingorder/v1/createStandingOrderExternal.
 */
final class CreateEndpoint {

    private static final String ACCEPTED = "Request accepted for processing";

    private final Inside inside;
    private final OrderDesk desk;
    private final RequestFaults faults;
    private final OrderReader reader;

    CreateEndpoint(Inside inside, OrderDesk desk, RequestFaults faults) {
        this.inside = inside;
        this.desk = desk;
        this.faults = faults;
        this.reader = new OrderReader(inside.formats());
    }

    void handle(Exchange exchange) {
        inside.counters().increment(RatibaCounts.REQUESTS);
        Order order;
        AnswerPlan plan;
        try {
            faults.checkToken(exchange);
            OrderRequest request = reader.read(inside.fields(exchange, OrderReader.FIRST_FIELD));
            plan = faults.begin(exchange);
            order = desk.accept(request);
        } catch (Refused refused) {
            inside.counters().increment(RatibaCounts.REFUSED);
            throw refused;
        }
        inside.counters().increment(RatibaCounts.ACCEPTED);
        Answer answer = inside.answers().ok(acknowledgement(order.id()));
        desk.begin(order).onComplete(any -> faults.answer(exchange, plan, answer));
    }

    private ObjectNode acknowledgement(String id) {
        ObjectNode body = inside.json().object();
        body.putObject("ResponseHeader")
                .put("responseRefID", id)
                .put("responseCode", "200")
                .put("responseDescription", ACCEPTED)
                .put("ResultDesc", "The service request is processed successfully.");
        body.putObject("ResponseBody")
                .put("responseDescription", ACCEPTED)
                .put("responseCode", "200");
        return body;
    }
}
