package io.github.cameldaraja.examples.marketplace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;

/**
 * One movement of an order's money.
 *
 * @param payment   names it for ever: order, kind and attempt; the idempotency key
 * @param attempt   more than 1 only after a person has let a failed one be tried again
 * @param reference {@code CamelDarajaReference}; null until the component has told it
 * @param receipt   M-Pesa's; null while only a query has spoken
 * @param code      M-Pesa's last one, or null
 * @param reason    why it is not done, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Leg(@JsonIgnore String payment, @JsonIgnore String order, LegKind kind, int attempt, LegStatus status,
                  BigDecimal amount, String reference, String receipt, String code, String reason) {

    /** For logs. */
    @Override
    public String toString() {
        return "Leg[" + payment + ", " + amount + ", " + status + "]";
    }
}
