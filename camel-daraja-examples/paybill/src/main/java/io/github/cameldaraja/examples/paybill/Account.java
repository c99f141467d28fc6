package io.github.cameldaraja.examples.paybill;

import java.math.BigDecimal;

/**
 * A customer's account.
 *
 * @param number  as {@link AccountNumber} writes it
 * @param least   the smallest payment that is welcome
 * @param most    the largest one
 * @param balance what was paid so far
 */
public record Account(String number, String holder, BigDecimal least, BigDecimal most, BigDecimal balance) {

    /** Whether a payment of that amount is welcome. */
    public boolean takes(BigDecimal amount) {
        return amount.compareTo(least) >= 0 && amount.compareTo(most) <= 0;
    }
}
