package io.github.cameldaraja.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of evidence. */
class SettlementTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Transaction OPEN = Transaction.intent("0123", "stkPush", "shop", "174379", null, new BigDecimal("100"),
            "254712345678", "INV-1", Map.of("order", "7"), NOW).asking("f", null)
            .acknowledged(new Acknowledgement("stkPush", "shop", "0123", PaymentStatus.PENDING, "0", null, "m-1", "ws_CO_1", null,
                    null, null), NOW, NOW);

    /** The messages that can be heard about one payment. */
    enum Heard {
        PAID(Source.CALLBACK, PaymentStatus.COMPLETED, "0", "UKL7ABCDE1", "100"),
        PAID_OTHER_RECEIPT(Source.CALLBACK, PaymentStatus.COMPLETED, "0", "UKL7ABCDE2", "100"),
        PAID_OTHER_AMOUNT(Source.CALLBACK, PaymentStatus.COMPLETED, "0", "UKL7ABCDE1", "99"),
        CANCELLED(Source.CALLBACK, PaymentStatus.CANCELLED, "1032", null, null),
        FAILED(Source.CALLBACK, PaymentStatus.FAILED, "1", null, null),
        QUERY_PAID(Source.QUERY, PaymentStatus.COMPLETED, "0", null, null),
        QUERY_CANCELLED(Source.QUERY, PaymentStatus.CANCELLED, "1032", null, null),
        QUERY_EXPIRED(Source.QUERY, PaymentStatus.EXPIRED, "1037", null, null),
        QUERY_PENDING(Source.QUERY, PaymentStatus.PENDING, "4999", null, null);

        private final Outcome outcome;

        Heard(Source source, PaymentStatus status, String code, String receipt, String amount) {
            outcome = Outcome.builder().reference("0123").source(source).status(status).resultCode(code).receiptNumber(receipt)
                    .amount(amount == null ? null : new BigDecimal(amount)).build();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // first,            then,               verdict,   status after both
        "PAID,               PAID,               DUPLICATE, COMPLETED",
        "PAID,               QUERY_PAID,         LATE,      COMPLETED",
        "PAID,               CANCELLED,          CONFLICT,  COMPLETED",
        "PAID,               QUERY_CANCELLED,    CONFLICT,  COMPLETED",
        "PAID,               PAID_OTHER_RECEIPT, CONFLICT,  COMPLETED",
        "PAID,               PAID_OTHER_AMOUNT,  CONFLICT,  COMPLETED",
        "PAID,               QUERY_PENDING,      UNMATCHED, COMPLETED",
        "CANCELLED,          CANCELLED,          DUPLICATE, CANCELLED",
        "CANCELLED,          QUERY_CANCELLED,    LATE,      CANCELLED",
        "CANCELLED,          QUERY_EXPIRED,      LATE,      CANCELLED",
        "CANCELLED,          FAILED,             LATE,      CANCELLED",
        "CANCELLED,          PAID,               CORRECTED, COMPLETED",
        "CANCELLED,          QUERY_PAID,         CONFLICT,  CANCELLED",
        "QUERY_PAID,         PAID,               ENRICHED,  COMPLETED",
        "QUERY_PAID,         QUERY_PAID,         DUPLICATE, COMPLETED",
        "QUERY_PAID,         CANCELLED,          CONFLICT,  COMPLETED",
        "QUERY_PAID,         QUERY_CANCELLED,    CONFLICT,  COMPLETED",
        "QUERY_CANCELLED,    PAID,               CORRECTED, COMPLETED",
        "QUERY_CANCELLED,    QUERY_PAID,         CORRECTED, COMPLETED",
        "QUERY_CANCELLED,    CANCELLED,          LATE,      CANCELLED",
        "QUERY_CANCELLED,    FAILED,             ENRICHED,  FAILED",
        "QUERY_EXPIRED,      CANCELLED,          ENRICHED,  CANCELLED",
        "PAID_OTHER_AMOUNT,  QUERY_PAID,         CONFLICT,  UNRESOLVED",
        "PAID_OTHER_AMOUNT,  QUERY_CANCELLED,    CONFLICT,  UNRESOLVED",
        "PAID_OTHER_AMOUNT,  PAID,               APPLIED,   COMPLETED" })
    void twoMessages(Heard first, Heard then, Verdict verdict, PaymentStatus status) {
        Transaction payment = Settlement.of(OPEN, first.outcome, NOW).transaction();

        Settlement settlement = Settlement.of(payment, then.outcome, NOW);

        assertThat(settlement.verdict()).isEqualTo(verdict);
        assertThat(settlement.transaction().status()).isEqualTo(status);
        assertThat(settlement.outcome().verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({ "PAID,APPLIED,COMPLETED", "CANCELLED,APPLIED,CANCELLED", "QUERY_PAID,APPLIED,COMPLETED",
        "QUERY_EXPIRED,APPLIED,EXPIRED", "QUERY_PENDING,UNMATCHED,PENDING", "PAID_OTHER_AMOUNT,CONFLICT,UNRESOLVED" })
    void theFirstMessage(Heard heard, Verdict verdict, PaymentStatus status) {
        Settlement settlement = Settlement.of(OPEN, heard.outcome, NOW);

        assertThat(settlement.verdict()).isEqualTo(verdict);
        assertThat(settlement.transaction().status()).isEqualTo(status);
        assertThat(settlement.outcome().metadata()).containsEntry("order", "7");
        assertThat(settlement.outcome().checkoutRequestId()).isEqualTo("ws_CO_1");
    }

    @Property(tries = 2000)
    void whateverIsHeardInWhateverOrder(@ForAll("heard") List<Heard> heard) {
        Transaction payment = OPEN;
        int told = 0;
        for (Heard message : heard) {
            boolean wasPaid = payment.status() == PaymentStatus.COMPLETED;
            Settlement settlement = Settlement.of(payment, message.outcome, NOW);
            payment = settlement.transaction();
            if (wasPaid) {
                assertThat(payment.status()).as("COMPLETED never falls back").isEqualTo(PaymentStatus.COMPLETED);
            }
            boolean news = settlement.verdict() == Verdict.APPLIED || settlement.verdict() == Verdict.CORRECTED;
            told += news && settlement.outcome().isCompleted() ? 1 : 0;
            assertThat(Settlement.of(payment, message.outcome, NOW).verdict().isDelivered())
                    .as("%s twice tells nobody twice", message).isFalse();
        }
        assertThat(told).as("paid is told as news at most once").isLessThanOrEqualTo(1);
    }

    @Provide
    Arbitrary<List<Heard>> heard() {
        return Arbitraries.of(Heard.class).list().ofMinSize(1).ofMaxSize(8);
    }
}
