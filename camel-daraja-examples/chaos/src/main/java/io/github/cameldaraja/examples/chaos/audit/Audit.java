package io.github.cameldaraja.examples.chaos.audit;

import io.github.cameldaraja.examples.chaos.plan.Payment;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.Transfer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/**
 * Holds Safaricom's books against what the application believes and what it was told, order by order and to the shilling. Uses no code
 * of the component. Make one for each audit; what is given to it by
 * {@code with} methods stays with it.
 */
public final class Audit {

    private static final int STORIES = 10;

    private final int payments;
    private final IntFunction<Payment> orders;
    private final Safaricom safaricom;
    private final DataSource database;
    private Excuses excuses = Excuses.NONE;
    private Function<Integer, List<Answered>> answered = number -> List.of();
    private Words words;
    private Function<String, Optional<Integer>> references = reference -> Optional.empty();
    private Function<Integer, String> plan = number -> "";
    private Function<Integer, List<String>> wire = number -> List.of();
    private List<Path> spools = List.of();

    /**
     * @param payments how many orders there are
     * @param orders   the order with that number
     * @param database with the tables of the application and of the component
     */
    public Audit(int payments, IntFunction<Payment> orders, Safaricom safaricom, DataSource database) {
        this.payments = payments;
        this.orders = orders;
        this.safaricom = safaricom;
        this.database = database;
    }

    /**
     * What may be open at the end. An excuse falls if a true word about that money was answered with 200.
     *
     * @param answered the words about an order's money that Safaricom has delivered, true or not
     */
    public Audit with(Excuses excuses, Function<Integer, List<Answered>> answered) {
        this.excuses = excuses;
        this.answered = answered;
        return this;
    }

    /** What may be open at the end. An excuse falls if a true word about that money was answered with 200. */
    public Audit with(Excuses excuses, Words words) {
        this.excuses = excuses;
        this.words = words;
        return this;
    }

    /** Whose payments are those that the application has never named, for example by the URLs that Safaricom was given. */
    public Audit withReferences(Function<String, Optional<Integer>> references) {
        this.references = references;
        return this;
    }

    /**
     * What stories tell beside the database.
     *
     * @param plan what was planned for an order, of many lines
     * @param wire what the simulator has received and sent for it, one line each
     */
    public Audit withStories(Function<Integer, String> plan, Function<Integer, List<String>> wire) {
        this.plan = plan;
        this.wire = wire;
        return this;
    }

    /** Directories in which no callback may be left. */
    public Audit withSpools(List<Path> spools) {
        this.spools = spools;
        return this;
    }

    /** Looks at everything as it is now; nodes and simulator have come to rest. */
    public Report run() throws SQLException, IOException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return run(connection);
            } finally {
                connection.rollback();
            }
        }
    }

    private Report run(Connection connection) throws SQLException, IOException {
        Evidence evidence = new Evidence(payments, references, number -> Judge.begun(orders.apply(number).kind()));
        evidence.read(safaricom);
        evidence.read(connection);

        Judge judge = new Judge(excuses, words == null ? answered
                : number -> words.about(orders.apply(number), evidence.references(number)));
        Totals totals = new Totals();
        List<Finding> findings = new ArrayList<>();
        for (int number = 0; number < payments; number++) {
            Payment payment = orders.apply(number);
            Order order = evidence.order(number);
            List<Finding> found = judge.judge(payment, order);
            totals.add(payment, order);
            if (!found.isEmpty() && !found.stream().anyMatch(Audit::isAboutMoney)) {
                totals.excuse(order);
            }
            findings.addAll(found);
        }
        findings.addAll(evidence.strangers());
        if (findings.stream().noneMatch(Audit::isAboutMoney)) {
            findings.addAll(compareTotals(connection, totals));
        }
        return new Report(List.copyOf(findings), totals.lines(), evidence.heard(), evidence.alerts(), evidence.disputed(),
                Leftovers.of(connection, spools), stories(connection, evidence, findings));
    }

    /** Adds up once more, without the orders: what nothing else has found shows here. */
    private List<Finding> compareTotals(Connection connection, Totals totals) throws SQLException {
        List<Finding> found = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            BigDecimal moved = (direction == Direction.IN ? safaricom.payments().stream().map(LedgerEntry::amount)
                    : safaricom.transfers().stream().map(Transfer::amount)).reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal booked = Evidence.booked(connection, direction);
            if (moved.subtract(booked).compareTo(totals.open(direction)) != 0) {
                found.add(new Finding(Fault.WRONG, Finding.NOBODY, "Safaricom has moved " + moved + " " + direction
                        + ", the ledger has " + booked + ", and " + totals.open(direction) + " is excused"));
            }
        }
        return found;
    }

    private List<String> stories(Connection connection, Evidence evidence, List<Finding> findings) throws SQLException {
        List<Integer> numbers = findings.stream()
                .filter(finding -> finding.fault() != Fault.EXCUSED && finding.number() != Finding.NOBODY)
                .sorted(Comparator.comparing(Finding::fault)).map(Finding::number).distinct().limit(STORIES).toList();
        List<String> stories = new ArrayList<>();
        for (int number : numbers) {
            List<String> lines = new ArrayList<>();
            Payment payment = orders.apply(number);
            lines.add("The story of " + payment.id() + ": " + payment.kind()
                    + (payment.product() == null ? "" : " " + payment.product()) + " of " + payment.amount());
            findings.stream().filter(finding -> finding.number() == number).forEach(finding -> lines.add("  " + finding));
            plan.apply(number).lines().forEach(line -> lines.add("  planned: " + line));
            evidence.order(number).side(Direction.IN).moved().forEach(money -> lines.add("  Safaricom's books, in: " + money));
            evidence.order(number).side(Direction.OUT).moved().forEach(money -> lines.add("  Safaricom's books, out: " + money));
            wire.apply(number).forEach(line -> lines.add("  wire: " + line));
            new Stories(connection).tell(OrderIds.of(number), evidence.references(number)).forEach(line -> lines.add("  " + line));
            stories.add(String.join(System.lineSeparator(), lines));
        }
        return stories;
    }

    private static boolean isAboutMoney(Finding finding) {
        return finding.fault() == Fault.LOST || finding.fault() == Fault.TWICE || finding.fault() == Fault.WRONG;
    }
}
