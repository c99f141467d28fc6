package io.github.cameldaraja.examples.marketplace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Where all the money is.
 *
 * @param orders    how many are in each state
 * @param moved     shillings by kind of movement, of those that are done
 * @param strays    shillings that came for no order
 * @param attention orders that wait for M-Pesa's word on a doubtful movement, or for a person; the oldest hundred
 */
public record Summary(Map<OrderState, Long> orders, Map<LegKind, BigDecimal> moved, BigDecimal strays, List<OrderPage> attention) {

    @JsonIgnore
    public int httpStatus() {
        return 200;
    }
}
