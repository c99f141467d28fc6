package io.github.cameldaraja.examples.payroll;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which runs may send, why the others do not, and how far each has got. */
final class Runs {

    private static final ZoneOffset NAIROBI = ZoneOffset.ofHours(3);
    private static final Duration RECENT = Duration.ofMinutes(1);
    private static final int PROBLEMS_SHOWN = 20;
    private static final int LONGEST_TEXT = 1000;
    private static final String DUE = " where r.state = 'WAITING' and (r.asked_at is null or r.asked_at <= ?) and exists"
            + " (select 1 from payroll_line l where l.run = r.run and l.status in ('UNSENT', 'SENDING'))";

    /** A run that waits for money, how much of it, and why. */
    record Waiting(String run, long shillings, String reason) {
    }

    private final JdbcTemplate sql;
    private final Clock clock;

    Runs(JdbcTemplate sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    boolean knows(String run) {
        return !sql.queryForList("select 1 from payroll_run where run = ?", run).isEmpty();
    }

    /** Lets a run begin or, whatever it was stopped for, go on: as soon as the balance is known. */
    void open(String run) {
        if (sql.update("update payroll_run set state = 'WAITING', reason = 'the balance is asked first', question = null,"
                + " asked_at = null where run = ?", run) == 0) {
            sql.update("insert into payroll_run (run, state, reason) values (?, 'WAITING', 'the balance is asked first')", run);
        }
    }

    /** After a start nothing is sent before the balance is known. */
    void interrupted() {
        sql.update("update payroll_run set state = 'WAITING', reason = 'the program was started again; the balance is asked first',"
                + " question = null, asked_at = null where state = 'RUNNING'");
        sql.update("update payroll_run set question = null, asked_at = null where state = 'WAITING'");
    }

    /**
     * Begins to ask for the balance, if a run waits for it that was not asked for lately.
     *
     * @return the number of the question, or null
     */
    Long ask(Duration pause) {
        OffsetDateTime before = now().minus(pause);
        if (sql.queryForList("select 1 from payroll_run r" + DUE, before).isEmpty()) {
            return null;
        }
        Long question = sql.queryForObject("select next value for payroll_question", Long.class);
        return sql.update("update payroll_run r set question = ?, asked_at = ?" + DUE, question, now(), before) == 0 ? null : question;
    }

    /** The runs that a question was asked for and that wait still, the oldest first, with what is to be paid of them. */
    List<Waiting> waiting(long question) {
        return sql.query("select r.run, coalesce((select sum(l.amount) from payroll_line l where l.run = r.run"
                + " and l.status = 'UNSENT'), 0), r.reason from payroll_run r where r.state = 'WAITING' and r.question = ? order by r.number",
                (row, number) -> new Waiting(row.getString(1), row.getLong(2), row.getString(3)), question);
    }

    /** What the runs that send now have still to pay. */
    long toPay() {
        return sql.queryForObject("select coalesce(sum(l.amount), 0) from payroll_line l join payroll_run r on r.run = l.run"
                + " where r.state = 'RUNNING' and l.status = 'UNSENT'", Long.class);
    }

    boolean goOn(String run, long question) {
        return sql.update("update payroll_run set state = 'RUNNING', reason = null, question = null where run = ?"
                + " and state = 'WAITING' and question = ?", run, question) > 0;
    }

    void keepWaiting(String run, long question, String why) {
        sql.update("update payroll_run set reason = ?, question = null where run = ? and state = 'WAITING' and question = ?",
                cut(why), run, question);
    }

    /** Sends nothing more of a run until the balance was asked again. */
    boolean pause(String run, String why) {
        return sql.update("update payroll_run set state = 'WAITING', reason = ?, question = null, asked_at = ? where run = ?"
                + " and state = 'RUNNING'", cut(why), now(), run) > 0;
    }

    /** Sends nothing more of a run until its file is put in again. */
    boolean stop(String run, String why) {
        return sql.update("update payroll_run set state = 'STOPPED', reason = ?, question = null where run = ?"
                + " and state <> 'STOPPED'", cut(why), run) > 0;
    }

    List<Progress> all() {
        return sql.queryForList("select run from payroll_run order by number desc", String.class).stream().map(this::progress)
                .toList();
    }

    /** How far a run has got. */
    Progress progress(String run) {
        Map<LineStatus, Progress.Sum> sums = new EnumMap<>(LineStatus.class);
        sql.query("select status, count(*), sum(amount) from payroll_line where run = ? group by status", row -> {
            sums.put(LineStatus.valueOf(row.getString(1)), new Progress.Sum(row.getLong(2), row.getLong(3)));
        }, run);
        List<String> problems = sql.query("select line_number, text from payroll_problem where run = ? order by line_number"
                + " fetch first " + PROBLEMS_SHOWN + " rows only",
                (row, number) -> new Problem(row.getInt(1), row.getString(2)).toString(), run);
        long invalid = sql.queryForObject("select count(distinct line_number) from payroll_problem where run = ?", Long.class, run);
        double rate = sql.queryForObject("select count(*), min(sent_at) from payroll_line where run = ? and sent_at > ?",
                (row, number) -> rate(row), run, now().minus(RECENT));
        return sql.queryForObject("select state, reason from payroll_run where run = ?",
                (row, number) -> Progress.of(run, row.getString(1), row.getString(2), sums, invalid, problems, rate, now()), run);
    }

    private double rate(ResultSet row) throws SQLException {
        OffsetDateTime first = row.getObject(2, OffsetDateTime.class);
        if (first == null) {
            return 0;
        }
        double seconds = Math.max(1, Duration.between(first, now()).toMillis() / 1000.0);
        return BigDecimal.valueOf(row.getLong(1) / seconds).setScale(1, RoundingMode.HALF_UP).doubleValue();
    }

    OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(NAIROBI);
    }

    static String cut(String text) {
        return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
