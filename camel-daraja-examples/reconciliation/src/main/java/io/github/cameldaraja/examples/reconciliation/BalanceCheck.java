package io.github.cameldaraja.examples.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * Two balances, and what was paid between them.
 *
 * @param opened      when the first one was taken
 * @param opening     each account's
 * @param closed      when the second one was taken
 * @param closing     each account's
 * @param in          what M-Pesa's statement lists
 * @param out         payouts and reversals of the ledger, for M-Pesa lists none
 * @param openPayouts payouts whose fate is not known: they may have left, or not
 * @param unclear     shillings that moved in the seconds of the balances themselves
 */
record BalanceCheck(Instant opened, Map<String, BigDecimal> opening, Instant closed, Map<String, BigDecimal> closing,
                    WorkTables.Sum in, WorkTables.Sum out, WorkTables.Sum openPayouts, BigDecimal unclear) {

    /** What the accounts should hold at the end, and do not; negative if they hold more. */
    BigDecimal missing() {
        return total(opening).add(in.amount()).subtract(out.amount()).subtract(total(closing));
    }

    /** Whether opening, in and out make closing, as exactly as a balance of a second can tell. */
    boolean agrees() {
        return missing().abs().compareTo(unclear) <= 0;
    }

    static BigDecimal total(Map<String, BigDecimal> accounts) {
        return accounts.entrySet().stream().filter(account -> Balances.isOurs(account.getKey())).map(Map.Entry::getValue)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
