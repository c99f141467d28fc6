package io.github.cameldaraja.examples.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderTest {

    private static final Purchase SHOES = new Purchase("ORDER1", "0712345678", "250", "Shoes");

    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final Orders orders = new Orders(database);

    @AfterEach
    void close() {
        database.dispose();
    }

    @ParameterizedTest
    @EnumSource
    void moneyThatCameStays(PaymentStatus later) {
        orders.open(SHOES);
        orders.book(outcome(PaymentStatus.COMPLETED));

        orders.book(outcome(later));

        assertThat(orders.find("ORDER1").status()).isEqualTo(OrderStatus.PAID);
        assertThat(orders.ledger().credits()).hasSize(1);
        assertThat(orders.ledger().total()).isEqualByComparingTo("250");
    }

    @ParameterizedTest
    @CsvSource({ "FAILED,DECLINED", "CANCELLED,DECLINED", "EXPIRED,DECLINED", "UNKNOWN,UNKNOWN", "UNRESOLVED,UNKNOWN" })
    void anOutcomeEndsAnOrder(PaymentStatus status, OrderStatus end) {
        orders.open(SHOES);

        assertThat(orders.book(outcome(status)).status()).isEqualTo(end);
        assertThat(orders.ledger().credits()).isEmpty();
    }

    @Test
    void whatIsKnownIsNotForgotten() {
        orders.open(SHOES);
        orders.book(outcome(PaymentStatus.CANCELLED));

        assertThat(orders.book(outcome(PaymentStatus.UNKNOWN)).status()).isEqualTo(OrderStatus.DECLINED);
        assertThat(orders.book(outcome(PaymentStatus.COMPLETED)).status()).isEqualTo(OrderStatus.PAID);
    }

    @RepeatedTest(5)
    void sentAndBookedInOneInstantItIsOneOrderAndOneCredit() {
        int threads = 8;
        ExecutorService browsers = Executors.newFixedThreadPool(threads);
        try {
            CompletableFuture.allOf(IntStream.range(0, threads).mapToObj(browser -> CompletableFuture.runAsync(() -> {
                orders.open(SHOES);
                orders.book(outcome(PaymentStatus.COMPLETED));
            }, browsers)).toArray(CompletableFuture<?>[]::new)).join();
        } finally {
            browsers.shutdown();
        }

        assertThat(orders.all()).singleElement().satisfies(order -> assertThat(order.status()).isEqualTo(OrderStatus.PAID));
        assertThat(orders.ledger().credits()).hasSize(1);
    }

    @Test
    void anotherProcessFindsIt() {
        orders.open(SHOES);
        orders.book(outcome(PaymentStatus.COMPLETED));

        Orders again = new Orders(database);

        assertThat(again.all()).isEqualTo(orders.all());
        assertThat(again.open(SHOES).status()).isEqualTo(OrderStatus.PAID);
        assertThat(again.ledger().total()).isEqualByComparingTo("250");
    }

    @Test
    void everyStatusHasAnAnswer() {
        Order order = orders.open(SHOES);

        assertThat(EnumSet.allOf(OrderStatus.class).stream().map(status -> new Order(order.id(), status, null, null, null, null,
                null, null).httpStatus())).containsExactly(202, 200, 200, 202, 400);
    }

    private static Outcome outcome(PaymentStatus status) {
        return Outcome.builder().reference("r1").idempotencyKey("ORDER1").status(status).amount(new BigDecimal(250)).build();
    }
}
