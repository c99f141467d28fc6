package io.github.cameldaraja.examples.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class WalletsTest {

    private static final String AMINA = "254722000001";
    private static final int CLERKS = 8;

    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final Wallets wallets = Wallets.open(database);
    private final TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(database));

    @AfterEach
    void close() {
        database.dispose();
    }

    @Test
    void withoutATransactionNothingIsCredited() {
        assertThatThrownBy(() -> wallets.credit(payment("r1", "UKL1", AMINA))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transacted=true");
        assertThat(wallets.entries()).isEmpty();
    }

    @Test
    void aPaymentIsCreditedOnceAndKeepsItsReceipt() {
        credit("r1", null, AMINA);
        credit("r1", "UKL1", AMINA);
        credit("r1", null, AMINA);
        credit("r2", "UKL2", "0722 000 001");

        assertThat(wallets.find("0722000001").balance()).isEqualByComparingTo("20");
        assertThat(wallets.entries()).extracting(Entry::receipt).containsExactly("UKL1", "UKL2");
    }

    @Test
    void inOneInstantItIsStillOnce() {
        CyclicBarrier start = new CyclicBarrier(CLERKS);
        ExecutorService threads = Executors.newFixedThreadPool(CLERKS);
        try {
            CompletableFuture.allOf(IntStream.range(0, CLERKS).mapToObj(clerk -> CompletableFuture.runAsync(() -> {
                meet(start);
                try {
                    credit("r1", "UKL1", AMINA);
                } catch (DataAccessException e) {
                    // who lost is told again
                    credit("r1", "UKL1", AMINA);
                }
            }, threads)).toArray(CompletableFuture<?>[]::new)).join();
        } finally {
            threads.shutdown();
        }

        assertThat(wallets.entries()).hasSize(1);
        assertThat(wallets.find(AMINA).balance()).isEqualByComparingTo("10");
    }

    @Test
    void aReceiptIsNeverCreditedTwice() {
        credit("r1", "UKL1", AMINA);

        assertThatThrownBy(() -> credit("r2", "UKL1", AMINA)).isInstanceOf(DataAccessException.class);

        assertThat(wallets.find(AMINA).balance()).isEqualByComparingTo("10");
    }

    @Test
    void whatNamesNoWalletIsKeptHoweverLongItIs() {
        credit("r1", "UKL1", "x".repeat(200));
        credit("r2", "UKL2", null);

        assertThat(wallets.entries()).extracting(Entry::wallet).containsExactly(null, null);
    }

    private static void meet(CyclicBarrier all) {
        try {
            all.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private void credit(String reference, String receipt, String account) {
        transactions.executeWithoutResult(status -> wallets.credit(payment(reference, receipt, account)));
    }

    private static Outcome payment(String reference, String receipt, String account) {
        return Outcome.builder().reference(reference).receiptNumber(receipt).accountReference(account).amount(BigDecimal.TEN)
                .status(PaymentStatus.COMPLETED).source(Source.CALLBACK).build();
    }
}
