package io.github.cameldaraja.examples.wallet;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PhoneNumbers;
import java.math.BigDecimal;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The wallets and what came into them, in the database that also keeps the component's payments. */
public class Wallets {

    private static final Logger LOG = LoggerFactory.getLogger(Wallets.class);
    private static final String ENTRIES = "select reference, receipt, wallet, amount, source from entry ";
    private static final RowMapper<Entry> ENTRY = (row, number) -> new Entry(row.getString("reference"), row.getString("receipt"),
            row.getString("wallet"), row.getBigDecimal("amount"), row.getString("source"));
    private static final int LONGEST_TYPED = 100;

    private final JdbcTemplate sql;

    /**
     * @param sql takes part in the transaction that its thread is in; a plain {@code getConnection()} would not
     */
    public Wallets(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** The wallets in that database, with their tables. */
    static Wallets open(DataSource dataSource) {
        new ResourceDatabasePopulator(new ClassPathResource("wallet.sql")).execute(dataSource);
        return new Wallets(new JdbcTemplate(dataSource));
    }

    /**
     * Credits a payment. What is told of one that has been credited, its receipt for instance, is only noted.
     *
     * <p>The entry and the balance are written in the transaction of the route, together with the component's mark that the route was
     * told. The primary key is there for the day on which somebody forgets that.
     */
    public void credit(Outcome payment) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a payment is credited within a transaction; add transacted=true to from(\"daraja:…\")");
        }
        if (isEntered(payment.reference())) {
            sql.update("update entry set receipt = ? where reference = ? and receipt is null", payment.receiptNumber(),
                    payment.reference());
            LOG.info("Credited before: {}", payment);
            return;
        }
        String wallet = PhoneNumbers.told(payment.accountReference());
        boolean known = PhoneNumbers.isWhole(wallet);
        if (known) {
            add(wallet, payment.amount());
        }
        // last: of two who come in the same instant one fails at the primary key, and finds the entry when he is told again
        sql.update("insert into entry (reference, receipt, wallet, typed, amount, source) values (?, ?, ?, ?, ?, ?)",
                payment.reference(), payment.receiptNumber(), known ? wallet : null, cut(payment.accountReference()),
                payment.amount(), payment.source().name());
        if (known) {
            LOG.info("Credited: {}", payment);
        } else {
            LOG.warn("A person must look: {} names no wallet", payment);
        }
    }

    /** The wallet of that phone number, in any Kenyan form, or null. */
    public Wallet find(String phone) {
        String number = PhoneNumbers.told(phone);
        return sql.query("select balance from wallet where phone = ?", (row, at) -> row.getBigDecimal(1), number).stream()
                .map(balance -> new Wallet(number, balance, sql.query(ENTRIES + "where wallet = ? order by number", ENTRY, number)))
                .findFirst().orElse(null);
    }

    /** Everything that came in, the oldest first. */
    public List<Entry> entries() {
        return sql.query(ENTRIES + "order by number", ENTRY);
    }

    private boolean isEntered(String reference) {
        return !sql.query(ENTRIES + "where reference = ?", ENTRY, reference).isEmpty();
    }

    // the first payment opens the wallet
    private void add(String wallet, BigDecimal amount) {
        if (sql.update("update wallet set balance = balance + ? where phone = ?", amount, wallet) == 0) {
            sql.update("insert into wallet (phone, balance) values (?, ?)", wallet, amount);
        }
    }

    private static String cut(String typed) {
        return typed == null || typed.length() <= LONGEST_TYPED ? typed : typed.substring(0, LONGEST_TYPED);
    }
}
