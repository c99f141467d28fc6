package io.github.cameldaraja.examples.subscription;

import java.math.BigDecimal;

/**
 * What we sell.
 *
 * @param shortCode who is to be paid
 * @param price     of a month, in whole shillings
 * @param renewals  how many months a standing order pays
 */
public record Offer(String shortCode, BigDecimal price, int renewals) {

    boolean costs(BigDecimal amount) {
        return price.compareTo(amount) == 0;
    }
}
