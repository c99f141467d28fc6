package io.github.cameldaraja.examples.subscription;

import io.github.cameldaraja.api.TransactionStatus;

/**
 * A customer says that he has paid.
 *
 * @param account whose plan
 * @param phone   254…, that he says he has paid from
 * @param code    the receipt that he says he has
 * @param owner   the account that this receipt was counted for before; null for none
 */
public record Claim(String account, String phone, String code, String owner) {

    /** Whether there is nothing to ask. */
    public boolean isCounted() {
        return owner != null;
    }

    /** What Safaricom is asked. */
    public TransactionStatus.Request question() {
        return TransactionStatus.Request.ofReceipt(code);
    }
}
