package io.github.cameldaraja.transaction.jdbc;

import static io.github.cameldaraja.transaction.jdbc.Nodes.intent;
import static io.github.cameldaraja.transaction.jdbc.Nodes.paid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldaraja.WatchedH2;
import io.github.cameldaraja.transaction.Settlement;
import io.github.cameldaraja.transaction.Transaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * H2 writes what all have changed so far, table by table while they go on. A process that is killed then leaves half of what they did:
 * a key without its payment, or a delivery that is marked and not booked.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TurnsTest {

    private static final int PAYMENTS = 200;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @TempDir
    Path directory;

    @Test
    void nobodyIsInTheMiddleOfAChangeWhenH2Writes() {
        try (WatchedH2 file = new WatchedH2(directory)) {
            JdbcTransactionRepository repository = nodes.start(file, 8);
            file.countFromNow();
            List<CompletableFuture<Settlement>> all = IntStream.range(0, PAYMENTS).mapToObj(i ->
                    repository.open(intent("p" + i, "k" + i), null)
                            .thenCompose(opened -> repository.find(opened.reference()))
                            .thenCompose(found -> repository.settle(paid(found.reference(), "R" + found.reference()), "node"))).toList();
            all.forEach(CompletableFuture::join);

            assertThat(file.writes()).isPositive();
            assertThat(file.mostChanging()).isEqualTo(1);
            repository.stop();
        }
    }

    @Test
    void whoTakesLongIsOnlyWaitedForAtTheEnd() throws Exception {
        try (WatchedH2 file = new WatchedH2(directory)) {
            JdbcTransactionRepository repository = nodes.start(file, 8);
            ExecutorService other = Executors.newSingleThreadExecutor();
            try (DatabaseTurn route = repository.turn()) {
                // a route that takes its time keeps nobody away, and may use the repository itself
                repository.open(intent("meanwhile", null), null).join();
                route.end();
                CompletableFuture<?> late = repository.find("meanwhile");
                // and at its end it is alone
                assertThat(other.submit(late::isDone).get()).isFalse();
                assertThat(late).isNotDone();
            } finally {
                other.shutdown();
            }
            assertThat(repository.find("meanwhile").join()).isNotNull();
            repository.stop();
        }
    }

    @Test
    void whatAnApplicationChangesTakesTurnsToo() throws Exception {
        try (WatchedH2 file = new WatchedH2(directory)) {
            JdbcTransactionRepository repository = nodes.start(file, 8);
            TurnTransactionManager manager = new TurnTransactionManager(repository);
            TransactionTemplate transactions = new TransactionTemplate(manager);
            JdbcTemplate sql = new JdbcTemplate(file);
            sql.execute("create table own (id int primary key, happened varchar(10))");
            file.countFromNow();
            ExecutorService others = Executors.newFixedThreadPool(8);
            try {
                List<CompletableFuture<?>> all = new ArrayList<>();
                for (int i = 0; i < PAYMENTS; i++) {
                    int id = i;
                    all.add(repository.open(intent("p" + id, "k" + id), null));
                    all.add(CompletableFuture.runAsync(() -> transactions.executeWithoutResult(status -> {
                        sql.update("insert into own values (?, 'yes')", id);
                        if (id % 3 == 0) {
                            status.setRollbackOnly();
                        }
                    }), others));
                }
                all.forEach(CompletableFuture::join);
            } finally {
                others.shutdown();
            }

            assertThat(file.mostCommitting()).isEqualTo(1);
            assertThat(sql.queryForObject("select count(*) from own", Integer.class)).isEqualTo(PAYMENTS - (PAYMENTS + 2) / 3);
            // a transaction that cannot begin takes no turn with it
            file.close();
            assertThatThrownBy(() -> transactions.executeWithoutResult(status -> { })).isInstanceOf(CannotCreateTransactionException.class);
            CompletableFuture.runAsync(() -> {
                try (DatabaseTurn turn = repository.turn()) {
                    turn.end();
                }
            }).get(10, TimeUnit.SECONDS);
        }
    }

    /** Whoever changes the database already has a connection, so nobody who has the last one waits for him. */
    @Test
    void whoHasTheLastConnectionCanCommit() throws Exception {
        try (WatchedH2 file = new WatchedH2(directory, 2)) {
            JdbcTransactionRepository repository = nodes.start(file, 1);
            TransactionTemplate transactions = new TransactionTemplate(new TurnTransactionManager(repository));
            CompletableFuture<CompletableFuture<Transaction>> found = new CompletableFuture<>();
            try (Connection other = file.getConnection()) {
                assertThat(other.isClosed()).isFalse();
                CompletableFuture<Void> committed = CompletableFuture.runAsync(() -> transactions.executeWithoutResult(status -> {
                    found.complete(repository.find("p"));
                    Awaitility.await().until(() -> file.waiting() == 1);
                }));
                committed.get(10, TimeUnit.SECONDS);
            }
            assertThat(found.join().get(10, TimeUnit.SECONDS)).isNull();
        }
    }

    @Test
    void whatHappensAfterACommitMayNeedTheRepository() throws Exception {
        try (WatchedH2 file = new WatchedH2(directory)) {
            JdbcTransactionRepository repository = nodes.start(file, 2);
            TransactionTemplate transactions = new TransactionTemplate(new TurnTransactionManager(repository));
            for (boolean well : new boolean[] {true, false}) {
                CompletableFuture<Void> after = new CompletableFuture<>();
                CompletableFuture.runAsync(() -> transactions.executeWithoutResult(status -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCompletion(int done) {
                            repository.find("p").thenAccept(none -> after.complete(null)).join();
                        }
                    });
                    if (!well) {
                        status.setRollbackOnly();
                    }
                })).get(10, TimeUnit.SECONDS);
                assertThat(after).isDone();
            }
        }
    }
}
