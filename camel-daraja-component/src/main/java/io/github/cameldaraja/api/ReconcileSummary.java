package io.github.cameldaraja.api;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one run of {@code from("daraja:reconcile")} has done and found: each payment that was open when it began is counted once, in
 * {@code settled}, {@code open} or {@code unresolved}.
 *
 * @param account    the account's name, or null for all
 * @param from       when the run began, +03:00
 * @param until      when it ended
 * @param asked      how many payments this run has asked about, here; others were asked about a moment ago, will be soon, or cannot be
 * @param settled    those that have come to their end since, by status, whoever has heard of it
 * @param open       those that may still come to their end by themselves
 * @param unresolved those that a person must decide about
 */
public record ReconcileSummary(String account, OffsetDateTime from, OffsetDateTime until, int asked, Map<PaymentStatus, Total> settled,
                               Total open, Total unresolved) {

    /** Some payments, and what they come to in shillings. */
    public record Total(int payments, BigDecimal amount) {

        public static final Total NONE = new Total(0, BigDecimal.ZERO);

        /** The same with one more. */
        public Total plus(BigDecimal amount) {
            return new Total(payments + 1, this.amount.add(amount));
        }
    }

    public ReconcileSummary {
        settled = settled.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(settled));
    }
}
