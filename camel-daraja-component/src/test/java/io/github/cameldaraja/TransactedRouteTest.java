package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.util.ExceptionUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** {@code from("daraja:…?transacted=true")}: what a route books and that it was told happen together or not at all. */
class TransactedRouteTest extends EndToEnd {

    private static final StkPush.Request HUNDRED = new StkPush.Request(PHONE, 100, "INV-1");

    @TempDir
    Path directory;

    private JdbcConnectionPool connections;
    private JdbcTemplate books;
    private final AtomicInteger runs = new AtomicInteger();

    @BeforeEach
    void createBooks() {
        connections = pool("payments");
        books = new JdbcTemplate(connections);
        books.execute("create table entry (reference varchar(64), amount decimal(10))");
    }

    @AfterEach
    void disposePool() {
        connections.dispose();
    }

    private JdbcConnectionPool pool(String name) {
        return JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve(name), "sa", "");
    }

    private Shop shop(Processor afterBooking) {
        Shop shop = newShop().with(component -> {
            component.setRepository(Databases.repository(connections));
            component.setDeliveryDelay(Duration.ofSeconds(10));
        }).route("pay", "daraja:stkPush").routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush?transacted=true").routeId("booking").process(exchange -> {
                    runs.incrementAndGet();
                    Outcome outcome = exchange.getMessage().getBody(Outcome.class);
                    books.update("insert into entry values (?, ?)", outcome.reference(), outcome.amount());
                }).process(afterBooking);
            }
        });
        shop.context().getRegistry().bind("transactions", new DataSourceTransactionManager(connections));
        return shop;
    }

    private int booked() {
        return books.queryForObject("select count(*) from entry", Integer.class);
    }

    private String state() {
        return String.join(",", books.queryForList("select state from daraja_delivery", String.class));
    }

    @Test
    void bookedAndDeliveredAreOne() {
        try (Shop shop = shop(exchange -> {
            // its own connection sees nothing of it yet
            assertThat(exchange.isTransacted()).isTrue();
            try (Connection other = connections.getConnection(); Statement statement = other.createStatement();
                 var rows = statement.executeQuery("select (select count(*) from entry), state from daraja_delivery")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
                assertThat(rows.getString(2)).isEqualTo("HELD");
            }
        }).open()) {
            shop.send("direct:pay", HUNDRED);
            await().until(() -> booked() == 1);
            assertThat(state()).isEqualTo("DELIVERED");
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void nobodyIsInTheMiddleOfACommitWhenH2Writes() {
        try (WatchedH2 file = new WatchedH2(directory)) {
            CountDownLatch booked = new CountDownLatch(50);
            JdbcTemplate table = new JdbcTemplate(file);
            table.execute("create table entry (reference varchar(64) primary key, amount decimal(10))");
            Shop shop = newShop().with(component -> component.setRepository(Databases.repository(file)))
                    .route("pay", "daraja:stkPush").routes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("daraja:stkPush?transacted=true").process(exchange -> {
                                Outcome outcome = exchange.getMessage().getBody(Outcome.class);
                                table.update("insert into entry values (?, ?)", outcome.reference(), outcome.amount());
                                booked.countDown();
                            });
                        }
                    });
            shop.context().getRegistry().bind("transactions", new DataSourceTransactionManager(file));
            try (shop) {
                shop.open();
                file.countFromNow();
                IntStream.range(0, 50).parallel().forEach(i -> shop.send("direct:pay",
                        Map.of("PhoneNumber", "2547123%05d".formatted(i), "Amount", 100)));
                await().until(() -> booked.getCount() == 0);
            }
            assertThat(file.mostCommitting()).isEqualTo(1);
            assertThat(table.queryForObject("select count(*) from entry", Integer.class)).isEqualTo(50);
        }
    }

    @Test
    void whatHappensAfterItsCommitMayNeedThePayments() {
        CompletableFuture<Transaction> known = new CompletableFuture<>();
        AtomicReference<TransactionRepository> payments = new AtomicReference<>();
        try (Shop shop = shop(exchange -> {
            String reference = exchange.getMessage().getHeader(DarajaConstants.REFERENCE, String.class);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    known.complete(payments.get().find(reference).orTimeout(5, TimeUnit.SECONDS).join());
                }
            });
        }).with(component -> payments.set(component.getRepository())).open()) {
            shop.send("direct:pay", HUNDRED);

            assertThat(known.orTimeout(10, TimeUnit.SECONDS).join().status()).isEqualTo(PaymentStatus.COMPLETED);
            await().until(() -> state().equals("DELIVERED"));
        }
    }

    @Test
    void aRouteThatFailsBooksNothingAndIsToldAgain() {
        try (Shop shop = shop(exchange -> {
            if (runs.get() == 1) {
                throw new IllegalStateException("not today");
            }
        }).open()) {
            shop.send("direct:pay", HUNDRED);
            await().until(() -> state().equals("FREE"));
            assertThat(booked()).isZero();

            safaricom.clock().advance(Duration.ofSeconds(10));
            await().until(() -> booked() == 1);
            assertThat(state()).isEqualTo("DELIVERED");
            assertThat(runs).hasValue(2);
        }
    }

    @Test
    void aRouteThatOnlyAsksForARollbackBooksNothing() {
        try (Shop shop = shop(exchange -> exchange.setRollbackOnly(runs.get() == 1)).open()) {
            shop.send("direct:pay", HUNDRED);
            await().until(() -> state().equals("FREE"));
            assertThat(booked()).isZero();
            safaricom.clock().advance(Duration.ofSeconds(10));
            await().until(() -> booked() == 1);
        }
    }

    @Test
    void whoHasLostTheDeliveryToAnotherNodeBooksNothing() {
        try (Shop shop = shop(exchange -> {
            if (runs.get() == 1) {
                // this node was silent for too long, and another one took over
                try (Connection other = connections.getConnection(); Statement statement = other.createStatement()) {
                    statement.executeUpdate("update daraja_delivery set node = 'other'");
                }
            }
        }).open()) {
            shop.send("direct:pay", HUNDRED);
            // the other one is dead, too
            await().until(() -> state().equals("DELIVERED"));
            assertThat(runs).hasValue(2);
            assertThat(booked()).isEqualTo(1);
        }
    }

    @Test
    void manyAtOnceAreBookedOnceEach() {
        try (Shop shop = shop(exchange -> { }).open()) {
            for (int i = 0; i < 40; i++) {
                shop.sendAsync("direct:pay", new StkPush.Request("2547120008" + (10 + i), 100, "INV-" + i));
            }
            await().until(() -> booked() == 40);
            assertThat(books.queryForObject("select count(distinct reference) from entry", Integer.class)).isEqualTo(40);
        }
    }

    @Test
    void memoryHasNoTransactions() {
        Shop shop = newShop().collecting();
        shop.routes(transactedRoute());
        assertRefused(shop, "JdbcTransactionRepository", "CamelDarajaReference");
    }

    @Test
    void withoutATransactionManagerItDoesNotStart() {
        assertRefused(durable(null), "transaction manager", "DataSourceTransactionManager");
    }

    @Test
    void aManagerOfAnotherDatabaseIsRefused() {
        JdbcConnectionPool others = pool("others");
        try {
            assertRefused(durable(others), "same DataSource");
        } finally {
            others.dispose();
        }
    }

    private Shop durable(DataSource managed) {
        Shop shop = newShop().with(component -> component.setRepository(Databases.repository(connections)))
                .routes(transactedRoute());
        if (managed != null) {
            shop.context().getRegistry().bind("transactions", new DataSourceTransactionManager(managed));
        }
        return shop;
    }

    private static RouteBuilder transactedRoute() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush?transacted=true").to("log:told");
            }
        };
    }

    private static void assertRefused(Shop shop, String... words) {
        try (shop) {
            assertThatThrownBy(shop::open).satisfies(failure -> assertThat(ExceptionUtils.readStackTrace(failure)).contains(words)
                    .contains("transacted=true"));
        }
    }
}
