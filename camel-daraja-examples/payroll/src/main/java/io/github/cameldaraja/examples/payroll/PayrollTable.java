package io.github.cameldaraja.examples.payroll;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.examples.payroll.Database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of every line, on disk. Each step is one conditional update, so that a line goes only where it may go: it is
 * claimed once, and a paid line stays paid.
 */
final class PayrollTable implements AutoCloseable {

    private static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS payroll_run (
                run VARCHAR(60) PRIMARY KEY,
                stopped VARCHAR(1000),
                changes BIGINT NOT NULL,
                reported BIGINT NOT NULL)
            """, """
            CREATE TABLE IF NOT EXISTS payroll_line (
                payment VARCHAR(40) PRIMARY KEY,
                run VARCHAR(60) NOT NULL REFERENCES payroll_run,
                line_number INT NOT NULL,
                id VARCHAR(20) NOT NULL,
                name VARCHAR(60) NOT NULL,
                phone VARCHAR(12) NOT NULL,
                amount BIGINT NOT NULL,
                reason VARCHAR(100) NOT NULL,
                status VARCHAR(10) NOT NULL,
                originator VARCHAR(100),
                abandoned BOOLEAN NOT NULL,
                receipt VARCHAR(20) UNIQUE,
                code VARCHAR(40),
                description VARCHAR(1000),
                happened_at TIMESTAMP WITH TIME ZONE)
            """);
    private static final String INSERT = """
            INSERT INTO payroll_line (payment, run, line_number, id, name, phone, amount, reason, status, abandoned)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'NOT_SENT', FALSE)
            """;
    private static final String CHANGED =
            "UPDATE payroll_run SET changes = changes + 1 WHERE run = (SELECT run FROM payroll_line WHERE payment = ?)";
    private static final int LONGEST_TEXT = 1000;

    private final Database database;

    PayrollTable(String url) {
        database = new Database(url);
        database.atOnce(sql -> {
            for (String table : TABLES) {
                sql.update(table);
            }
            return null;
        });
    }

    boolean knows(String run) {
        return database.atOnce(sql -> knows(sql, run));
    }

    /**
     * Takes a payroll in, or lets a stopped one go on.
     *
     * @throws InvalidPayrollException if it is not what was taken in before, or pays an id twice in a month
     */
    void accept(PayrollFile file) throws InvalidPayrollException {
        database.<Void, InvalidPayrollException>atOnce(sql -> {
            if (knows(sql, file.run())) {
                refuseOther(sql, file);
                sql.update("UPDATE payroll_run SET stopped = NULL, changes = changes + 1 WHERE run = ?", file.run());
            } else {
                refuseRepeated(sql, file);
                sql.update("INSERT INTO payroll_run VALUES (?, NULL, 1, 0)", file.run());
                for (Line line : file.lines()) {
                    sql.update(INSERT, line.payment(), file.run(), line.number(), line.id(), line.name(), line.phone(),
                            line.amount(), line.reason());
                }
            }
            return null;
        });
    }

    /** The payments of a run that were not sent, in the file's order. */
    List<String> unsent(String run) {
        return database.atOnce(sql -> sql.list(row -> row.getString(1),
                "SELECT payment FROM payroll_line WHERE run = ? AND status = 'NOT_SENT' ORDER BY line_number", run));
    }

    boolean isStopped(String payment) {
        return database.atOnce(sql -> !sql.list(row -> row.getString(1), "SELECT run FROM payroll_run WHERE stopped IS NOT NULL"
                + " AND run = (SELECT run FROM payroll_line WHERE payment = ?)", payment).isEmpty());
    }

    /**
     * Claims a line for sending; on disk when this returns.
     *
     * @return null if it was claimed before or its run was stopped
     */
    Line claim(String payment) {
        return database.atOnce(sql -> {
            boolean claimed = change(sql, payment, "status = 'SENDING' WHERE payment = ? AND status = 'NOT_SENT'"
                    + " AND run IN (SELECT run FROM payroll_run WHERE stopped IS NULL)");
            return claimed ? sql.list(PayrollTable::line, "SELECT * FROM payroll_line WHERE payment = ?", payment).get(0) : null;
        });
    }

    /** What became of the sending of a claimed line, if no outcome was faster. */
    void sent(String payment, LineStatus status, String originator, String code, String description, OffsetDateTime when) {
        database.atOnce(sql -> change(sql, payment, "status = ?, originator = ?, code = ?, description = ?, happened_at = ?"
                + " WHERE payment = ? AND status = 'SENDING'", status.name(), originator, code, text(description), when));
    }

    /**
     * Books a final outcome. A paid line only learns its receipt.
     *
     * @return whether there is such a line
     */
    boolean book(String payment, Outcome outcome, OffsetDateTime when) {
        return database.atOnce(sql -> {
            if (outcome.isCompleted()) {
                change(sql, payment, "status = 'PAID', receipt = ?, code = ?, description = ?, happened_at = ?"
                                + " WHERE payment = ? AND (status <> 'PAID' OR receipt IS NULL)",
                        outcome.receiptNumber(), outcome.resultCode(), text(outcome.resultDescription()), when);
            } else {
                change(sql, payment, "status = 'FAILED', code = ?, description = ?, happened_at = ?"
                                + " WHERE payment = ? AND status <> 'PAID'",
                        outcome.resultCode(), text(outcome.resultDescription()), when);
            }
            return !sql.list(row -> row.getString(1), "SELECT id FROM payroll_line WHERE payment = ?", payment).isEmpty();
        });
    }

    /** Sends nothing more of the payment's run until its file is put in again. */
    void stop(String payment, String why) {
        database.atOnce(sql -> sql.update("UPDATE payroll_run SET stopped = COALESCE(stopped, ?), changes = changes + 1"
                + " WHERE run = (SELECT run FROM payroll_line WHERE payment = ?)", text(why), payment));
    }

    /** An earlier process has sent these and is gone, and with it what it knew. */
    int abandon(String why) {
        return database.atOnce(sql -> {
            String open = "status IN ('SENDING', 'PENDING', 'UNKNOWN')";
            sql.update("UPDATE payroll_run SET changes = changes + 1 WHERE run IN (SELECT run FROM payroll_line WHERE "
                    + open + ")");
            return sql.update("UPDATE payroll_line SET status = 'UNKNOWN', abandoned = TRUE, description = ? WHERE " + open,
                    why);
        });
    }

    /** Abandoned payments that M-Pesa can be asked about. */
    List<LeftPayment> abandoned() {
        return database.atOnce(sql -> sql.list(row -> new LeftPayment(row.getString(1), row.getString(2)),
                "SELECT payment, originator FROM payroll_line WHERE abandoned AND status = 'UNKNOWN' AND originator IS NOT NULL"
                        + " ORDER BY payment"));
    }

    /** The line of a payment, or null. */
    Line find(String payment) {
        List<Line> lines = database.atOnce(
                sql -> sql.list(PayrollTable::line, "SELECT * FROM payroll_line WHERE payment = ?", payment));
        return lines.isEmpty() ? null : lines.get(0);
    }

    /** Runs that have changed since they were reported, with all their lines. */
    List<Report> unreported() {
        return database.atOnce(sql -> {
            List<Report> reports = new ArrayList<>();
            for (Report run : sql.list(row -> new Report(row.getString("run"), row.getLong("changes"), row.getString("stopped"),
                    List.of()), "SELECT * FROM payroll_run WHERE changes <> reported ORDER BY run")) {
                reports.add(new Report(run.run(), run.changes(), run.stopped(), sql.list(PayrollTable::standing,
                        "SELECT * FROM payroll_line WHERE run = ? ORDER BY line_number", run.run())));
            }
            return reports;
        });
    }

    void reported(Report report) {
        database.atOnce(sql -> sql.update("UPDATE payroll_run SET reported = ? WHERE run = ?", report.changes(), report.run()));
    }

    @Override
    public void close() {
        database.close();
    }

    private static boolean change(Transaction sql, String payment, String set, Object... values) throws SQLException {
        List<Object> all = new ArrayList<>(Arrays.asList(values));
        all.add(payment);
        boolean changed = sql.update("UPDATE payroll_line SET " + set, all.toArray()) > 0;
        if (changed) {
            sql.update(CHANGED, payment);
        }
        return changed;
    }

    private static boolean knows(Transaction sql, String run) throws SQLException {
        return !sql.list(row -> row.getString(1), "SELECT run FROM payroll_run WHERE run = ?", run).isEmpty();
    }

    private static void refuseOther(Transaction sql, PayrollFile file) throws SQLException, InvalidPayrollException {
        Map<Integer, Line> known = new HashMap<>();
        sql.list(PayrollTable::line, "SELECT * FROM payroll_line WHERE run = ?", file.run())
                .forEach(line -> known.put(line.number(), line));
        List<Problem> problems = new ArrayList<>();
        for (Line line : file.lines()) {
            if (!line.equals(known.remove(line.number()))) {
                problems.add(new Problem(line.number(), "is not what " + file.run()
                        + ".csv said before; put what is new into a file of another name"));
            }
        }
        known.keySet().stream().sorted().forEach(number -> problems.add(new Problem(number, "was in " + file.run()
                + ".csv before and is missing; put the same file in again")));
        throwIfAny(problems);
    }

    private static void refuseRepeated(Transaction sql, PayrollFile file) throws SQLException, InvalidPayrollException {
        List<Problem> problems = new ArrayList<>();
        for (Line line : file.lines()) {
            sql.list(row -> row.getString(1), "SELECT run FROM payroll_line WHERE payment = ?", line.payment())
                    .forEach(run -> problems.add(new Problem(line.number(), "id: is paid by " + run
                            + ".csv; one id is paid once a month, so choose another if it is to be paid once more")));
        }
        throwIfAny(problems);
    }

    private static void throwIfAny(List<Problem> problems) throws InvalidPayrollException {
        if (!problems.isEmpty()) {
            throw new InvalidPayrollException(problems);
        }
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(row.getString("payment"), row.getInt("line_number"), row.getString("id"), row.getString("name"),
                row.getString("phone"), row.getLong("amount"), row.getString("reason"));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(row.getInt("line_number"), row.getString("id"), LineStatus.valueOf(row.getString("status")),
                row.getString("receipt"), row.getLong("amount"), row.getString("code"), row.getString("description"),
                row.getObject("happened_at", OffsetDateTime.class));
    }

    private static String text(String text) {
        return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
