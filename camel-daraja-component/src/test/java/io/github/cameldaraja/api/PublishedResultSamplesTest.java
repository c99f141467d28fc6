package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Safaricom's published samples of the family "Result", where a copy is at hand; skipped elsewhere. */
class PublishedResultSamplesTest {

    @BeforeEach
    void skipWithoutSamples() {
        assumeTrue(ResultSamples.published() != null, "the published samples are not at hand: skipped");
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments(new B2c(), "b2c.request", Map.of("version", "v3")),
                arguments(new B2c(), "b2c.v1.request", Map.of("version", "v1")),
                arguments(new B2c(), "b2c-validated.request", Map.of("version", "validated")),
                arguments(new B2Pochi(), "b2pochi.request", Map.of()),
                arguments(new B2b(), "b2b-paybill.request", Map.of()),
                arguments(new B2b(), "b2b-buygoods.request", Map.of()),
                arguments(new B2b(), "b2b-topup.request", Map.of()),
                arguments(new TaxRemittance(), "tax.request", Map.of()),
                arguments(new Reversal(), "reversal.request", Map.of()),
                arguments(new TransactionStatus(), "transaction-status.request", Map.of()),
                arguments(new TransactionStatus(), "transaction-status.request.by-conversation-id", Map.of("TransactionID", "")),
                arguments(new AccountBalance(), "account-balance.request", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void ourRequestIsTheSample(RequestApi api, String name, Map<String, String> unsaid) {
        JsonObject sample = ResultSamples.published(name);
        Map<String, Object> expected = new LinkedHashMap<>(sample.toMap());
        if (unsaid.containsKey("TransactionID")) {
            // left out in the sample, sent empty by us
            expected.put("TransactionID", "");
        }

        assertThat(ResultSamples.wire(api, sample, unsaid)).isEqualTo(expected);
    }

    static Stream<Arguments> results() {
        return Stream.of(
                arguments(new B2c(), "result.b2c.success", PaymentStatus.COMPLETED),
                arguments(new B2c(), "result.b2c.success.legacy-order", PaymentStatus.COMPLETED),
                arguments(new B2Pochi(), "result.b2c.success", PaymentStatus.COMPLETED),
                arguments(new B2c(), "result.b2c.failure", PaymentStatus.FAILED),
                arguments(new B2b(), "result.b2b.success", PaymentStatus.COMPLETED),
                arguments(new B2b(), "result.b2b.success.legacy", PaymentStatus.COMPLETED),
                arguments(new B2b(), "result.b2b.failure", PaymentStatus.FAILED),
                arguments(new B2b(), "result.b2b-topup.failure", PaymentStatus.FAILED),
                arguments(new TaxRemittance(), "result.tax.success", PaymentStatus.COMPLETED),
                arguments(new TaxRemittance(), "result.tax.failure", PaymentStatus.FAILED),
                arguments(new Reversal(), "result.reversal.success", PaymentStatus.COMPLETED),
                arguments(new Reversal(), "result.reversal.failure", PaymentStatus.FAILED),
                arguments(new TransactionStatus(), "result.transaction-status.success", PaymentStatus.COMPLETED),
                arguments(new TransactionStatus(), "result.transaction-status.success.legacy-keys", PaymentStatus.COMPLETED));
    }

    @ParameterizedTest
    @MethodSource("results")
    void resultsAreRead(OutcomeApi api, String name, PaymentStatus status) {
        Outcome outcome = api.callback(ResultSamples.published(name)).build();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.originatorConversationId()).isNotBlank();
        assertThat(outcome.conversationId()).isNotBlank();
        assertThat(outcome.resultDescription()).isNotBlank();
        assertThat(outcome.receiptNumber() != null).isEqualTo(outcome.isPaid());
        if (outcome.isPaid()) {
            assertThat(outcome.receiptNumber()).hasSize(10);
            assertThat(outcome.amount()).isPositive();
            assertThat(outcome.transactionDate()).isNotNull();
            assertThat(outcome.phoneNumber() != null).isEqualTo(!name.contains("b2b") && !name.contains("tax"));
            assertThat(outcome.balances().isEmpty()).isEqualTo(api instanceof TransactionStatus);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "result.account-balance.success", "result.account-balance.success.legacy" })
    void balancesAreRead(String name) {
        Outcome outcome = new AccountBalance().callback(ResultSamples.published(name)).build();

        assertThat(outcome.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(outcome.receiptNumber()).isNull();
        assertThat(outcome.balances()).hasSize(5).allSatisfy(balance -> assertThat(balance.available()).isNotNull());
    }

    @Test
    void theTimeoutMessageEndsNothing() {
        Outcome outcome = new B2b().callback(ResultSamples.published("result.timeout")).build();

        assertThat(outcome.status()).isEqualTo(PaymentStatus.UNKNOWN);
        assertThat(outcome.originatorConversationId()).isNotBlank();
    }

    static Stream<Arguments> acknowledgements() {
        return Stream.of(arguments(new B2c(), "b2c.response"), arguments(new B2b(), "b2b.response"),
                arguments(new Reversal(), "reversal.response"), arguments(new TransactionStatus(), "transaction-status.response"),
                arguments(new AccountBalance(), "account-balance.response"));
    }

    @ParameterizedTest
    @MethodSource("acknowledgements")
    void acknowledgementsAreRead(OutcomeApi api, String name) {
        JsonObject answer = ResultSamples.published(name);

        assertThat(api.success().refusal(answer, true)).isEmpty();
        assertThat(api.acknowledgement(answer).conversationId()).startsWith("AG_");
        assertThat(api.acknowledgement(answer).originatorConversationId()).isNotBlank();
    }
}
