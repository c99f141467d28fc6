package io.github.cameldaraja.examples.reconciliation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds the ledger against the statement. First receipt by receipt, both sorted, as two stacks of paper are merged; then what is left,
 * by its looks. What one side has of the hours around the day only serves to find the other half of a payment.
 */
class Comparison {

    private final Period period;
    private final WorkTables tables;
    private final LedgerCopy ledger;
    private final Consumer<Finding> report;
    private final List<Entry> left = new ArrayList<>();

    Comparison(Period period, WorkTables tables, LedgerCopy ledger, Consumer<Finding> report) {
        this.period = period;
        this.tables = tables;
        this.ledger = ledger;
        this.report = report;
    }

    /** Reports everything that either side has of the period. */
    void run() {
        byReceipt();
        tables.markUnmatched(left, true);
        left.clear();
        tables.unmatched(Side.HERE).forEachRemaining(this::leftHere);
        tables.unmatched(Side.THERE).forEachRemaining(this::leftThere);
    }

    private void byReceipt() {
        Groups here = new Groups(tables.byKey(Side.HERE));
        Groups there = new Groups(tables.byKey(Side.THERE));
        while (here.key() != null || there.key() != null) {
            int order = here.key() == null ? 1 : there.key() == null ? -1 : here.key().compareTo(there.key());
            if (order < 0) {
                here.take().forEach(this::leave);
            } else if (order > 0) {
                there.take().forEach(this::leave);
            } else {
                compare(here.take(), there.take());
            }
        }
    }

    private void leave(Entry entry) {
        if (period.contains(entry.at())) {
            left.add(entry);
            if (left.size() == WorkTables.PAGE) {
                tables.markUnmatched(left, true);
                left.clear();
            }
        }
    }

    private void compare(List<Entry> ours, List<Entry> theirs) {
        Entry here = ours.get(0);
        Entry there = theirs.get(0);
        if (here.amount().compareTo(there.amount()) != 0) {
            report(Kind.OTHER_AMOUNT, here, there, null);
        } else if (period.contains(here.at()) != period.contains(there.at())) {
            report(Kind.OTHER_DAY, here, there, period.isWhole() ? null : "the time that is compared ends or begins between the two");
        } else {
            report(Kind.AGREES, here, there, null);
        }
        ours.stream().skip(1).forEach(more -> report(Kind.DOUBLED, more, null, "this receipt counts more than once here"));
        theirs.stream().skip(1).forEach(more -> report(Kind.DOUBLED, null, more, "M-Pesa lists this receipt again, and differently"));
    }

    private void leftHere(Entry here) {
        List<Entry> same = tables.alike(here, Side.THERE, true);
        if (!same.isEmpty()) {
            Entry there = same.get(0);
            tables.markUnmatched(List.of(there), false);
            report(Kind.OTHER_RECEIPT, here, there, here.receipt() == null ? "only the answer to a question told of it, and that has no"
                    + " receipt" : null);
            return;
        }
        List<Entry> counted = tables.alike(here, Side.HERE, false).stream().filter(tables::isListed).toList();
        if (!counted.isEmpty()) {
            report(Kind.DOUBLED, here, null, "looks like " + name(counted.get(0)) + ", which M-Pesa lists once");
            return;
        }
        report(Kind.NOT_THERE, here, null, here.receipt() == null ? "it has no receipt" : null);
    }

    private void leftThere(Entry there) {
        Entry elsewhere = there.receipt() == null ? null : ledger.find(there.receipt());
        if (elsewhere != null && period.contains(elsewhere.at())) {
            // the sums were taken without it
            report(Kind.NOT_HERE, null, there, "it has come in since: it is here now");
            return;
        }
        if (elsewhere != null) {
            report(elsewhere.amount().compareTo(there.amount()) == 0 ? Kind.OTHER_DAY : Kind.OTHER_AMOUNT, elsewhere, there, null);
            return;
        }
        List<Entry> asked = tables.alike(there, Side.NOT_PAID, false);
        report(Kind.NOT_HERE, null, there, asked.isEmpty() ? null : name(asked.get(0)) + " looks like it, and is "
                + asked.get(0).status() + " here");
    }

    private void report(Kind kind, Entry here, Entry there, String note) {
        if (here != null && period.contains(here.at()) || there != null && period.contains(there.at())) {
            report.accept(new Finding(kind, here, there, note == null && here != null && here.isDisputed()
                    ? "in doubt here: evidence contradicts it, or another payment has its key" : note));
        }
    }

    private static String name(Entry entry) {
        return entry.receipt() == null ? entry.operation() + " " + entry.reference() : entry.receipt();
    }

    /** Entries of one receipt, one receipt after the other. */
    private static final class Groups {

        private final Iterator<Entry> entries;
        private Entry next;

        Groups(Iterator<Entry> entries) {
            this.entries = entries;
            advance();
        }

        /** Of the next group; null after the last. */
        String key() {
            return next == null ? null : next.key();
        }

        /** The next group; what is listed twice alike, because pages overlap for instance, is there once. */
        List<Entry> take() {
            String key = key();
            List<Entry> group = new ArrayList<>();
            for (; next != null && next.key().equals(key); advance()) {
                Entry one = next;
                if (group.stream().noneMatch(one::isRepeatOf)) {
                    group.add(one);
                }
            }
            return group;
        }

        private void advance() {
            next = entries.hasNext() ? entries.next() : null;
        }
    }
}
