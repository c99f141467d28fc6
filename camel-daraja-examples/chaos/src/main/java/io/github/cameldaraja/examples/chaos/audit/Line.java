package io.github.cameldaraja.examples.chaos.audit;

import java.math.BigDecimal;

/**
 * Money of one kind of orders in one direction.
 *
 * @param orders how many there are
 * @param moved  of how many Safaricom has moved money
 * @param booked of how many the ledger has money
 */
public record Line(String name, long orders, long moved, BigDecimal movedShillings, long booked, BigDecimal bookedShillings) {

    Line plus(Line other) {
        return new Line(name, orders + other.orders, moved + other.moved, movedShillings.add(other.movedShillings),
                booked + other.booked, bookedShillings.add(other.bookedShillings));
    }
}
