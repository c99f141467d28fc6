package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Payments that a route starts within a transaction of its own, on the very pool in which they are kept: one of two connections. */
class AmbientTransactionTest extends EndToEnd {

    @TempDir
    Path directory;

    private HikariDataSource pool;
    private JdbcTemplate books;

    @BeforeEach
    void createBooks() {
        pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:h2:file:" + directory.resolve("payments"));
        pool.setMaximumPoolSize(2);
        pool.setConnectionTimeout(1000);
        books = new JdbcTemplate(pool);
        books.execute("create table orders (name varchar(64))");
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    /** Writes the order, pushes, and then does something else, all in one transaction. */
    private Shop shop(Processor before, Processor after) {
        Shop shop = newShop().with(component -> component.setRepository(Databases.repository(pool))).collecting()
                .routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:order").transacted()
                                .process(exchange -> books.update("insert into orders values (?)", exchange.getExchangeId()))
                                .process(before)
                                .to("daraja:stkPush?idempotencyKey=${header.order}")
                                .process(after);
                    }
                });
        shop.context().getRegistry().bind("required", new SpringTransactionPolicy(new DataSourceTransactionManager(pool)));
        return shop.open();
    }

    private static StkPush.Request order(int number) {
        // another customer each: Safaricom prompts one once at a time
        return new StkPush.Request("25471200080" + number, 100, "INV-" + number);
    }

    private int orders() {
        return books.queryForObject("select count(*) from orders", Integer.class);
    }

    @Test
    void aRollbackAfterThePushTakesNothingBack() {
        try (Shop shop = shop(exchange -> { }, exchange -> {
            throw new IllegalStateException("no more of them");
        })) {
            Exchange failed = shop.send("direct:order", order(1), Map.of("order", "order-1"));

            assertThat(failed.getException()).hasRootCauseMessage("no more of them");
            assertThat(orders()).isZero();
            await().until(() -> !shop.outcomes().isEmpty());
            Outcome told = shop.outcomes().get(0);
            assertThat(told.status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(shop.component().getRepository().find(told.reference()).join().status()).isEqualTo(PaymentStatus.COMPLETED);

            Exchange again = shop.send("direct:order", order(1), Map.of("order", "order-1"));
            assertThat(again.getMessage().getHeader(DarajaConstants.REFERENCE)).isEqualTo(told.reference());
            assertThat(safaricom.counters().pushes()).as("its key is still pinned").isEqualTo(1);
        }
    }

    @Test
    void oneTransactionAtATimeLeavesAConnectionForThePayments() {
        try (Shop shop = shop(exchange -> { }, exchange -> { })) {
            for (int i = 0; i < 10; i++) {
                assertThat(shop.send("direct:order", order(i), Map.of("order", "order-" + i)).getException()).isNull();
            }
            await().until(() -> shop.outcomes().size() == 10);
            assertThat(orders()).isEqualTo(10);
        }
    }

    @Test
    void transactionsThatHoldAllConnectionsAreToldThatNothingWasSent() {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        try (Shop shop = shop(exchange -> bothHoldOne.await(10, TimeUnit.SECONDS), exchange -> { })) {
            List<CompletableFuture<Exchange>> sent = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int number = i;
                sent.add(CompletableFuture.supplyAsync(() ->
                        shop.send("direct:order", order(number), Map.of("order", "order-" + number))));
            }

            List<Exchange> failed = sent.stream().map(one -> one.orTimeout(30, TimeUnit.SECONDS).join())
                    .filter(Exchange::isFailed).toList();

            // the second one may get the connection of the first
            assertThat(failed).isNotEmpty().allSatisfy(one -> assertThat(one.getException(DarajaNotSentException.class))
                    .hasMessageContaining("nothing was sent").hasStackTraceContaining("no connection to the payments' database"));
            assertThat(safaricom.counters().pushes()).isEqualTo(2 - failed.size());
            assertThat(orders()).isEqualTo(2 - failed.size());
        }
    }
}
