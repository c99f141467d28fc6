package io.github.cameldaraja.examples.paybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountBookTest {

    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final AccountBook book = AccountBook.open(database);

    @AfterEach
    void close() {
        database.dispose();
    }

    @Test
    void aPaymentIsEnteredOnce() {
        assertThat(book.enter(payment("UKL1", "INV7"))).isEqualTo(AccountBook.Entry.CREDITED);
        assertThat(book.enter(payment("UKL1", "INV7"))).isEqualTo(AccountBook.Entry.KNOWN);
        assertThat(book.enter(payment("UKL1", "HOUSE12B"))).isEqualTo(AccountBook.Entry.KNOWN);
        assertThat(book.enter(payment("UKL2", "INV7"))).isEqualTo(AccountBook.Entry.CREDITED);

        assertThat(balance("INV7")).isEqualByComparingTo("20");
        assertThat(balance("HOUSE12B")).isZero();
    }

    @Test
    void inOneInstantItIsStillOnce() {
        int clerks = 8;
        CountDownLatch start = new CountDownLatch(1);
        ConcurrentLinkedQueue<AccountBook.Entry> entries = new ConcurrentLinkedQueue<>();
        CompletableFuture<?>[] all = IntStream.range(0, clerks).mapToObj(clerk -> CompletableFuture.runAsync(() -> {
            await(start);
            try {
                entries.add(book.enter(payment("UKL1", "INV7")));
            } catch (IllegalStateException e) {
                // who lost comes again, as the component does
                entries.add(book.enter(payment("UKL1", "INV7")));
            }
        }, work -> new Thread(work).start())).toArray(CompletableFuture<?>[]::new);
        start.countDown();
        CompletableFuture.allOf(all).join();

        assertThat(entries).hasSize(clerks).filteredOn(entry -> entry == AccountBook.Entry.CREDITED).hasSize(1);
        assertThat(balance("INV7")).isEqualByComparingTo("10");
    }

    @Test
    void aCreditThatFailsLeavesNoPaymentBehind() {
        Payment wrong = new Payment("UKL1", "r", "INV7", "INV7", new BigDecimal(-10), null, null, "PULL", null);

        assertThatThrownBy(() -> book.enter(wrong)).isInstanceOf(IllegalStateException.class);

        assertThat(book.payments()).isEmpty();
        assertThat(balance("INV7")).isZero();
    }

    @Test
    void noTextIsTooLongForMoney() {
        String long200 = "x".repeat(200);

        assertThat(book.enter(payment("UKL1", long200))).isEqualTo(AccountBook.Entry.SUSPENDED);

        assertThat(book.suspense()).singleElement().satisfies(payment -> assertThat(payment.typed()).hasSize(100));
    }

    @Test
    void openingTheBookAgainForgetsNothing() {
        book.enter(payment("UKL1", "INV7"));

        AccountBook again = AccountBook.open(database);

        assertThat(again.find("INV7").orElseThrow().balance()).isEqualByComparingTo("10");
        assertThat(again.payments()).hasSize(1);
    }

    private BigDecimal balance(String account) {
        return book.find(account).orElseThrow().balance();
    }

    private static Payment payment(String receipt, String account) {
        return new Payment(receipt, "r-" + receipt, account, account, BigDecimal.TEN, null, null, "CONFIRMATION", null);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
