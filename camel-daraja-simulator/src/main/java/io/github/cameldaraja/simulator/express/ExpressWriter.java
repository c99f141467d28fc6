package io.github.cameldaraja.simulator.express;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.wire.Json;

/**
 * Writes callbacks: flat, all values texts, and of another shape when the payment failed.
 */
final class ExpressWriter {

    static final String PAID = "0";

    private final Json json;

    ExpressWriter(Json json) {
        this.json = json;
    }

    ObjectNode write(ExpressRequest request, String code, String conversationId, String receipt) {
        ObjectNode body = json.object()
                .put("resultCode", code)
                .put("resultDesc", ExpressTexts.of(code));
        return PAID.equals(code)
                ? body.put("amount", amount(request))
                        .put("requestId", request.requestId())
                        .put("resultType", "0")
                        .put("conversationID", conversationId)
                        .put("transactionId", receipt)
                        .put("status", "SUCCESS")
                : body.put("requestId", request.requestId())
                        .put("amount", amount(request))
                        .put("paymentReference", request.paymentReference());
    }

    private static String amount(ExpressRequest request) {
        return BigDecimal.valueOf(request.amount()).setScale(1).toPlainString();
    }
}
