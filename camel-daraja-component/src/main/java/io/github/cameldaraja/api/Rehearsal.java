package io.github.cameldaraja.api;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What comes of a payout with {@code dryRun=true}: it would have been sent, and was not. No payment is stored, so it has neither a status
 * nor a reference.
 *
 * @param dryRun         says so, wherever it is read
 * @param operation      as in the URI
 * @param account        the account's name
 * @param amount         shillings that were not paid
 * @param receiver       who was not paid; null for a reversal
 * @param idempotencyKey what it would have been for
 * @param needsApproval  whether a second person would have had to approve
 */
public record Rehearsal(String dryRun, String operation, String account, BigDecimal amount, String receiver, String idempotencyKey,
                        boolean needsApproval) implements DarajaAnswer {

    /** Of a payout that would have been sent. */
    public Rehearsal(String operation, String account, BigDecimal amount, String receiver, String idempotencyKey, boolean needsApproval) {
        this("nothing was sent, and nobody was paid", operation, account, amount, receiver, idempotencyKey, needsApproval);
    }

    @Override
    public String code() {
        return "DRY_RUN";
    }

    @Override
    public String description() {
        return "dry run: " + dryRun;
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("dryRun", dryRun);
        return details;
    }

    @Override
    public String toString() {
        return "Rehearsal[" + operation + " of " + account + ": " + amount + " not paid to " + PhoneNumbers.mask(receiver) + "]";
    }
}
