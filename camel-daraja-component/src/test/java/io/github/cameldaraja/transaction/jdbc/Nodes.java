package io.github.cameldaraja.transaction.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Repositories and pools for one test, stopped after it; and payments for them. */
final class Nodes implements AfterEachCallback {

    static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String SHORT_CODE = "174379";
    static final String SECRET = "a secret of the shop, 32 characters or more";

    private final DefaultCamelContext camelContext = new DefaultCamelContext();
    private final List<JdbcTransactionRepository> started = new CopyOnWriteArrayList<>();
    private final List<HikariDataSource> pools = new ArrayList<>();

    /** A pool on an empty database. */
    HikariDataSource pool(TestDatabase database, int size) throws Exception {
        return pool(database.empty(), size);
    }

    HikariDataSource pool(DataSource database, int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(database);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(0);
        pools.add(pool);
        return pool;
    }

    /** One that runs. */
    JdbcTransactionRepository start(DataSource dataSource, int threads) {
        JdbcTransactionRepository node = stopped(dataSource);
        node.setThreads(threads);
        started.add(node);
        node.start();
        return node;
    }

    /** One that is to be started. */
    JdbcTransactionRepository stopped(DataSource dataSource) {
        JdbcTransactionRepository node = new JdbcTransactionRepository(dataSource);
        node.setCamelContext(camelContext);
        node.setClock(CLOCK);
        node.setSecret(SECRET);
        node.setStartPatience(Duration.ofSeconds(10));
        return node;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        started.forEach(JdbcTransactionRepository::stop);
        camelContext.stop();
        pools.forEach(HikariDataSource::close);
    }

    static Transaction intent(String reference, String key) {
        return Transaction.intent(reference, "stkPush", "shop", SHORT_CODE, key, BigDecimal.TEN, "254712345678", "INV", Map.of(), NOW)
                .asking("f", null);
    }

    static Outcome paid(String reference, String receipt) {
        return Outcome.builder().reference(reference).status(PaymentStatus.COMPLETED).resultCode("0").receiptNumber(receipt)
                .source(Source.CALLBACK).build();
    }
}
