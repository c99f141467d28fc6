package io.github.cameldaraja.examples.reconciliation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The sums of a run; they grow with each finding. */
public final class Summary {

    /** How many of a kind, and what each side counts for them. */
    record Line(WorkTables.Sum here, WorkTables.Sum there, long findings) {
        static final Line ZERO = new Line(WorkTables.Sum.ZERO, WorkTables.Sum.ZERO, 0);
    }

    private final Period period;
    private final Map<Kind, Line> lines = new EnumMap<>(Kind.class);
    private BalanceCheck balances;

    Summary(Period period) {
        this.period = period;
    }

    void add(Finding finding) {
        Line line = line(finding.kind());
        lines.put(finding.kind(), new Line(plus(line.here(), finding.amountHere(period)), plus(line.there(), finding.amountThere(period)),
                line.findings() + 1));
    }

    /** Null if there are none. */
    void setBalances(BalanceCheck balances) {
        this.balances = balances;
    }

    /** Who writes a report adds it up: what is not on it would be missed by nobody else. */
    void mustAddUpTo(WorkTables.Sum here, WorkTables.Sum there) {
        if (!here.equalTo(here()) || !there.equalTo(there())) {
            throw new IllegalStateException("the report does not add up: the ledger has " + here + " and the report " + here()
                    + ", the statement has " + there + " and the report " + there());
        }
    }

    Period period() {
        return period;
    }

    Line line(Kind kind) {
        return lines.getOrDefault(kind, Line.ZERO);
    }

    WorkTables.Sum here() {
        return lines.values().stream().map(Line::here).reduce(WorkTables.Sum.ZERO, Summary::plus);
    }

    WorkTables.Sum there() {
        return lines.values().stream().map(Line::there).reduce(WorkTables.Sum.ZERO, Summary::plus);
    }

    BalanceCheck balances() {
        return balances;
    }

    public LocalDate day() {
        return period.day();
    }

    /** How many payments agree. */
    public long agreeing() {
        return line(Kind.AGREES).findings();
    }

    /** How many do not. */
    public long differences() {
        return lines.values().stream().mapToLong(Line::findings).sum() - agreeing();
    }

    /** Whether there is nothing to look at. */
    public boolean isAgrees() {
        return differences() == 0 && (balances == null || balances.agrees());
    }

    /** One sentence for the log. */
    @Override
    public String toString() {
        return day() + ": " + agreeing() + " payments agree, " + differences() + " do not" + lines.entrySet().stream()
                .filter(line -> line.getKey() != Kind.AGREES).map(line -> ", " + line.getValue().findings() + " " + line.getKey())
                .collect(Collectors.joining()) + "; KES " + there().amount() + " there, KES " + here().amount() + " here"
                + (balances == null ? "; no balances" : balances.agrees() ? "; balances agree"
                        : "; KES " + balances.missing() + " missing from the balances");
    }

    private static WorkTables.Sum plus(WorkTables.Sum sum, BigDecimal amount) {
        return amount.signum() == 0 ? sum : sum.plus(amount);
    }

    private static WorkTables.Sum plus(WorkTables.Sum one, WorkTables.Sum other) {
        return new WorkTables.Sum(one.count() + other.count(), one.amount().add(other.amount()));
    }
}
