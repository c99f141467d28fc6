package io.github.cameldaraja.crash;

import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.Message;

/**
 * What a user's routes do with outcomes: each one that they are told is a line of the journal, and a payment that is completed is
 * credited once, told by its reference. In the database beside the payments, so that it survives as they do.
 */
final class CashBook {

    private static final String UNIQUE_VIOLATION = "23505";

    private final Ground ground;

    CashBook(Ground ground) {
        this.ground = ground;
        try (Connection connection = ground.connections().getConnection(); var statement = connection.createStatement()) {
            statement.execute("create table if not exists crash_journal (id bigint generated always as identity primary key,"
                    + " node varchar(20), via varchar(20), reference varchar(64), line varchar(200))");
            statement.execute("create table if not exists crash_credit (reference varchar(64) primary key, receipt varchar(40),"
                    + " account varchar(40), amount numeric(12, 2))");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Books as that node, on its own connection. */
    static void book(DataSource connections, String node, String via, Message told) throws SQLException {
        Outcome outcome = told.getBody(Outcome.class);
        String reference = told.getHeader(DarajaConstants.REFERENCE, String.class);
        if (outcome.isCompleted() && outcome.amount() != null) {
            credit(connections, reference, outcome);
        }
        insert(connections, "insert into crash_journal (node, via, reference, line) values (?, ?, ?, ?)", node, via, reference,
                outcome.status() + (outcome.verdict() == null ? "" : " " + outcome.verdict()));
    }

    private static void credit(DataSource connections, String reference, Outcome outcome) throws SQLException {
        try {
            insert(connections, "insert into crash_credit (reference, receipt, account, amount) values (?, ?, ?, ?)", reference,
                    outcome.receiptNumber(), outcome.accountReference(), outcome.amount());
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
            // told before
        }
    }

    private static void insert(DataSource connections, String sql, Object... values) throws SQLException {
        try (Connection connection = connections.getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /** What was told of that payment, in order: node, way, status and verdict. */
    List<String> told(String reference) {
        return ground.ask("select node || ' ' || via || ': ' || line from crash_journal where reference = ? order by id", reference);
    }

    /** All that was told. */
    List<String> told() {
        return ground.ask("select node || ' ' || via || ': ' || line from crash_journal order by id");
    }

    /** How often somebody who books without looking at the reference has booked. */
    long bookedBlindly() {
        return ground.count("select count(*) from crash_journal where line like 'COMPLETED%'");
    }

    /** The payments that are credited. */
    List<String> credited() {
        return ground.ask("select reference from crash_credit order by reference");
    }

    /** What is credited: what for, and how many shillings. */
    List<String> credits() {
        return ground.ask("select account || ' ' || round(amount) from crash_credit order by 1");
    }

    /** How often somebody was told the same as before. */
    long toldAgain() {
        return ground.count("select count(*) - count(distinct reference || line) from crash_journal");
    }
}
