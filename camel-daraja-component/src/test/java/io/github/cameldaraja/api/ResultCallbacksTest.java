package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the family "Result" reports: paid, failed, or not known. */
class ResultCallbacksTest {

    private static final List<OutcomeApi> ALL = List.of(new B2c(), new B2Pochi(), new B2b(), new TaxRemittance(), new Reversal(),
            new TransactionStatus(), new AccountBalance());

    private static Outcome read(String sample) {
        OutcomeApi api = ALL.stream().filter(each -> sample.startsWith(each.name() + "/")).findFirst().orElseThrow();
        return api.callback(ResultSamples.own(sample)).build();
    }

    private static Outcome coded(OutcomeApi api, String code) {
        return api.callback(ResultSamples.json("{\"Result\":{\"ResultCode\":" + code + ",\"TransactionID\":\"UKL1AA2BB3\"}}"))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = { "b2c/callback-success", "b2c/callback-success-legacy" })
    void aPaidPayout(String sample) {
        Outcome outcome = read(sample);

        assertThat(outcome.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(outcome.resultCategory()).isEqualTo(ResultCategory.SUCCESS);
        assertThat(outcome.receiptNumber()).isEqualTo("UKL5XY6ZW7");
        assertThat(outcome.amount()).isEqualByComparingTo("4350");
        assertThat(outcome.phoneNumber()).isEqualTo("254711222333");
        assertThat(outcome.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T09:14:05+03:00"));
        assertThat(outcome.conversationId()).isEqualTo("AG_20261121_7010a1b2c3d4e5f60718");
        assertThat(outcome.originatorConversationId()).isEqualTo("b2d7c0de-0001-4a5b-9c8d-515151000001");
        assertThat(outcome.source()).isEqualTo(Source.CALLBACK);
        assertThat(outcome.balances()).extracting(Balance::account)
                .containsExactlyInAnyOrder("Utility Account", "Working Account", "Charges Paid Account");
        assertThat(outcome.details()).containsEntry("B2CRecipientIsRegisteredCustomer", "Y").containsKeys("QueueTimeoutURL",
                "ReceiverPartyPublicName", "ResultType").doesNotContainKeys("ResultParameters", "ReferenceData");
        assertThat(outcome.toString()).doesNotContain("711222333").doesNotContainIgnoringCase("wanjiru");
    }

    @Test
    void chargesMayBeNegative() {
        assertThat(read("b2c/callback-success").balances()).filteredOn(balance -> balance.account().startsWith("Charges"))
                .first().extracting(Balance::available).isEqualTo(new BigDecimal("-312.5"));
    }

    @Test
    void aReceiverWithoutNameAndNumber() {
        Outcome outcome = read("b2pochi/callback-success");

        assertThat(outcome.isCompleted()).isTrue();
        assertThat(outcome.phoneNumber()).isNull();
        assertThat(outcome.amount()).isEqualByComparingTo("860");
        assertThat(outcome.details()).containsEntry("ReceiverPartyPublicName", null);
    }

    @ParameterizedTest
    @CsvSource({ "b2c/callback-failure,2001,MERCHANT", "b2c/callback-failure-bare,SFC_IC0003,MERCHANT",
        "b2b/callback-failure-one-object,1,MERCHANT", "b2b/callback-failure-mixed,2001,MERCHANT",
        "taxRemittance/callback-failure,2001,MERCHANT", "reversal/callback-failure,R000002,MERCHANT",
        "reversal/callback-already-reversed,R000001,MERCHANT", "accountBalance/callback-failure,TP40153,CONFIGURATION" })
    void failures(String sample, String code, ResultCategory category) {
        Outcome outcome = read(sample);

        assertThat(outcome.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(outcome.resultCode()).isEqualTo(code);
        assertThat(outcome.resultCategory()).isEqualTo(category);
        assertThat(outcome.resultDescription()).isNotBlank();
        // the id of a failure can look like a receipt
        assertThat(outcome.receiptNumber()).isNull();
        assertThat(outcome.details()).containsKey("TransactionID");
    }

    @ParameterizedTest
    @ValueSource(strings = { "b2b/callback-success", "b2b/callback-success-legacy" })
    void aPaidBill(String sample) {
        Outcome outcome = read(sample);

        assertThat(outcome.isCompleted()).isTrue();
        assertThat(outcome.receiptNumber()).isEqualTo("UKL8BB2BB1");
        assertThat(outcome.amount()).isEqualByComparingTo("18250");
        assertThat(outcome.accountReference()).isEqualTo("KPL-20417");
        assertThat(outcome.phoneNumber()).isNull();
        assertThat(outcome.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T10:15:30+03:00"));
        assertThat(outcome.balances()).hasSize(3).allSatisfy(balance -> {
            assertThat(balance.currency()).isEqualTo("KES");
            assertThat(balance.available()).isEqualByComparingTo("73450.15");
        });
    }

    @Test
    void oneKeyInTwoPlacesIsOneDetail() {
        assertThat(read("b2b/callback-failure-mixed").details()).containsEntry("BillReferenceNumber", "204170")
                .containsEntry("Occassion", null);
    }

    @Test
    void aDisbursementHasNoAmount() {
        Outcome outcome = read("b2b/callback-success-disbursement");

        assertThat(outcome.isCompleted()).isTrue();
        assertThat(outcome.amount()).isNull();
        assertThat(outcome.balances()).singleElement().extracting(Balance::account).isEqualTo("Utility Account");
    }

    @Test
    void aPaidTax() {
        Outcome outcome = read("taxRemittance/callback-success");

        assertThat(outcome.receiptNumber()).isEqualTo("UKL8TX2TX1");
        assertThat(outcome.accountReference()).isEqualTo("2026110000047123");
    }

    @Test
    void aReversal() {
        Outcome outcome = read("reversal/callback-success");

        assertThat(outcome.receiptNumber()).isEqualTo("UKL9RV1RV2");
        assertThat(outcome.amount()).isEqualByComparingTo("640");
        assertThat(outcome.phoneNumber()).isEqualTo("254711222333");
        assertThat(outcome.details()).containsEntry("OriginalTransactionID", "UKK4QW7ER9");
        assertThat(read("reversal/callback-success-legacy").receiptNumber()).isEqualTo("UKL9RV1RV2");
    }

    @Test
    void aPaymentThatWasReversedBeforeIsNotReversedAgain() {
        Outcome outcome = read("reversal/callback-already-reversed");

        assertThat(outcome.status().isFinal()).isTrue();
        assertThat(outcome.retriable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "17", "\"17\"", "15", "100000000", "\"100000004\"", "100000007", "100000009", "100000100" })
    void whereMoneyMayHaveMovedNothingEnds(String code) {
        for (OutcomeApi api : ALL) {
            if (api instanceof PaymentApi) {
                Outcome outcome = coded(api, code);
                assertThat(outcome.status()).as(api.name()).isEqualTo(PaymentStatus.UNKNOWN);
                assertThat(outcome.retriable()).isFalse();
                assertThat(outcome.receiptNumber()).isNull();
            }
        }
        assertThat(coded(new AccountBalance(), code).isCompleted()).isFalse();
        assertThat(coded(new TransactionStatus(), code).status()).isEqualTo(PaymentStatus.PENDING);
    }

    @Test
    void anUnlistedCodeIsAFinalFailure() {
        Outcome outcome = coded(new B2c(), "\"TP9\"");

        assertThat(outcome.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(outcome.resultCategory()).isEqualTo(ResultCategory.UNKNOWN);
        assertThat(outcome.retriable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "\"0\"", "\"00\"", "\" 0 \"", "0.0" })
    void zeroIsSuccessHoweverItIsWritten(String code) {
        assertThat(coded(new B2c(), code).isCompleted()).isTrue();
        assertThat(coded(new B2c(), code).receiptNumber()).isEqualTo("UKL1AA2BB3");
    }

    @Test
    void anAnswerThatWaitsForMoreEndsNothing() {
        Outcome outcome = new B2c()
                .callback(ResultSamples.json("{\"Result\":{\"ResultType\":1,\"ResultCode\":0,\"TransactionID\":"
                + "\"UKL1AA2BB3\"}}")).build();

        assertThat(outcome.status()).isEqualTo(PaymentStatus.PENDING);
        assertThat(outcome.receiptNumber()).isNull();
    }

    @Test
    void aGenericIdIsNoReceipt() {
        Outcome outcome = new Reversal()
                .callback(ResultSamples.json("{\"Result\":{\"ResultCode\":0,\"TransactionID\":\"UKL0000000\"}}"))
                .build();

        assertThat(outcome.isCompleted()).isTrue();
        assertThat(outcome.receiptNumber()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"Result\":null}", "{\"Result\":[]}", "{\"Result\":\"ok\"}",
        "{\"Result\":{\"ResultDesc\":\"x\"}}", "{\"Result\":{\"ResultCode\":null}}", "{\"Result\":{\"ResultCode\":{}}}",
        "{\"Result\":{\"ResultCode\":\" \"}}",
        "{\"Body\":{\"stkCallback\":{\"ResultCode\":0}}}" })
    void whatDoesNotSayWhatBecameOfItIsNoOutcome(String text) {
        for (OutcomeApi api : ALL) {
            assertThat(api.callback(ResultSamples.json(text))).as(api.name()).isNull();
        }
    }

    @Test
    void structuresInValuesAreKept() {
        Outcome outcome = new B2c().callback(ResultSamples.json("{\"Result\":{\"ResultCode\":0,\"More\":[1],\"ResultParameters\":"
                + "{\"ResultParameter\":[{\"Key\":\"A\",\"Value\":{\"b\":1}},{\"Key\":\"A\",\"Value\":\"c\"},"
                + "{\"Value\":\"nameless\"}]}}}"))
                .build();

        assertThat(outcome.details()).containsKeys("A", "More");
        assertThat(outcome.details().get("A").toString()).contains("b=1").contains("c");
    }

    @Test
    void anUnknownShapeOfParametersIsKept() {
        Outcome outcome = new B2c().callback(ResultSamples.json("{\"Result\":{\"ResultCode\":0,\"ResultParameters\":[\"x\"]}}"))
                .build();

        assertThat(outcome.details()).containsEntry("ResultParameters", List.of("x"));
    }

    @Test
    void aReceiptThatComesTwiceIsOne() {
        String receipts = "{\"Result\":{\"ResultCode\":0,\"ResultParameters\":{\"ResultParameter\":["
                + "{\"Key\":\"TransactionReceipt\",\"Value\":\"UKL1AA2BB3\"},"
                + "{\"Key\":\"TransactionReceipt\",\"Value\":\"%s\"}]}}}";

        assertThat(new B2c().callback(ResultSamples.json(receipts.formatted("UKL1AA2BB3"))).build().receiptNumber())
                .isEqualTo("UKL1AA2BB3");
        assertThat(new B2c().callback(ResultSamples.json(receipts.formatted("UKL1AA2BB4"))).build().receiptNumber()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "accountBalance/callback-success", "accountBalance/callback-success-legacy" })
    void balances(String sample) {
        Outcome outcome = read(sample);

        assertThat(outcome.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(outcome.receiptNumber()).isNull();
        assertThat(outcome.amount()).isNull();
        assertThat(outcome.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T07:00:00+03:00"));
        assertThat(outcome.balances()).hasSize(4).first().isEqualTo(new Balance("Working Account", "KES",
                new BigDecimal("93450.15"), new BigDecimal("73450.15"), new BigDecimal("20000.00"), new BigDecimal("0.00")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "transactionStatus/callback-completed", "transactionStatus/callback-completed-legacy" })
    void theStatusOfAPaidTransaction(String sample) {
        Outcome outcome = read(sample);

        assertThat(outcome.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(outcome.source()).isEqualTo(Source.QUERY);
        assertThat(outcome.receiptNumber()).isEqualTo("UKL5XY6ZW7");
        assertThat(outcome.amount()).isEqualByComparingTo("4350");
        assertThat(outcome.phoneNumber()).isEqualTo("254711222333");
        assertThat(outcome.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T09:14:05+03:00"));
        // of the transaction, not of the question
        assertThat(outcome.conversationId()).isEqualTo("AG_20261121_7010a1b2c3d4e5f60718");
        assertThat(outcome.originatorConversationId()).isEqualTo("b2d7c0de-0001-4a5b-9c8d-515151000001");
        assertThat(outcome.details().get("ConversationID").toString()).contains("AG_20261121_70100f1e2d3c4b5a6978");
        assertThat(outcome.details().get("DebitPartyName").toString()).contains("515151 - Shop");
    }

    @ParameterizedTest
    @CsvSource({ "Completed,COMPLETED", "COMPLETED,COMPLETED", "' completed ',COMPLETED", "Cancelled,CANCELLED",
        "Declined,FAILED", "Failed,FAILED", "Expired,EXPIRED", "Canceled,PENDING", "Reversed,PENDING", "Authorized,PENDING",
        "Pending,PENDING",
        "Completed with errors,PENDING", "0,PENDING" })
    void onlyTheStatusInsideSpeaksAboutMoney(String word, PaymentStatus status) {
        Outcome outcome = status(0, "{\"Key\":\"TransactionStatus\",\"Value\":\"" + word + "\"}");

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.isCompleted() ? outcome.receiptNumber() : null).isEqualTo(outcome.receiptNumber());
        if (status.isFinal() && !outcome.isCompleted()) {
            assertThat(outcome.resultCode()).as("0 is the question's").isNull();
            assertThat(outcome.resultDescription()).isEqualTo(word);
        }
    }

    @Test
    void anAnswerWithoutStatusInsideIsPending() {
        assertThat(status(0, "{\"Key\":\"Amount\",\"Value\":5}").status()).isEqualTo(PaymentStatus.PENDING);
        assertThat(status(0, "{\"Key\":\"TransactionStatus\",\"Value\":\"Completed\"},"
                + "{\"Key\":\"TransactionStatus\",\"Value\":\"Failed\"}").status()).isEqualTo(PaymentStatus.PENDING);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 25, 2001, 2033, 9876 })
    void aQuestionThatFailedSaysNothingAboutThePayment(int code) {
        Outcome outcome = status(code, "{\"Key\":\"TransactionStatus\",\"Value\":\"Completed\"}");

        assertThat(outcome.status()).isEqualTo(PaymentStatus.PENDING);
        assertThat(outcome.resultCode()).isEqualTo(Integer.toString(code));
        assertThat(outcome.resultCategory()).isEqualTo(code == 9876 ? ResultCategory.UNKNOWN : ResultCategory.MERCHANT);
        assertThat(outcome.receiptNumber()).isNull();
    }

    private static Outcome status(int code, String items) {
        return new TransactionStatus().callback(ResultSamples.json("{\"Result\":{\"ResultType\":0,\"ResultCode\":" + code
                + ",\"ResultParameters\":{\"ResultParameter\":[" + items
                + ",{\"Key\":\"ReceiptNo\",\"Value\":\"UKL1AA2BB3\"}]}}}")).build();
    }

    @Test
    void everyCodeIsAboutOneOperatorOrNot() {
        assertThat(ResultFamilyCodes.ABOUT_THE_OPERATOR).allSatisfy(code -> ALL.forEach(api ->
                assertThat(api.resultCodes().ofCallback(code).category()).as(api.name() + " " + code).isNotEqualTo(
                        ResultCategory.UNKNOWN)));
    }

    @Test
    void noRowOfAPaymentIsFinalWhereTheReferenceSaysUnknown() {
        Set<String> open = ResultFamilyCodes.PAYMENTS.all().stream().filter(code -> !code.isFinal()).map(ResultCode::code)
                .collect(Collectors.toSet());

        assertThat(open).containsExactlyInAnyOrder("15", "17", "100000000", "100000004", "100000007", "100000009", "100000100");
        assertThat(Stream.of("100000000", "17", "100000100").map(ResultFamilyCodes.PAYMENTS::ofCallback)
                .map(ResultCode::category))
                .containsOnly(ResultCategory.SYSTEM);
    }
}
