package io.github.cameldaraja.reconcile;

import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.ReconcileSummary;
import io.github.cameldaraja.api.ReconcileSummary.Total;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Map;

/** Counts what a run has looked at, each payment as it stood in the end; of one thread. */
final class Tally {

    private final Map<PaymentStatus, Total> settled = new EnumMap<>(PaymentStatus.class);
    private Total open = Total.NONE;
    private Total unresolved = Total.NONE;
    private int asked;

    void asked(int more) {
        asked += more;
    }

    void count(Transaction payment) {
        if (payment.needsPerson() || payment.disputed()) {
            unresolved = unresolved.plus(payment.amount());
        } else if (payment.isEnded()) {
            settled.merge(payment.status(), Total.NONE.plus(payment.amount()), (before, one) -> before.plus(payment.amount()));
        } else {
            open = open.plus(payment.amount());
        }
    }

    ReconcileSummary summary(String account, Instant from, Instant until) {
        return new ReconcileSummary(account, at(from), at(until), asked, settled, open, unresolved);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atZone(NairobiTime.ZONE).toOffsetDateTime();
    }
}
