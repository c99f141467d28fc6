package io.github.cameldaraja.simulator.bills;

import java.time.Duration;
import java.time.Instant;

import io.github.cameldaraja.simulator.BillInvoice;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * Reminds customers seven and three days before an invoice is due and on that day, at eight in the morning.
 */
final class Reminders {

    private static final int[] DAYS_BEFORE = {7, 3, 0};
    private static final int HOUR = 8;

    private final Inside inside;
    private final BillBook book;

    Reminders(Inside inside, BillBook book) {
        this.inside = inside;
        this.book = book;
    }

    void plan(Biller biller, BillInvoice invoice) {
        Instant now = inside.clock().instant();
        for (int days : DAYS_BEFORE) {
            Instant due = invoice.dueDate().minusDays(days).atTime(HOUR, 0).atZone(Times.NAIROBI).toInstant();
            if (due.isAfter(now)) {
                inside.clock().schedule(Duration.between(now, due),
                        () -> remind(biller.shortCode(), invoice.externalReference()));
            }
        }
    }

    private void remind(String shortCode, String externalReference) {
        boolean wanted = book.biller(shortCode).map(Biller::reminders).orElse(false);
        if (wanted && book.invoice(externalReference).map(BillInvoice::open).orElse(false)) {
            inside.counters().increment("bills.reminders");
        }
    }
}
