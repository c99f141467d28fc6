package io.github.cameldaraja;

import io.github.cameldaraja.api.InvalidFieldException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/** The caller's name for one payment: a constant or a simple expression. */
final class IdempotencyKey {

    private static final int MAX_LENGTH = 200;

    private final Expression expression;

    /**
     * @param text null for none
     * @throws InvalidFieldException if it is a constant that is no key; one that a dynamic URI has left empty must not be taken for none
     */
    IdempotencyKey(CamelContext camelContext, String text) {
        expression = text == null ? null : camelContext.resolveLanguage("simple").createExpression(text);
        if (expression != null) {
            expression.init(camelContext);
            if (!text.contains("${") && !text.contains("$simple{")) {
                // known already, and wrong for every exchange
                check(text);
            }
        }
    }

    boolean isGiven() {
        return expression != null;
    }

    /**
     * The key of this exchange; null if the endpoint has none.
     *
     * @throws InvalidFieldException if the expression gives nothing, so that a missing header never makes two payments
     */
    String of(Exchange exchange) {
        return expression == null ? null : check(expression.evaluate(exchange, String.class));
    }

    private static String check(String key) {
        if (key == null || key.isBlank() || key.length() > MAX_LENGTH) {
            throw new InvalidFieldException("idempotencyKey", "must give 1 to " + MAX_LENGTH + " characters",
                    "check that what its expression reads is set");
        }
        // a blank more in a list would be a payment more
        return key.strip();
    }
}
