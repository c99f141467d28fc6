package io.github.cameldaraja.examples.subscription;

import io.github.cameldaraja.api.StandingOrder;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A standing order that a customer wants.
 *
 * @param number 0 if another one stands, so that this one is not sent
 */
public record Order(String account, int number, String phone, BigDecimal amount, LocalDate firstDay, LocalDate lastDay) {

    public boolean isNew() {
        return number > 0;
    }

    /** New for each order of a customer, as M-Pesa wants it, and the key under which it is asked for once. */
    public String name() {
        return account + "-" + number;
    }

    /** What the customer is asked. */
    public StandingOrder.Request request() {
        return new StandingOrder.Request(name(), firstDay.toString(), lastDay.toString(), phone, amount, "monthly",
                account, null, null);
    }
}
