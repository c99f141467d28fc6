package io.github.cameldaraja.examples.marketplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What Safaricom seldom says, and people seldom do. */
class OutcomesTest {

    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
    private final OrderTable table = OrderTable.open(database, transactions);
    private final Outcomes outcomes = new Outcomes(table, Clock.systemUTC());
    private final Orders orders = new Orders(table, transactions, Clock.systemUTC(), BigDecimal.TEN);

    @BeforeEach
    void place() {
        orders.place(new NewOrder("A1", "0722000001", "0733000001", "100"));
    }

    @AfterEach
    void close() {
        database.dispose();
    }

    @Test
    void withoutATransactionNothingIsBooked() {
        assertThatThrownBy(() -> outcomes.book(outcome("A1/COLLECT/1", PaymentStatus.COMPLETED, "UKL1", "0")))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("transacted=true");
        assertThat(state()).isEqualTo(OrderState.AWAITING_PAYMENT);
    }

    // none of these is an end, whoever says it
    @ParameterizedTest
    @CsvSource({ "INITIATED", "PENDING", "UNKNOWN", "UNRESOLVED" })
    void whatIsNoOutcomeMovesNothing(PaymentStatus status) {
        book("A1/COLLECT/1", status, null, null);
        assertThat(state()).isEqualTo(OrderState.AWAITING_PAYMENT);
        assertThat(table.leg("A1/COLLECT/1").status()).isEqualTo(LegStatus.DUE);
    }

    @Test
    void whatIsDoneStaysDoneAndLearnsItsReceipt() {
        book("A1/COLLECT/1", PaymentStatus.COMPLETED, null, "0");
        book("A1/COLLECT/1", PaymentStatus.COMPLETED, "UKL1", "0");
        book("A1/COLLECT/1", PaymentStatus.FAILED, null, "1032");

        assertThat(state()).isEqualTo(OrderState.PAID);
        assertThat(table.leg("A1/COLLECT/1").receipt()).isEqualTo("UKL1");
        assertThat(table.legs()).hasSize(1);
    }

    @Test
    void whatWasGivenBackBySomebodyElseIsGivenBack() {
        book("A1/COLLECT/1", PaymentStatus.COMPLETED, "UKL1", "0");
        orders.dispute("A1");
        book("A1/REFUND/1", PaymentStatus.FAILED, null, "R000001");

        assertThat(state()).isEqualTo(OrderState.REFUNDED);
        assertThat(table.leg("A1/REFUND/1").status()).isEqualTo(LegStatus.DONE);
    }

    @Test
    void aReversalThatFailsLeavesTheOrderOnADesk() {
        book("A1/COLLECT/1", PaymentStatus.COMPLETED, "UKL1", "0");
        orders.dispute("A1");
        book("A1/REFUND/1", PaymentStatus.FAILED, null, "1");

        assertThat(state()).isEqualTo(OrderState.REFUNDING);
        assertThat(table.doubtful()).containsExactly("A1");
        assertThat(orders.delivered("A1").httpStatus()).isEqualTo(409);
        assertThat(orders.retry("A1").httpStatus()).isEqualTo(202);
        assertThat(table.leg("A1/REFUND/2").status()).isEqualTo(LegStatus.DUE);
        assertThat(table.doubtful()).isEmpty();
    }

    @Test
    void anotherAttemptIsDroppedIfTheFirstHasPaidAfterAll() {
        untilPaying();
        book("A1/PAYOUT/1", PaymentStatus.FAILED, null, "2040");
        orders.retry("A1");
        book("A1/PAYOUT/1", PaymentStatus.COMPLETED, "UKL3", "0");

        assertThat(state()).isEqualTo(OrderState.SETTLED);
        assertThat(table.leg("A1/PAYOUT/2").status()).isEqualTo(LegStatus.DROPPED);
        assertThat(table.claim("A1/PAYOUT/2", Instant.now().plusSeconds(3600), Instant.now())).isFalse();
        assertThat(table.doubtful()).isEmpty();
    }

