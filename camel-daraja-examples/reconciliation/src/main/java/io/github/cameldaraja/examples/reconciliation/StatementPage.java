package io.github.cameldaraja.examples.reconciliation;

import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.api.PullTransactions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A page of M-Pesa's statement that is to be asked for.
 *
 * @param from   of the hour that it belongs to
 * @param until  included: whether M-Pesa includes it is not documented, and what is listed twice counts once
 * @param offset rows of that hour before this page
 * @param before receipts of the page before
 * @param open   whether it is still to be asked for
 */
public record StatementPage(Instant from, Instant until, int offset, List<String> before, boolean open) {

    static StatementPage first(Instant from, Instant until) {
        return new StatementPage(from, until, 0, List.of(), true);
    }

    /** What to ask M-Pesa. */
    public PullTransactions.Request request() {
        return new PullTransactions.Request(inNairobi(from), inNairobi(until), offset);
    }

    /** The page after this one, which had these receipts. */
    StatementPage next(List<String> receipts) {
        // a server that has the same page for every offset has told everything
        boolean more = !receipts.isEmpty() && !receipts.equals(before);
        return new StatementPage(from, until, offset + receipts.size(), receipts, more);
    }

    /**
     * When M-Pesa booked a row of this page. It writes a Z behind times that may well be Nairobi's; which of the two it means is the
     * one that lies in the hour that was asked for.
     */
    Instant time(PullTransactions.Row row) {
        OffsetDateTime told = row.transactionDate();
        if (told == null) {
            return from;
        }
        Instant nairobi = told.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime().atZone(NairobiTime.ZONE).toInstant();
        return contains(told.toInstant()) ? told.toInstant() : contains(nairobi) ? nairobi : from;
    }

    private boolean contains(Instant moment) {
        return !moment.isBefore(from) && !moment.isAfter(until);
    }

    private static OffsetDateTime inNairobi(Instant instant) {
        return instant.atZone(NairobiTime.ZONE).toOffsetDateTime();
    }
}
