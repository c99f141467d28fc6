package io.github.cameldaraja.examples.chaos.node;

import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Verdict;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The application's books. What a route hears and what it believes are written in one statement, within the route's transaction if it
 * has one.
 */
final class Booking {

    /** Which way money goes. */
    enum Direction {
        IN, OUT
    }

    // what says whether a row is new: xmax is the transaction that has changed it
    private static final String BOOK = "with booked as (insert into chaos_ledger (reference, direction, order_id, amount, receipt, node, at)"
            + " select ?::varchar, ?::varchar, ?::varchar, ?::numeric, ?::varchar, ?::varchar, ?::timestamptz where ?"
            + " on conflict (reference, direction) do update set receipt = coalesce(chaos_ledger.receipt, excluded.receipt)"
            + " returning xmax = 0 as fresh)";
    private static final String RETURN = ", returned as (insert into chaos_return (order_id, receipt, amount)"
            + " select ?::varchar, ?::varchar, ?::numeric where ? on conflict do nothing)";
    private static final String ANSWER = ", answered as (insert into chaos_order (order_id, reference, answered, at)"
            + " values (?, ?, ?, ?) on conflict (order_id) do update set reference = coalesce(excluded.reference, chaos_order.reference),"
            + " answered = excluded.answered, at = excluded.at)";
    private static final String HEAR = " insert into chaos_heard (order_id, reference, operation, status, receipt, amount, result_code,"
            + " source, verdict, via, node, at) select ?, ?, ?, ?, ?, ?, ?, ?, ?,"
            + " case when ? and exists (select 1 from booked where not fresh) then 'twice' else ? end, ?, ?";
    private static final String ALERT = "insert into chaos_heard (reference, operation, result_code, via, node, at)"
            + " values (?, ?, ?, 'alert', ?, ?)";
    private static final String ANSWERED = "insert into chaos_order (order_id, reference, answered, at) values (?, ?, ?, ?)"
            + " on conflict (order_id) do update set reference = coalesce(excluded.reference, chaos_order.reference),"
            + " answered = excluded.answered, at = excluded.at";

    private final JdbcTemplate sql;
    private final String node;
    private final Clock clock;

    Booking(DataSource database, String node, Clock clock) {
        this.sql = new JdbcTemplate(database);
        this.node = node;
        this.clock = clock;
    }

    /** An exchange goes on with the outcome that it has waited for, and answers the client; both are stored together. */
    void waited(Outcome outcome, Direction direction) {
        sql.update(BOOK + ANSWER + HEAR, values(booked(outcome, direction),
                new Object[] {order(outcome), outcome.reference(), outcome.status().name(), now()}, heard(outcome, false, "exchange")));
    }

    /** A route hears of a payment that may have been told before. */
    void heard(Outcome outcome, Direction direction) {
        sql.update(BOOK + HEAR, values(booked(outcome, direction), heard(outcome, false, "from")));
    }

    /** A route hears of a payment in a transaction that marks the outcome as well: to be told of money twice would be an error. */
    void heardOnce(Outcome outcome, Direction direction) {
        // the receipt of what was booked without one is no money
        boolean once = outcome.verdict() != Verdict.ENRICHED;
        sql.update(BOOK + HEAR, values(booked(outcome, direction), heard(outcome, once, "from")));
    }

    /** A customer has paid by himself; perhaps it is to go back, which others see to. */
    void arrived(Outcome outcome) {
        boolean goesBack = outcome.isCompleted() && OrderId.isReturn(outcome.accountReference());
        sql.update(BOOK + RETURN + HEAR, values(booked(outcome, Direction.IN),
                new Object[] {order(outcome), outcome.receiptNumber(), outcome.amount(), goesBack}, heard(outcome, false, "from")));
    }

    void heard(Alert alert) {
        sql.update(ALERT, alert.reference(), alert.operation(), alert.kind().name(), node, now());
    }

    /** The client is about to be answered. */
    void answered(String order, String reference, String answer) {
        sql.update(ANSWERED, order, reference, answer, now());
    }

    private Object[] booked(Outcome outcome, Direction direction) {
        return new Object[] {outcome.reference(), direction.name(), order(outcome), outcome.amount(), outcome.receiptNumber(), node,
                now(), outcome.isCompleted()};
    }

    private Object[] heard(Outcome outcome, boolean once, String via) {
        return new Object[] {order(outcome), outcome.reference(), outcome.operation(), name(outcome.status()), outcome.receiptNumber(),
                outcome.amount(), outcome.resultCode(), name(outcome.source()),
                outcome.verdict() == null ? null : outcome.verdict().toString(), once, via, node, now()};
    }

    private static Object[] values(Object[]... parts) {
        return Arrays.stream(parts).flatMap(Arrays::stream).toArray();
    }

    private static String order(Outcome outcome) {
        return OrderId.of(outcome.idempotencyKey(), outcome.accountReference());
    }

    private static String name(Enum<?> value) {
        return value == null ? null : value.name();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
