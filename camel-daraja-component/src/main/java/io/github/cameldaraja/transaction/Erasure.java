package io.github.cameldaraja.transaction;

import java.util.List;

/**
 * What became of a person's data.
 *
 * @param payments     how many payments tell of nobody any more; what accounting needs of them stays
 * @param messages     how many messages kept raw are gone
 * @param leftPayments references of payments that are open, disputed or not told to every route yet: nothing of them is gone, so
 *                     come back when they are over
 * @param leftMessages how many messages were left because a person may need them to decide on such a payment
 */
public record Erasure(int payments, int messages, List<String> leftPayments, int leftMessages) {

    public Erasure {
        leftPayments = List.copyOf(leftPayments);
    }
}
