package io.github.cameldaraja.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.Node;
import io.github.cameldaraja.transaction.Transaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2ContractTest extends JdbcContract {

    @TempDir
    Path directory;

    @Override
    HikariDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + directory.resolve("payments"));
        return pool(database);
    }

    /** What runs is alone, so a sign of life waits for that; but not for everything that waits. */
    @Override
    @Test
    void aBusyNodeCanSayThatItLivesAndTakeALease() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Transaction>> changes = new ArrayList<>();
        repository.open(intent("p", null), null).join();
        CountDownLatch begun = new CountDownLatch(1);
        changes.add(repository.update("p", current -> {
            begun.countDown();
            await(go);
            return current.due(NOW);
        }));
        begun.await();
        for (int i = 0; i < 3_000; i++) {
            changes.add(repository.update("p", current -> current.due(NOW)));
        }
        CompletableFuture<Long> waiting = repository.outbox().alive(new Node("default", "busy"), NOW.plusSeconds(30))
                .thenApply(done -> changes.stream().filter(change -> !change.isDone()).count());
        go.countDown();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isPositive();
        changes.forEach(CompletableFuture::join);
    }
}
