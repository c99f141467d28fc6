package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.Erasure;
import io.github.cameldaraja.transaction.KeyHolder;
import io.github.cameldaraja.transaction.OpenCounts;
import io.github.cameldaraja.transaction.Outbox;
import io.github.cameldaraja.transaction.PersonalData;
import io.github.cameldaraja.transaction.PurgeBefore;
import io.github.cameldaraja.transaction.RawCallback;
import io.github.cameldaraja.transaction.Settlement;
import io.github.cameldaraja.transaction.Terms;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payments in a database: H2 in a file, PostgreSQL, or MariaDB. Everything runs on threads and in transactions of its own: what a route
 * does in a transaction, and whether it is rolled back, is no matter of a payment.
 */
public final class JdbcTransactionRepository extends ServiceSupport implements TransactionRepository, CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcTransactionRepository.class);
    private static final int THREADS = 8;
    private static final int PROMPT_THREADS = 2;
    private static final int SHORTEST_SECRET = 32;

    private final DataSource dataSource;
    private final CursorTable cursors = new CursorTable();
    private final Workers workers = new Workers();
    // past everything that waits: a busy node that cannot say that it lives would be taken for dead
    private final Workers prompt = new Workers();
    private final Outbox outbox = new JdbcOutbox(workers, prompt, () -> this.deliveries, this::tellUnreadable);
    private final Commons commons = new JdbcCommons(prompt, () -> this.tokens);
    private volatile Consumer<Outcome> whenUnreadable = outcome -> { };
    private CamelContext camelContext;
    private String secret;
    private String previousSecret;
    private Clock clock = Clock.systemUTC();
    private int threads = THREADS;
    private Duration startPatience = Duration.ofSeconds(10);
    private Ledger ledger;
    private PaymentTable payments;
    private KeyTable keys;
    private volatile DeliveryTable deliveries;
    private volatile TokenTable tokens;
    private RawCallbackTable callbacks;
    private People people;
    private Retention retention;
    private Renewal renewal;
    private volatile Dialect dialect;
    private volatile Database database;

    /**
     * @param dataSource a pool; this takes as many connections of it as it has threads, and two more for signs of life and the like;
     *                   it needs two to start
     */
    public JdbcTransactionRepository(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /**
     * What phone numbers, names and whatever else tells of people is encrypted with: at least 32 characters that nobody can guess, the
     * same on all nodes. It must not be lost: nothing that it has encrypted can be read without it.
     */
    public void setSecret(String secret) {
        this.secret = secret;
    }

    /** The secret before, while it is changed: accepted for what it has encrypted. */
    public void setPreviousSecret(String previousSecret) {
        this.previousSecret = previousSecret;
    }

    public Clock getClock() {
        return clock;
    }

    /** Whose time changes carry; the system's if not set. */
    public void setClock(Clock clock) {
        this.clock = clock;
    }

    public int getThreads() {
        return threads;
    }

    /** How many connections work at the same time at most, besides two for signs of life and the like; 8 if not set. */
    public void setThreads(int threads) {
        this.threads = threads;
    }

    /** How long the start says nothing when it must wait. */
    void setStartPatience(Duration startPatience) {
        this.startPatience = startPatience;
    }

    @Override
    protected void doStart() throws Exception {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        SealingKey key = key("secret", secret);
        SealingKey previousKey = previousSecret == null || previousSecret.equals(secret) ? null
                : key("previousSecret", previousSecret);
        dialect = new Preparation(dataSource, startPatience).run(camelContext);
        database = new Database(dataSource, dialect);
        use(database.run(session -> new SecretTable().open(session, key, previousKey)));
        workers.start(camelContext, "DarajaStore", threads, database);
        prompt.start(camelContext, "DarajaStorePrompt", PROMPT_THREADS, database);
    }

    private static SealingKey key(String option, String secret) {
        if (secret == null || secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(option + " of JdbcTransactionRepository " + (secret == null ? "is missing"
                    : "is too short") + ": phone numbers and names are encrypted with it; set it to at least " + SHORTEST_SECRET
                    + " characters that nobody can guess, what 'openssl rand -base64 32' prints for instance, and keep them where the"
                    + " database and its backups are not");
        }
        return new SealingKey(secret);
    }

    private void use(Vault vault) {
        ledger = new Ledger(clock, vault);
        payments = new PaymentTable(vault);
        keys = new KeyTable(vault);
        deliveries = new DeliveryTable(vault);
        tokens = new TokenTable(vault);
        callbacks = new RawCallbackTable(vault);
        people = new People(vault);
        retention = new Retention(vault);
        renewal = new Renewal(vault);
    }

    @Override
    protected void doStop() throws InterruptedException {
        workers.stop();
        prompt.stop();
    }

    @Override
    public void whenUnreadable(Consumer<Outcome> whenUnreadable) {
        this.whenUnreadable = whenUnreadable;
    }

    private void tellUnreadable(Outcome clear) {
        LOG.error("A person must look: {} of payment {} is set aside: {}", clear.operation(), clear.reference(), clear.resultDescription());
        whenUnreadable.accept(clear);
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public String examine() throws SQLException {
        return new Preparation(dataSource, startPatience).examine();
    }

    @Override
    public CompletableFuture<Transaction> open(Transaction intent, String after, Terms terms) {
        return workers.share(Turn.opening(intent), session -> ledger.open(session, intent, after, terms))
                .thenApply(Ledger.Opened::payment);
    }

    @Override
    public CompletableFuture<Transaction> receive(Transaction arrived) {
        return workers.share(Turn.receiving(arrived), session -> ledger.receive(session, arrived));
    }

    @Override
    public CompletableFuture<Transaction> abandon(String reference, Outcome why, Predicate<Transaction> still) {
        return workers.share(Turn.changing(reference), session -> ledger.abandon(session, reference, why, still));
    }

    @Override
    public CompletableFuture<Transaction> update(String reference, UnaryOperator<Transaction> change) {
        return workers.share(Turn.changing(reference), session -> ledger.update(session, reference, change));
    }

    @Override
    public CompletableFuture<Settlement> settle(Outcome outcome, String node) {
        return workers.share(Turn.settling(outcome.reference(), outcome.receiptNumber()),
                session -> ledger.settle(session, outcome, node));
    }

    public DataSource getDataSource() {
        return dataSource;
    }

    /**
     * Begins a transaction of somebody else's in this database; close it when it was committed or rolled back. Such transactions share
     * the file of an H2 database with those of payments, and must not be in the middle of a change when one of them is written.
     */
    public DatabaseTurn turn() {
        Database now = database;
        return now == null ? DatabaseTurn.FREE : now.turn();
    }

    /**
     * Marks a delivery in a transaction of somebody else's, so that it is delivered if and only if that one is committed.
     *
     * @param held as it was claimed
     * @return false if its node is not its holder any more: then that transaction must not be committed
     */
    public boolean markDelivered(Connection connection, Delivery held) throws SQLException {
        return deliveries.replace(new Session(connection, dialect), held, held.delivered());
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Optional<Commons> commons() {
        return Optional.of(commons);
    }

    @Override
    public CompletableFuture<Void> keep(RawCallback callback) {
        return workers.share(Turn.LAST, session -> {
            callbacks.insert(session, callback);
            return null;
        });
    }

    @Override
    public CompletableFuture<Transaction> find(String reference) {
        return workers.submit(session -> ledger.find(session, reference));
    }

    @Override
    public CompletableFuture<Transaction> find(String shortCode, PaymentIds ids) {
        return workers.submit(session -> ledger.find(session, shortCode, ids));
    }

    @Override
    public CompletableFuture<List<KeyHolder>> findByKey(Collection<String> operations, Collection<String> accounts, String key) {
        return workers.submit(session -> keys.holders(session, operations, accounts, key));
    }

    @Override
    public CompletableFuture<List<Transaction>> findAlike(String shortCode, BigDecimal amount, Instant from, Instant until) {
        return workers.submit(session -> payments.alike(session, shortCode, amount, from, until));
    }

    @Override
    public CompletableFuture<List<Transaction>> findOpen(String application, String account, String after, int limit) {
        return workers.submit(session -> payments.open(session, application, account, after, limit));
    }

    @Override
    public CompletableFuture<OpenCounts> countOpen(String application) {
        return workers.submit(session -> payments.countOpen(session, application));
    }

    @Override
    public CompletableFuture<List<Transaction>> findBooked(String shortCode, Instant from, Instant until, Transaction after,
                                                           int limit) {
        return workers.submit(session -> payments.booked(session, shortCode, from, until, after, limit));
    }

    @Override
    public CompletableFuture<List<Transaction>> findHeld(String application, int limit) {
        return workers.submit(session -> payments.held(session, application, limit));
    }

    @Override
    public CompletableFuture<BigDecimal> spent(String account, String day) {
        return workers.submit(session -> new BudgetTable().spent(session, account, day));
    }

    @Override
    public CompletableFuture<String> cursor(String name) {
        return workers.submit(session -> cursors.reached(session, name));
    }

    @Override
    public CompletableFuture<Void> moveCursor(String name, String position) {
        return workers.submit(session -> {
            cursors.move(session, name, position);
            return null;
        });
    }

    @Override
    public CompletableFuture<List<Transaction>> claimDue(String application, Instant now, Instant lease, int limit) {
        return workers.submit(session -> payments.claimDue(session, application, now, lease, limit)).thenApply(claimed -> {
            claimed.unreadable().forEach(this::tellUnreadable);
            return claimed.taken();
        });
    }

    @Override
    public CompletableFuture<Integer> purge(PurgeBefore before, int limit) {
        return workers.submit(session -> retention.purge(session, before, limit)).thenCompose(purged -> purged > 0
                ? CompletableFuture.completedFuture(purged) : workers.submit(session -> renewal.renew(session, limit)));
    }

    @Override
    public CompletableFuture<PersonalData> export(String phoneNumber) {
        return workers.submit(session -> people.export(session, phoneNumber));
    }

    @Override
    public CompletableFuture<Erasure> erase(String phoneNumber) {
        return workers.submit(session -> people.erase(session, phoneNumber));
    }
}
