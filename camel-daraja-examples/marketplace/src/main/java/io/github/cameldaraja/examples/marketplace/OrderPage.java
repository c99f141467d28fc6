package io.github.cameldaraja.examples.marketplace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;

/**
 * What is told of an order, and what becomes of a wish about it.
 *
 * @param refused why nothing was changed, for people; null if nothing was refused
 * @param awaits  what must happen before the next money moves; null if nothing is to come
 * @param legs    every movement of its money, the earliest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderPage(@JsonIgnore int httpStatus, String orderId, OrderState state, BigDecimal amount, BigDecimal payout,
                        String refused, String awaits, List<Leg> legs) {

    static OrderPage of(Order order, List<Leg> legs) {
        return new OrderPage(order.state().isFinal() ? 200 : 202, order.id(), order.state(), order.amount(), order.payout(), null,
                awaits(order, legs), legs);
    }

    /** What was not even looked for, or is no wish at all. */
    static OrderPage refused(int httpStatus, String why) {
        return new OrderPage(httpStatus, null, null, null, null, why, null, null);
    }

    /** The same with the reason why nothing was changed. */
    OrderPage refusing(String why) {
        return new OrderPage(409, orderId, state, amount, payout, why, awaits, legs);
    }

    /** The same, for somebody who only looks. */
    OrderPage shown() {
        return new OrderPage(200, orderId, state, amount, payout, refused, awaits, legs);
    }

    /** The last attempt at what the order's state waits for, or null. */
    static Leg current(OrderState state, List<Leg> legs) {
        return legs.stream().filter(leg -> leg.kind() == state.awaited()).reduce((first, second) -> second).orElse(null);
    }

    private static String awaits(Order order, List<Leg> legs) {
        if (order.state() == OrderState.PAID) {
            return "delivered, or dispute";
        }
        Leg leg = current(order.state(), legs);
        if (leg == null) {
            return null;
        }
        return switch (leg.status()) {
            case DUE -> leg.kind() == LegKind.REFUND && legs.stream().noneMatch(one -> one.kind() == LegKind.COLLECT
                    && one.receipt() != null) ? "the receipt of the buyer's payment, which Pull brings" : "its turn to be sent";
            case UNKNOWN -> "M-Pesa: it may have moved the money; nothing more is sent until that is known";
            case UNRESOLVED -> "a person: find out whether M-Pesa has moved the money, and decide with the payments desk about "
                    + leg.reference();
            case FAILED, REFUSED -> "a person: it moved nothing; remove the cause, then retry";
            default -> "M-Pesa's outcome";
        };
    }
}
