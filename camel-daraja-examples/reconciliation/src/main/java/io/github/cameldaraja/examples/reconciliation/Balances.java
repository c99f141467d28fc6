package io.github.cameldaraja.examples.reconciliation;

import io.github.cameldaraja.api.Balance;
import io.github.cameldaraja.api.Outcome;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** What our accounts held at the midnights, and whether the payments between two of them explain the difference. */
public class Balances {

    private static final Logger LOG = LoggerFactory.getLogger(Balances.class);
    /** How far from the ends of a day balances may be taken. */
    private static final Duration NEAR = Duration.ofHours(1);
    // what M-Pesa is owed; it is settled apart
    private static final String CHARGES = "Charges Paid Account";

    private final JdbcTemplate sql;
    private final Clock clock;

    Balances(DataSource dataSource, Clock clock) {
        this.sql = new JdbcTemplate(dataSource);
        this.clock = clock;
    }

    /** Keeps what M-Pesa says; told twice, it is kept once. */
    public void keep(Outcome answer) {
        Instant told = answer.transactionDate() == null ? clock.instant() : answer.transactionDate().toInstant();
        long taken = told.truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
        for (Balance balance : answer.balances()) {
            BigDecimal amount = balance.current() == null ? balance.available() : balance.current();
            if (amount != null) {
                sql.update("delete from reconciliation_balance where taken = ? and account = ?", taken, balance.account());
                sql.update("insert into reconciliation_balance (taken, account, amount) values (?, ?, ?)", taken, balance.account(),
                        amount);
            }
        }
        LOG.info("Balances of {}: {}", told, answer.balances());
    }

    /** Compares two balances with what the run's tables have between them; null if they were not taken. */
    BalanceCheck compare(Period period, WorkTables tables) {
        Instant opened = nearest(period.from());
        Instant closed = nearest(period.until());
        boolean listed = opened != null && !opened.isBefore(period.hours().get(0).from());
        if (!listed || closed == null || !opened.isBefore(closed)) {
            return null;
        }
        // a balance is of a second; what was paid in that very second may be in it, or not
        Instant from = opened.plusSeconds(1);
        WorkTables.Sum in = tables.sum(Side.THERE, from, closed);
        WorkTables.Sum out = tables.sum(Side.PAID_OUT, from, closed);
        BigDecimal unclear = BigDecimal.ZERO;
        for (Instant second : new Instant[] {opened, closed}) {
            unclear = unclear.add(tables.sum(Side.THERE, second, second.plusSeconds(1)).amount())
                    .add(tables.sum(Side.PAID_OUT, second, second.plusSeconds(1)).amount());
        }
        return new BalanceCheck(opened, accounts(opened), closed, accounts(closed), in, out,
                tables.sum(Side.PAYOUT_OPEN, from, closed), unclear);
    }

    /** Whether an account's money is ours to pay with. */
    static boolean isOurs(String account) {
        return !CHARGES.equalsIgnoreCase(account);
    }

    private Instant nearest(Instant moment) {
        return sql.query("select taken from reconciliation_balance where taken between ? and ? order by abs(taken - ?)",
                (row, number) -> Instant.ofEpochMilli(row.getLong(1)), moment.minus(NEAR).toEpochMilli(),
                moment.plus(NEAR).toEpochMilli(), moment.toEpochMilli()).stream().findFirst().orElse(null);
    }

    private Map<String, BigDecimal> accounts(Instant taken) {
        Map<String, BigDecimal> accounts = new LinkedHashMap<>();
        sql.query("select account, amount from reconciliation_balance where taken = ? order by account",
                row -> {
                    accounts.put(row.getString(1), row.getBigDecimal(2));
                }, taken.toEpochMilli());
        return accounts;
    }
}
