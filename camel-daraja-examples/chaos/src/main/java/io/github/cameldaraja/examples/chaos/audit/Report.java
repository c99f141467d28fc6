package io.github.cameldaraja.examples.chaos.audit;

import io.github.cameldaraja.examples.chaos.plan.Payment;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an audit has found.
 *
 * @param findings  in the order of the orders
 * @param lines     the money, by kinds of orders
 * @param heard     how many messages routes were told
 * @param alerts    how many alerts they were told
 * @param disputed  about how many payments Safaricom has contradicted itself
 * @param leftovers what has not arrived
 * @param stories   of some orders with faults, each of many lines
 */
public record Report(List<Finding> findings, List<Line> lines, long heard, long alerts, long disputed, Leftovers leftovers,
        List<String> stories) {

    private static final int SHOWN = 20;
    private static final String MONEY = "%-26s %9s %9s %15s %9s %15s%n";
    private static final String COUNT = "%-60s %,12d%n";

    /** Whether nothing is lost, twice, wrong or unresolved without reason, and everything has arrived. */
    public boolean isClean() {
        return findings.stream().allMatch(finding -> finding.fault() == Fault.EXCUSED) && leftovers.isEmpty();
    }

    /** How many orders have that fault; what belongs to no order counts by itself. */
    public long count(Fault fault) {
        return numbers(fault).size()
                + findings.stream().filter(finding -> finding.fault() == fault && finding.number() == Finding.NOBODY).count();
    }

    /** The orders with that fault. */
    public List<Integer> numbers(Fault fault) {
        return findings.stream().filter(finding -> finding.fault() == fault && finding.number() != Finding.NOBODY)
                .map(Finding::number).distinct().sorted().toList();
    }

    /** The last line: lost 0, twice 0, … */
    public String result() {
        return String.format(Locale.ROOT, "%s %,d, %s %,d, %s %,d, %s %,d (%s %,d)", Fault.LOST, count(Fault.LOST), Fault.TWICE,
                count(Fault.TWICE), Fault.WRONG, count(Fault.WRONG), Fault.UNRESOLVED, count(Fault.UNRESOLVED), Fault.EXCUSED,
                count(Fault.EXCUSED));
    }

    /** Prints everything: the money, what the run has met, what is wrong, whole stories, the result. */
    public void print(PrintStream out, Run run) {
        out.printf(Locale.ROOT, "%nSeed %d, plan %s%n%n", run.seed(), run.planHash());
        out.printf(Locale.ROOT, MONEY, "", "", "Safaricom", "", "ledger", "");
        out.printf(Locale.ROOT, MONEY, "", "orders", "payments", "shillings", "payments", "shillings");
        lines.forEach(line -> out.printf(Locale.ROOT, MONEY, line.name(), number(line.orders()), number(line.moved()),
                number(line.movedShillings()), number(line.booked()), number(line.bookedShillings())));
        out.println();
        run.faults().forEach((fault, times) -> out.printf(Locale.ROOT, COUNT, fault, times));
        out.printf(Locale.ROOT, COUNT, "applications killed", run.nodeKills());
        out.printf(Locale.ROOT, COUNT, "databases killed", run.databaseKills());
        out.printf(Locale.ROOT, COUNT, "databases that stood still", run.stalls());
        out.printf(Locale.ROOT, COUNT, "outcomes told to routes", heard);
        out.printf(Locale.ROOT, COUNT, "alerts told to routes", alerts);
        out.printf(Locale.ROOT, COUNT, "payments about which Safaricom contradicted itself", disputed);
        out.printf(Locale.ROOT, COUNT, "seconds", run.took().toSeconds());
        out.println();
        for (Fault fault : Fault.values()) {
            show(out, fault);
        }
        if (!leftovers.isEmpty()) {
            out.printf(Locale.ROOT, "NOT ARRIVED: undelivered %,d, parked %,d, spooled %,d%n", leftovers.undelivered(),
                    leftovers.parked(), leftovers.spooled());
            leftovers.which().forEach(one -> out.println("  " + one));
        }
        stories.forEach(story -> out.println(System.lineSeparator() + story));
        out.println();
        out.println(result());
    }

    private void show(PrintStream out, Fault fault) {
        List<Finding> all = findings.stream().filter(finding -> finding.fault() == fault).toList();
        if (all.isEmpty()) {
            return;
        }
        if (fault == Fault.EXCUSED) {
            all.stream().collect(Collectors.groupingBy(Finding::reason, TreeMap::new, Collectors.counting()))
                    .forEach((reason, times) -> out.printf(Locale.ROOT, "excused %,d times: %s%n", times, reason));
        } else {
            all.stream().limit(SHOWN).forEach(finding -> out.println(finding.toString()));
        }
        List<Integer> numbers = numbers(fault);
        out.println(fault + ": " + numbers.stream().limit(SHOWN).map(Payment::id).collect(Collectors.joining(" "))
                + (numbers.size() > SHOWN ? " and " + (numbers.size() - SHOWN) + " more" : ""));
    }

    private static String number(Number number) {
        return String.format(Locale.ROOT, number instanceof Long ? "%,d" : "%,.0f", number);
    }
}
