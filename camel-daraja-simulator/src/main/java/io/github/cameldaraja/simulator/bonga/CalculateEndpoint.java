package io.github.cameldaraja.simulator.bonga;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.RequestFaults;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;
import io.github.cameldaraja.simulator.wire.Refused;

/**
 * POST /v1/lipa/na/bonga/calculate-points.
 */
final class CalculateEndpoint {

    private static final String POINTS = "points";
    private static final BigDecimal RATE = new BigDecimal("0.2");

    private final Inside inside;
    private final RequestFaults faults;
    private final BongaAnswers answers;

    CalculateEndpoint(Inside inside, RequestFaults faults, BongaAnswers answers) {
        this.inside = inside;
        this.faults = faults;
        this.answers = answers;
    }

    void handle(Exchange exchange) {
        inside.counters().increment(BongaCounts.CALCULATIONS);
        String points;
        AnswerPlan plan;
        try {
            faults.checkToken(exchange);
            points = inside.fields(exchange, POINTS, answers).required(POINTS, Type.TEXT, CalculateEndpoint::isCount);
            plan = faults.begin(exchange);
        } catch (Refused refused) {
            inside.counters().increment(BongaCounts.REFUSED);
            throw refused;
        }
        ObjectNode body = inside.json().object()
                .put("amount", worth(points))
                .put(POINTS, points)
                .put("rate", RATE.toPlainString());
        faults.answer(exchange, plan, answers.answer(BongaAnswers.OK, BongaAnswers.OK, "Success",
                "Request executed successfully.", body));
    }

    private static String worth(String points) {
        BigDecimal amount = new BigDecimal(points).multiply(RATE);
        return amount.stripTrailingZeros().toPlainString();
    }

    private static boolean isCount(String text) {
        return Formats.isAmount(text, 1, Integer.MAX_VALUE);
    }
}
