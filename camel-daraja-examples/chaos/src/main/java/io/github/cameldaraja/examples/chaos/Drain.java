package io.github.cameldaraja.examples.chaos;

import io.github.cameldaraja.simulator.DarajaSimulator;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Lets days pass after the last order, in small jumps, with a pause after each until nobody does anything any more. */
final class Drain {

    private static final Duration SMALL = Duration.ofMinutes(1);
    private static final int SMALL_JUMPS = 60;
    private static final Duration LARGE = Duration.ofMinutes(15);
    // longer than anybody is asked: 48 hours, and what came last
    private static final Duration LONGEST = Duration.ofHours(75);
    private static final Duration QUIET = Duration.ofMillis(200);
    private static final Duration MOST_QUIET = Duration.ofSeconds(20);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(60);
    // a statement is kept for 48 hours, which pass here within minutes: whoever reads it would have had days
    private static final Duration FARTHEST_BEHIND = Duration.ofHours(24);
    private static final Duration MOST_READING = Duration.ofMinutes(10);
    private static final String READ = "select min(reached) from daraja_cursor where name like 'pullTransactions/%'";
    // a node looks every half second at what is due
    private static final String DUE = "select (select count(*) from daraja_payment where due_at < ?)"
            + " + (select count(*) from daraja_delivery where state <> 'DELIVERED' and due_at < ?)";
    private static final String OPEN = "select (select count(*) from daraja_payment where status in ('INITIATED', 'PENDING', 'UNKNOWN')"
            + "), (select count(*) from daraja_delivery where state <> 'DELIVERED'), (select count(*) from chaos_return where not done)";

    private final DarajaSimulator safaricom;
    private final DataSource database;
    private final PrintStream out;
    private final AtomicLong steps = new AtomicLong();

    Drain(DarajaSimulator safaricom, DataSource database, PrintStream out) {
        this.safaricom = safaricom;
        this.database = database;
        this.out = out;
        safaricom.onRequest(request -> steps.incrementAndGet());
        safaricom.onCallback(callback -> steps.incrementAndGet());
    }

    void run() {
        out.println("  still open, undelivered, to be sent back: " + open());
        Duration passed = Duration.ZERO;
        for (int jump = 0; passed.compareTo(LONGEST) < 0; jump++) {
            Duration step = jump < SMALL_JUMPS ? SMALL : LARGE;
            safaricom.clock().advance(step);
            passed = passed.plus(step);
            awaitQuiet();
            awaitStatement();
            if (jump == SMALL_JUMPS) {
                out.println("  an hour later: " + open());
            }
        }
        long end = System.nanoTime() + LAST_PATIENCE.toNanos();
        while (!open().equals("0, 0, 0") && System.nanoTime() < end) {
            awaitQuiet();
        }
        out.println("  three days later: " + open());
    }

    private void awaitQuiet() {
        long end = System.nanoTime() + MOST_QUIET.toNanos();
        long before;
        do {
            before = steps.get();
            LockSupport.parkNanos(QUIET.toNanos());
        } while ((steps.get() != before || due() > 0) && System.nanoTime() < end);
    }

    private void awaitStatement() {
        long end = System.nanoTime() + MOST_READING.toNanos();
        while (read().isBefore(safaricom.clock().instant().minus(FARTHEST_BEHIND)) && System.nanoTime() < end) {
            LockSupport.parkNanos(QUIET.toNanos());
        }
    }

    private Instant read() {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READ)) {
            row.next();
            return row.getString(1) == null ? Instant.EPOCH : Instant.parse(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long due() {
        try (Connection connection = database.getConnection(); PreparedStatement statement = connection.prepareStatement(DUE)) {
            OffsetDateTime now = safaricom.clock().instant().atOffset(ZoneOffset.UTC);
            statement.setObject(1, now);
            statement.setObject(2, now);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String open() {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OPEN)) {
            row.next();
            return row.getLong(1) + ", " + row.getLong(2) + ", " + row.getLong(3);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
