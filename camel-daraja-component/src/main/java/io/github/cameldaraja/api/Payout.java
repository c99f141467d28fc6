package io.github.cameldaraja.api;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A payout that somebody wants to make.
 *
 * @param operation      as in the URI
 * @param account        the account's name
 * @param shortCode      that pays
 * @param amount         shillings
 * @param receiver       phone number (254…) or short code; null for a reversal, which goes back to whoever has paid
 * @param idempotencyKey what it is for
 * @param requestedBy    who asks for it, or null
 * @param fields         the request, by wire name
 */
public record Payout(String operation, String account, String shortCode, BigDecimal amount, String receiver, String idempotencyKey,
                     String requestedBy, Map<String, String> fields) {

    public Payout {
        fields = Map.copyOf(fields);
    }

    @Override
    public String toString() {
        return "Payout[" + operation + " of " + account + ": " + amount + " to " + PhoneNumbers.mask(receiver) + "]";
    }
}
