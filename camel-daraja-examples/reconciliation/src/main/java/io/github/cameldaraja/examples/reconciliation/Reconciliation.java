package io.github.cameldaraja.examples.reconciliation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A run: one day, from an empty table to its report. One at a time. */
public class Reconciliation {

    private final Clock clock;
    private final Duration lag;
    private final WorkTables tables;
    private final LedgerCopy ledger;
    private final Balances balances;
    private final Path folder;
    private final String shortCode;
    private volatile Period running;

    Reconciliation(Clock clock, Duration lag, WorkTables tables, LedgerCopy ledger, Balances balances, Path folder, String shortCode) {
        this.clock = clock;
        this.lag = lag;
        this.tables = tables;
        this.ledger = ledger;
        this.balances = balances;
        this.folder = folder;
        this.shortCode = shortCode;
    }

    /** Begins with a day; the body becomes what is to be read of the statement. */
    public Period begin(String day) {
        Period period = Period.of(day, clock.instant(), lag);
        // whatever a run before has left that did not end
        tables.clear();
        running = period;
        return period;
    }

    /** Compares it, and writes the report. */
    public Summary compare() throws IOException {
        Period period = running;
        ledger.copy(period);
        Summary summary = new Summary(period);
        try (Report report = new Report(folder, period, shortCode, clock.instant())) {
            new Comparison(period, tables, ledger, finding -> {
                summary.add(finding);
                report.add(finding);
            }).run();
            summary.mustAddUpTo(tables.sum(Side.HERE, period.from(), period.until()),
                    tables.sum(Side.THERE, period.from(), period.until()));
            summary.setBalances(balances.compare(period, tables));
            report.finish(summary);
        }
        giveUp();
        return summary;
    }

    /** Leaves nothing behind. */
    public void giveUp() {
        running = null;
        tables.clear();
    }
}