    @Test
    void whatHasMovedTwiceIsShown() {
        untilPaying();
        book("A1/PAYOUT/1", PaymentStatus.FAILED, null, "2040");
        orders.retry("A1");
        table.claim("A1/PAYOUT/2", Instant.now().plusSeconds(1), Instant.now().plusSeconds(120));
        book("A1/PAYOUT/1", PaymentStatus.COMPLETED, "UKL3", "0");
        book("A1/PAYOUT/2", PaymentStatus.COMPLETED, "UKL4", "0");

        assertThat(state()).isEqualTo(OrderState.SETTLED);
        assertThat(table.doubtful()).containsExactly("A1");
        assertThat(orders.summary().attention()).singleElement().satisfies(page -> assertThat(page.legs()).hasSize(4));
    }

    // whoever had claimed it is dead, or could not note what became of it
    @Test
    void whatNobodyHasNotedIsSentAgain() {
        // a database keeps no nanoseconds
        Instant now = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS);
        Instant until = now.plusSeconds(120);
        assertThat(table.claim("A1/COLLECT/1", now, until)).isTrue();
        assertThat(table.claim("A1/COLLECT/1", now, until)).isFalse();
        assertThat(table.due(now)).isEmpty();

        assertThat(table.due(until)).extracting(Leg::payment).containsExactly("A1/COLLECT/1");
        assertThat(table.claim("A1/COLLECT/1", until, until.plusSeconds(120))).isTrue();
    }

    @Test
    void aPaymentThatWasNotAskedForPaysAnUnpaidOrderOnce() {
        book("A1/COLLECT/1", PaymentStatus.FAILED, null, "1032");
        unasked("p1", "UKL1", 99, "A1");
        assertThat(state()).as("another amount").isEqualTo(OrderState.UNPAID);
        unasked("p2", null, 100, " A1 ");
        unasked("p2", "UKL2", 100, "A1");
        unasked("p3", "UKL3", 100, "A1");

        assertThat(state()).isEqualTo(OrderState.PAID);
        assertThat(table.leg("A1/COLLECT/2").receipt()).isEqualTo("UKL2");
        assertThat(table.legs()).hasSize(2);
        assertThat(table.strays()).isEqualByComparingTo("199");
        assertThat(table.due(Instant.now().plusSeconds(3600))).isEmpty();
    }

    @Test
    void aPromptThatWasPaidAfterAllBesideAPaymentByHandIsShown() {
        book("A1/COLLECT/1", PaymentStatus.FAILED, null, "1032");
        unasked("p1", "UKL1", 100, "A1");
        book("A1/COLLECT/1", PaymentStatus.COMPLETED, "UKL2", "0");

        assertThat(state()).isEqualTo(OrderState.PAID);
        assertThat(table.doubtful()).containsExactly("A1");
    }

    @Test
    void moneyForNoOrderIsKeptOnce() {
        book(null, PaymentStatus.COMPLETED, null, "0");
        book(null, PaymentStatus.COMPLETED, "UKL9", "0");
        book("A2/COLLECT/1", PaymentStatus.FAILED, null, "1032");

        assertThat(table.strays()).isEqualByComparingTo("90");
    }

    private void untilPaying() {
        book("A1/COLLECT/1", PaymentStatus.COMPLETED, "UKL1", "0");
        orders.delivered("A1");
        book("A1/TOP_UP/1", PaymentStatus.COMPLETED, "UKL2", "0");
        assertThat(state()).isEqualTo(OrderState.PAYING);
    }

    private OrderState state() {
        return table.find("A1").state();
    }

    private void book(String payment, PaymentStatus status, String receipt, String code) {
        transactions.executeWithoutResult(transaction -> outcomes.book(outcome(payment, status, receipt, code)));
    }

    private void unasked(String reference, String receipt, int amount, String account) {
        transactions.executeWithoutResult(transaction -> outcomes.book(Outcome.builder().reference(reference)
                .status(PaymentStatus.COMPLETED).receiptNumber(receipt).amount(BigDecimal.valueOf(amount)).accountReference(account)
                .source(Source.PULL).build()));
    }

    private static Outcome outcome(String payment, PaymentStatus status, String receipt, String code) {
        return Outcome.builder().reference("r" + payment).idempotencyKey(payment).status(status).receiptNumber(receipt)
                .resultCode(code).resultDescription("said so").amount(BigDecimal.valueOf(90)).source(Source.CALLBACK).build();
    }
}
