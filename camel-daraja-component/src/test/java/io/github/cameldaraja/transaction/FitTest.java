package io.github.cameldaraja.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What looks like the payment of a push, and what does not. */
class FitTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private static Transaction push() {
        return Transaction.intent("0123", "stkPush", "shop", "174379", null, new BigDecimal("100"), "254712345678", "INV-1", Map.of(),
                NOW).asking("f", null);
    }

    private static Outcome.Builder payment() {
        return Outcome.builder().operation("c2bConfirmation").account("shop").status(PaymentStatus.COMPLETED)
                .receiptNumber("UKL7ABCDE1").amount(new BigDecimal("100.00")).phoneNumber("2547 ***** 678").accountReference("INV-1")
                .transactionDate(NOW.plusSeconds(20).atOffset(ZoneOffset.ofHours(3))).source(Source.CONFIRMATION);
    }

    private static boolean fits(Transaction push, Outcome.Builder payment) {
        return Fit.fits(push, payment.build(), NOW.plusSeconds(21));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // amount, phone, reference, fits
        "100,   2547 ***** 678, INV-1,    true",
        "100.0, 254712345678,   ' inv-1', true",
        "100,   2547 ***** 678, -,        true",
        "100,   2547 ***** 678, ' ',      true",
        "100,   -,              INV-1,    true",
        "100,   -,              -,        false",
        "100,   ' ',            ' ',      false",
        "100,   2547 ***** 679, INV-1,    false",
        "100,   254712345679,   -,        false",
        "100,   2547 ***** 678, INV-2,    false",
        "99,    2547 ***** 678, INV-1,    false",
        "1,     2547 ***** 678, INV-1,    false" })
    void looks(String amount, String phone, String reference, boolean fits) {
        assertThat(fits(push(), payment().amount(new BigDecimal(amount)).phoneNumber(phone).accountReference(reference)))
                .isEqualTo(fits);
    }

    @Property
    void theTimeDecides(@ForAll @IntRange(min = -1000, max = 1000) int seconds) {
        Outcome payment = payment().transactionDate(NOW.plusSeconds(seconds).atOffset(ZoneOffset.UTC)).build();

        boolean fits = Fit.fits(push(), payment, NOW.plusSeconds(900));

        assertThat(fits).isEqualTo(seconds >= -120 && seconds <= 300);
        assertThat(Fit.earliest(payment, NOW)).isEqualTo(NOW.plusSeconds(seconds - 300));
        assertThat(Fit.latest(payment, NOW)).isEqualTo(NOW.plusSeconds(seconds + 120));
    }

    @Test
    void withoutATimeItIsWhenWeHeardOfIt() {
        Outcome payment = payment().transactionDate(null).build();

        assertThat(Fit.fits(push(), payment, NOW.plusSeconds(60))).isTrue();
        assertThat(Fit.fits(push(), payment, NOW.plusSeconds(600))).isFalse();
    }

    @Test
    void theZoneOfAPulledRowIsInDoubt() {
        var asNairobi = NOW.plus(Duration.ofHours(3)).plusSeconds(30).atOffset(ZoneOffset.UTC);

        assertThat(fits(push(), payment().source(Source.PULL).transactionDate(asNairobi))).isTrue();
        assertThat(fits(push(), payment().source(Source.CONFIRMATION).transactionDate(asNairobi))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "CALLBACK, COMPLETED, UKL7ABCDE9, false",
        "CALLBACK, COMPLETED, -,          true",
        "CALLBACK, CANCELLED, -,          false",
        "PERSON,   FAILED,    -,          false",
        "QUERY,    COMPLETED, -,          true",
        "QUERY,    CANCELLED, -,          true",
        "-,        FAILED,    -,          true" })
    void whatIsKnownOfThePushDecides(Source source, PaymentStatus status, String receipt, boolean fits) {
        Outcome known = Outcome.builder().source(source).status(status).receiptNumber(receipt).build();

        assertThat(fits(push().settled(known, NOW), payment())).isEqualTo(fits);
    }

    @Test
    void whatAPersonMustLookAtIsLeftToHim() {
        assertThat(fits(push().disputed(NOW), payment())).isFalse();
        assertThat(fits(push().unresolved(NOW), payment())).as("nothing was left to ask, but here is the answer").isTrue();
    }

    @Test
    void aPayoutIsNoPush() {
        Transaction payout = Transaction.intent("0123", "b2c", "shop", "174379", null, new BigDecimal("100"), "254712345678",
                "INV-1", Map.of(), NOW).asking("f", null);

        assertThat(fits(payout, payment())).isFalse();
    }
}
