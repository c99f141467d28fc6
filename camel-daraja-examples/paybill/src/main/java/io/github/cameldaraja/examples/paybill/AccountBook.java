package io.github.cameldaraja.examples.paybill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The accounts and the payments into them, in a database. A payment and its credit are one transaction, and happen once. */
public class AccountBook {

    /** What became of a payment. */
    public enum Entry {
        /** An account has it. */
        CREDITED,
        /** It names no account: a person must find out whose it is. */
        SUSPENDED,
        /** It was in the book before. */
        KNOWN
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private interface Reading<T> {
        T row(ResultSet row) throws SQLException;
    }

    private static final String ACCOUNTS = "select number, holder, least, most, balance from account ";
    private static final String PAYMENTS =
            "select receipt, reference, account, typed, amount, phone, paid_at, source, validation from payment ";
    private static final int LONGEST_TYPED = 100;

    private final DataSource dataSource;

    public AccountBook(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The book in that database, with the tables and the accounts of the example. */
    static AccountBook open(DataSource dataSource) {
        AccountBook book = new AccountBook(dataSource);
        book.run("paybill.sql");
        book.run("sample-accounts.sql");
        return book;
    }

    /** The account of that number, as {@link AccountNumber} writes it. */
    public Optional<Account> find(String number) {
        return inTransaction(connection -> accounts(connection, "where number = ?", number)).stream().findFirst();
    }

    public List<Account> accounts() {
        return inTransaction(connection -> accounts(connection, "order by number"));
    }

    public List<Payment> payments() {
        return inTransaction(connection -> payments(connection, "order by receipt"));
    }

    /** Payments that nobody is credited with. */
    public List<Payment> suspense() {
        return inTransaction(connection -> payments(connection, "where account is null order by receipt"));
    }

    /**
     * Enters a payment and credits the account that it names, both or neither. Any number of times is as good as once: of two who
     * come in the same instant one fails at the primary key, and finds the payment when he comes again.
     */
    public Entry enter(Payment payment) {
        return inTransaction(connection -> {
            if (!payments(connection, "where receipt = ?", payment.receipt()).isEmpty()) {
                return Entry.KNOWN;
            }
            boolean known = add(connection, payment.account(), payment.amount());
            insert(connection, known ? payment : payment.in(null));
            return known ? Entry.CREDITED : Entry.SUSPENDED;
        });
    }

    /**
     * Takes a payment out of suspense.
     *
     * @param number as people write it
     * @return whether it was in suspense, and the account exists
     */
    public boolean assign(String receipt, String number) {
        String account = AccountNumber.normalise(number);
        return inTransaction(connection -> {
            List<Payment> found = payments(connection, "where receipt = ? and account is null", receipt);
            // the second condition is asked again in the update: two clerks may be at it
            if (found.isEmpty() || accounts(connection, "where number = ?", account).isEmpty()
                    || update(connection, "update payment set account = ? where receipt = ? and account is null", account,
                            receipt) == 0) {
                return false;
            }
            return add(connection, account, found.get(0).amount());
        });
    }

    private static boolean add(Connection connection, String account, BigDecimal amount) throws SQLException {
        return update(connection, "update account set balance = balance + ? where number = ?", amount, account) == 1;
    }

    private static void insert(Connection connection, Payment payment) throws SQLException {
        update(connection, "insert into payment (receipt, reference, account, typed, amount, phone, paid_at, source, validation)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)", payment.receipt(), payment.reference(), payment.account(),
                cut(payment.typed()), payment.amount(), payment.phone(), payment.paidAt(), payment.source(),
                payment.validation());
    }

    // money is not refused for the length of a text
    private static String cut(String text) {
        return text == null || text.length() <= LONGEST_TYPED ? text : text.substring(0, LONGEST_TYPED);
    }

    private static List<Account> accounts(Connection connection, String condition, Object... values) throws SQLException {
        return select(connection, ACCOUNTS + condition, row -> new Account(row.getString("number"), row.getString("holder"),
                row.getBigDecimal("least"), row.getBigDecimal("most"), row.getBigDecimal("balance")), values);
    }

    private static List<Payment> payments(Connection connection, String condition, Object... values) throws SQLException {
        return select(connection, PAYMENTS + condition, row -> new Payment(row.getString("receipt"), row.getString("reference"),
                row.getString("account"), row.getString("typed"), row.getBigDecimal("amount"), row.getString("phone"),
                row.getObject("paid_at", OffsetDateTime.class), row.getString("source"), row.getString("validation")), values);
    }

    private static <T> List<T> select(Connection connection, String sql, Reading<T> reading, Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values); ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reading.row(rows));
            }
            return all;
        }
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int at = 0; at < values.length; at++) {
            statement.setObject(at + 1, values[at]);
        }
        return statement;
    }

    private void run(String script) {
        inTransaction(connection -> update(connection, text(script)));
    }

    private static String text(String resource) {
        try (InputStream in = AccountBook.class.getResourceAsStream("/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // all or nothing; what fails is thrown, so that the payment is told again
    private <T> T inTransaction(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the account book cannot be read or written", e);
        }
    }
}
