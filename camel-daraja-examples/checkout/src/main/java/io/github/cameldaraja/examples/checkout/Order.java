package io.github.cameldaraja.examples.checkout;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.cameldaraja.api.Outcome;
import java.util.HashMap;
import java.util.Map;

/**
 * One order. As JSON it is the shop's answer; the phone number stays inside.
 *
 * @param reason   why it is not paid, for people
 * @param receipt  M-Pesa's receipt, if known
 * @param tryAgain whether a new order makes sense
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Order(String id, OrderStatus status, String item, String amount, @JsonIgnore String phone, String reason,
                    String receipt, Boolean tryAgain) {

    static Order of(Purchase purchase, String id) {
        return new Order(id, OrderStatus.OPEN, purchase.item(), purchase.amount(), purchase.phone(), null, null, null);
    }

    /** An answer to something that never became an order. */
    static Order none(String reason, boolean again) {
        return new Order(null, OrderStatus.REFUSED, null, null, null, reason, null, again);
    }

    /** What the push asks for. The customer sees the order's number on the phone. */
    public Map<String, Object> request() {
        Map<String, Object> request = new HashMap<>();
        request.put("PhoneNumber", phone);
        request.put("Amount", amount);
        request.put("AccountReference", id);
        return request;
    }

    boolean isFor(Purchase purchase) {
        return equals(of(purchase, id).as(status, reason, receipt, tryAgain));
    }

    /** The order after an outcome: money that came stays, and "unknown" never overwrites what is known. */
    Order after(Outcome outcome) {
        if (outcome.isCompleted()) {
            return as(OrderStatus.PAID, null, outcome.receiptNumber() == null ? receipt : outcome.receiptNumber(), null);
        }
        if (status == OrderStatus.PAID) {
            return this;
        }
        if (outcome.status().isFinal()) {
            return as(OrderStatus.DECLINED, outcome.resultDescription(), null, outcome.retriable());
        }
        return status == OrderStatus.DECLINED ? this : as(OrderStatus.UNKNOWN, outcome.resultDescription(), null, null);
    }

    Order refused(String why, boolean again) {
        return status == OrderStatus.OPEN ? as(OrderStatus.REFUSED, why, null, again) : this;
    }

    Order unknown(String why) {
        return status == OrderStatus.OPEN ? as(OrderStatus.UNKNOWN, why, null, null) : this;
    }

    /** The HTTP status that goes with it. */
    @JsonIgnore
    public int httpStatus() {
        return switch (status) {
            case PAID, DECLINED -> 200;
            case OPEN, UNKNOWN -> 202;
            case REFUSED -> Boolean.TRUE.equals(tryAgain) ? 503 : 400;
        };
    }

    private Order as(OrderStatus now, String why, String proof, Boolean again) {
        return new Order(id, now, item, amount, phone, why, proof, again);
    }
}
