package io.github.cameldaraja.examples.payroll;

import io.github.cameldaraja.api.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is known of every line. Each step is one conditional update, so that a line goes only where it may go: one attempt is claimed
 * once by a process, only an outcome ends it, and a paid line stays paid.
 */
final class Lines {

    private static final String LINE = "select * from payroll_line where payment = ?";
    private static final String THIS = " where payment = ? and attempt = ?";

    private final JdbcTemplate sql;
    private final TransactionTemplate transaction;
    private final String process;

    /**
     * @param sql     takes part in the transaction that its thread is in; a plain {@code getConnection()} would not
     * @param process names this one, and no other before or after it
     */
    Lines(JdbcTemplate sql, TransactionTemplate transaction, String process) {
        this.sql = sql;
        this.transaction = transaction;
        this.process = process;
    }

    /** Payments that may be sent now, in the file's order: at most so many. */
    List<String> due(int most) {
        return sql.queryForList("select l.payment from payroll_line l join payroll_run r on r.run = l.run where r.state = 'RUNNING'"
                + " and (l.status = 'UNSENT' or l.status = 'SENDING' and l.process <> ?) order by r.number, l.line_number"
                + " fetch first ? rows only", String.class, process, most);
    }

    boolean isDue(String payment) {
        return !sql.queryForList("select 1 from payroll_line l join payroll_run r on r.run = l.run where l.payment = ?"
                + " and r.state = 'RUNNING'", payment).isEmpty();
    }

    /**
     * Claims a line for sending; on disk when this returns. What another process had claimed when it ended is claimed again: under
     * the same key, with which the component sends nothing twice.
     *
     * @return null if it was claimed before, or its run does not send
     */
    Line claim(String payment, OffsetDateTime when) {
        return transaction.execute(status -> sql.update("update payroll_line set status = 'SENDING', process = ?, sent_at = ?"
                + " where payment = ? and (status = 'UNSENT' or status = 'SENDING' and process <> ?)"
                + " and run in (select run from payroll_run where state = 'RUNNING')", process, when, payment, process) == 0
                ? null : find(payment));
    }

    /** The line of a payment, or null. */
    Line find(String payment) {
        return sql.query(LINE, (row, number) -> line(row), payment).stream().findFirst().orElse(null);
    }

    /** The run of a payment. */
    String run(Line line) {
        return sql.queryForObject("select run from payroll_line where payment = ?", String.class, line.payment());
    }

    /** What became of the sending, if no outcome was faster. */
    boolean sent(Line line, LineStatus status, String code, String description, OffsetDateTime when) {
        return sql.update("update payroll_line set status = ?, code = ?, description = ?, happened_at = ?, again = false" + THIS
                + " and status = 'SENDING'", status.name(), code, Runs.cut(description), when, line.payment(), line.attempt()) > 0;
    }

    /** Nobody has been asked for this attempt, so the next process, or this one later, may begin it anew. */
    boolean notSent(Line line) {
        return sql.update("update payroll_line set status = 'UNSENT', process = null, sent_at = null" + THIS
                + " and status = 'SENDING'", line.payment(), line.attempt()) > 0;
    }

    /**
     * Books a payment.
     *
     * @return false if the line is paid, or being paid, by another attempt
     */
    boolean paid(Line line, int attempt, Outcome outcome, OffsetDateTime when) {
        if (line.attempt() == attempt) {
            // one that was told by a query learns its receipt later
            sql.update("update payroll_line set status = 'PAID', receipt = ?, code = ?, description = ?, happened_at = ?" + THIS
                    + " and (status <> 'PAID' or receipt is null)", outcome.receiptNumber(), outcome.resultCode(),
                    Runs.cut(outcome.resultDescription()), when, line.payment(), attempt);
            return true;
        }
        // M-Pesa has said first that it was not paid
        return sql.update("update payroll_line set status = 'PAID', attempt = ?, receipt = ?, code = ?, description = ?, happened_at = ?"
                + THIS + " and status in ('UNSENT', 'FAILED', 'WITHDRAWN')", attempt, outcome.receiptNumber(), outcome.resultCode(),
                Runs.cut(outcome.resultDescription()), when, line.payment(), line.attempt()) > 0;
    }

    /** An attempt has failed for a reason of the line's. */
    boolean failed(Line line, boolean again, Outcome outcome, OffsetDateTime when) {
        return sql.update("update payroll_line set status = 'FAILED', again = ?, code = ?, description = ?, happened_at = ?" + THIS
                + " and status <> 'PAID'", again, outcome.resultCode(), Runs.cut(outcome.resultDescription()), when, line.payment(),
                line.attempt()) > 0;
    }

    /** An attempt has failed for a reason that is not the line's, so there is another one. */
    boolean unpaid(Line line, Outcome outcome, OffsetDateTime when) {
        return sql.update("update payroll_line set status = 'UNSENT', attempt = attempt + 1, process = null, sent_at = null, code = ?,"
                + " description = ?, happened_at = ?" + THIS + " and status not in ('PAID', 'WITHDRAWN')",
                outcome.resultCode(), Runs.cut(outcome.resultDescription()), when, line.payment(), line.attempt()) > 0;
    }

    /** Puts something beside a line for a person, in the account of its run. */
    void remark(Line line, String text) {
        sql.update("insert into payroll_problem (run, line_number, text, lasting) values (?, ?, ?, true)", run(line), line.number(),
                Runs.cut(text));
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(row.getString("payment"), row.getInt("attempt"), row.getInt("line_number"), row.getString("id"),
                row.getString("name"), row.getString("phone"), row.getLong("amount"), row.getString("reason"));
    }
}
