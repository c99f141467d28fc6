package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.transaction.Erasure;
import io.github.cameldaraja.transaction.Outbox;
import io.github.cameldaraja.transaction.PersonalData;
import io.github.cameldaraja.transaction.PurgeBefore;
import io.github.cameldaraja.transaction.RawCallback;
import io.github.cameldaraja.transaction.Settlement;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * Payments in a database: H2 in a file, or PostgreSQL. Everything runs on threads and in transactions of its own: what a route
 * does in a transaction, and whether it is rolled back, is no matter of a payment.
 */
public final class JdbcTransactionRepository extends ServiceSupport implements TransactionRepository, CamelContextAware {

    private static final int THREADS = 8;
    private static final int SHORTEST_SECRET = 32;
    // more than any peak that the database could still work off while Safaricom waits
    private static final int MOST_WAITING = 10_000;
    private static final long LONGEST_STOP_SECONDS = 10;

    private final DataSource dataSource;
    private final CursorTable cursors = new CursorTable();
    private final Outbox outbox = new JdbcOutbox(this::submit, () -> this.deliveries);
    private CamelContext camelContext;
    private String secret;
    private String previousSecret;
    private Clock clock = Clock.systemUTC();
    private int threads = THREADS;
    private Ledger ledger;
    private PaymentTable payments;
    private DeliveryTable deliveries;
    private RawCallbackTable callbacks;
    private People people;
    private Retention retention;
    private Renewal renewal;
    private Database database;
    private volatile ExecutorService workers;

    /**
     * @param dataSource a pool with as many connections as this has threads
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

    /** How many connections work at the same time at most; 8 if not set. */
    public void setThreads(int threads) {
        this.threads = threads;
    }

    @Override
    protected void doStart() throws Exception {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        SealingKey key = key("secret", secret);
        SealingKey previousKey = previousSecret == null || previousSecret.equals(secret) ? null
                : key("previousSecret", previousSecret);
        Dialect dialect;
        try (Connection connection = dataSource.getConnection()) {
            dialect = Dialect.of(connection);
            dialect.checkGround(connection);
        }
        Schema.migrate(dataSource, dialect.types());
        database = new Database(dataSource, dialect);
        Vault vault = database.run(session -> new SecretTable().open(session, key, previousKey));
        ledger = new Ledger(clock, vault);
        payments = new PaymentTable(vault);
        deliveries = new DeliveryTable(vault);
        callbacks = new RawCallbackTable(vault);
        people = new People(vault);
        retention = new Retention(vault);
        renewal = new Renewal(vault);
        workers = camelContext.getExecutorServiceManager().newThreadPool(this, "DarajaStore", workerProfile());
    }

    @Override
    protected void doStop() throws InterruptedException {
        ExecutorService ending = workers;
        workers = null;
        if (ending == null) {
            return;
        }
        // what was begun is ended, for an interrupted thread closes the file of an H2 database under the others
        ending.shutdown();
        if (!ending.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
            camelContext.getExecutorServiceManager().shutdownNow(ending).stream()
                    .filter(Task.class::isInstance).forEach(left -> ((Task<?>) left).drop());
        }
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public CompletableFuture<Transaction> open(Transaction intent, String after) {
        return submit(session -> ledger.open(session, intent, after));
    }

    @Override
    public CompletableFuture<Transaction> receive(Transaction arrived) {
        return submit(session -> ledger.receive(session, arrived));
    }

    @Override
    public CompletableFuture<Transaction> abandon(String reference, Outcome why) {
        return submit(session -> ledger.abandon(session, reference, why));
    }

    @Override
    public CompletableFuture<Transaction> update(String reference, UnaryOperator<Transaction> change) {
        return submit(session -> ledger.update(session, reference, change));
    }

    @Override
    public CompletableFuture<Settlement> settle(Outcome outcome, String node) {
        return submit(session -> ledger.settle(session, outcome, node));
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public CompletableFuture<Void> keep(RawCallback callback) {
        return submit(session -> {
            callbacks.insert(session, callback);
            return null;
        });
    }

    @Override
    public CompletableFuture<Transaction> find(String reference) {
        return submit(session -> ledger.find(session, reference));
    }

    @Override
    public CompletableFuture<Transaction> find(String shortCode, PaymentIds ids) {
        return submit(session -> ledger.find(session, shortCode, ids));
    }

    @Override
    public CompletableFuture<List<Transaction>> findAlike(String shortCode, BigDecimal amount, Instant from, Instant until) {
        return submit(session -> payments.alike(session, shortCode, amount, from, until));
    }

    @Override
    public CompletableFuture<String> cursor(String name) {
        return submit(session -> cursors.reached(session, name));
    }

    @Override
    public CompletableFuture<Void> moveCursor(String name, String position) {
        return submit(session -> {
            cursors.move(session, name, position);
            return null;
        });
    }

    @Override
    public CompletableFuture<List<Transaction>> claimDue(String application, Instant now, Instant lease, int limit) {
        return submit(session -> payments.claimDue(session, application, now, lease, limit));
    }

    @Override
    public CompletableFuture<Integer> purge(PurgeBefore before, int limit) {
        return submit(session -> retention.purge(session, before, limit)).thenCompose(purged -> purged > 0
                ? CompletableFuture.completedFuture(purged) : submit(session -> renewal.renew(session, limit)));
    }

    @Override
    public CompletableFuture<PersonalData> export(String phoneNumber) {
        return submit(session -> people.export(session, phoneNumber));
    }

    @Override
    public CompletableFuture<Erasure> erase(String phoneNumber) {
        return submit(session -> people.erase(session, phoneNumber));
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

    private <T> CompletableFuture<T> submit(Work<T> work) {
        ExecutorService workers = this.workers;
        if (workers == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("the payments' database is not started, or stopped"));
        }
        Task<T> task = new Task<>(database, work, new CompletableFuture<>());
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            task.result().completeExceptionally(e);
        }
        return task.result();
    }

    private ThreadPoolProfile workerProfile() {
        ThreadPoolProfile profile = new ThreadPoolProfile("DarajaStore");
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(threads);
        profile.setMaxQueueSize(MOST_WAITING);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setKeepAliveTime(30L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        // not the caller's thread: it is the listener's
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /** Work that waits for a thread, and whoever waits for its result. */
    private record Task<T>(Database database, Work<T> work, CompletableFuture<T> result) implements Runnable {

        @Override
        public void run() {
            T done;
            try {
                done = database.run(work);
            } catch (SQLException | RuntimeException | Error e) {
                result.completeExceptionally(e);
                return;
            }
            result.complete(done);
        }

        void drop() {
            result.completeExceptionally(new RejectedExecutionException("the payments' database is stopped"));
        }
    }
}
