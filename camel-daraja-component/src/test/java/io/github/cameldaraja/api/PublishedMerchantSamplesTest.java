package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Safaricom's published samples of C2B, Bill Manager and Pull, where a copy lies beside the project; skipped elsewhere. */
class PublishedMerchantSamplesTest {

    // the page writes X where digits belong
    private static final String DIGITS = "555555";

    @BeforeEach
    void skipWithoutSamples() {
        assumeTrue(SampleFiles.published() != null, "the published samples are not beside this project: skipped");
    }

    private static JsonNode tree(String name) {
        return Json.readTree(new String(SampleFiles.published(name), StandardCharsets.UTF_8).replace("XXXXXXXX", DIGITS + "55")
                .replace("XXXXXX", DIGITS));
    }

    private static JsonObject object(String name) {
        return Json.toObject(tree(name));
    }

    @TestFactory
    Stream<DynamicTest> ourRequestsAreTheSamples() {
        Map<String, RequestApi> requests = new LinkedHashMap<>();
        requests.put("c2b-register.request", new C2bRegister());
        requests.put("c2b-simulate.request.paybill", new C2bSimulate());
        requests.put("c2b-simulate.request.buygoods", new C2bSimulate());
        requests.put("bill-optin.request", new BillOptIn());
        requests.put("bill-optin-update.request", new BillOptInUpdate());
        requests.put("bill-single-invoice.request", new BillInvoice());
        requests.put("bill-bulk-invoice.request", new BillInvoices());
        requests.put("bill-cancel-single.request", new BillCancel());
        requests.put("bill-cancel-bulk.request", new BillCancelAll());
        requests.put("bill-reconciliation.request", new BillReconcile());
        requests.put("pull-register.request", new PullRegister());
        return requests.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            JsonNode sample = tree(entry.getKey());
            assertThat(SampleFiles.wire(request(entry.getValue(), sample))).isEqualTo(sample);
        }));
    }

    private static JsonNode request(RequestApi api, JsonNode sample) {
        Map<String, Object> given = new LinkedHashMap<>();
        if (sample.isArray()) {
            given.put(api.listField(), sample);
        } else {
            given.putAll(Json.toMap(sample));
            given.keySet().removeAll(api.owned());
        }
        return api.request(Fields.check(api, given), new SampleOwned(sample.isObject() ? Json.toMap(sample) : Map.of()));
    }

    @TestFactory
    Stream<DynamicTest> answersAreSuccesses() {
        Map<String, AnswerApi<?>> answers = new LinkedHashMap<>();
        answers.put("c2b-register.response", new C2bRegister());
        answers.put("c2b-register.v1.response", new C2bRegister());
        answers.put("c2b-simulate.response", new C2bSimulate());
        answers.put("bill-optin.response", new BillOptIn());
        answers.put("bill-optin-update.response", new BillOptInUpdate());
        answers.put("bill-single-invoice.response", new BillInvoice());
        answers.put("bill-bulk-invoice.response", new BillInvoices());
        answers.put("bill-cancel.response", new BillCancel());
        answers.put("bill-reconciliation.response", new BillReconcile());
        answers.put("pull-register.response", new PullRegister());
        answers.put("pull-register.response.already-registered.spaced-keys", new PullRegister());
        answers.put("pull-query.response", new PullTransactions());
        answers.put("pull-query.response.empty", new PullTransactions());
        return answers.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            JsonObject sample = object(entry.getKey());
            assertThat(entry.getValue().success().refusal(sample, false)).isEmpty();
            DarajaAnswer answer = entry.getValue().answer(null, sample);
            assertThat(answer.code()).isNotBlank();
            assertThat(answer.description()).isNotBlank();
            assertThat(answer.details()).isEqualTo(sample.toMap());
        }));
    }

    @Test
    void refusalsAreRead() {
        JsonObject registered = object("error.500.003.1001.urls-already-registered");
        assertThat(new C2bRegister().answer(new ErrorDetails(C2bRegister.NAME, "shop", 500, registered.text("errorCode"),
                registered.text("errorMessage"), registered.text("requestId"))).orElseThrow().alreadyRegistered()).isTrue();
        JsonObject internal = object("error.500.003.1001.internal");
        assertThat(new C2bRegister().answer(new ErrorDetails(C2bRegister.NAME, "shop", 500, internal.text("errorCode"),
                internal.text("errorMessage"), internal.text("requestId")))).isEmpty();
        assertThat(new BillCancel().success().refusal(object("bill-cancel.error"), false).orElseThrow().kind())
                .isEqualTo(ErrorKind.REQUEST);
    }

    @TestFactory
    Stream<DynamicTest> confirmationsArePayments() {
        return Stream.of("c2b-confirmation.v2-masked", "c2b-confirmation.v1-hashed", "c2b-confirmation.legacy-clear")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Outcome outcome = new C2bConfirmation().payment(object(name)).build();
                    assertThat(outcome.isPaid()).isTrue();
                    assertThat(outcome.receiptNumber()).hasSize(10);
                    assertThat(outcome.transactionDate()).isNotNull();
                    assertThat(outcome.accountReference()).isNotBlank();
                    assertThat(PhoneMatch.fits(outcome.phoneNumber(),
                            name.endsWith("clear") ? "254708374149" : name.endsWith("hashed") ? "254705912645" : "254700000126"))
                            .isTrue();
                }));
    }

    @Test
    void theOtherMessagesAreRead() {
        C2bPayment question = new C2bValidation().question(object("c2b-validation"));
        assertThat(PhoneMatch.fits(question.phoneNumber(), "254708374149")).isTrue();
        assertThat(new C2bValidation().reply(question, C2bValidation.accept())).isEqualTo(tree("c2b-validation.reply.accept"));
        assertThat(new C2bValidation().reply(question, C2bValidation.accept("1234567890")))
                .isEqualTo(tree("c2b-validation.reply.accept.third-party-id"));
        assertThat(new C2bValidation().reply(question, "C2B00011")).isEqualTo(tree("c2b-validation.reply.reject"));
        assertThat(new C2bConfirmation().reply()).isEqualTo(tree("c2b-confirmation.reply"));
        assertThat(new BillPayment().payment(object("bill-payment-notification")).build().isPaid()).isTrue();
        assertThat(new BillPayment().reply()).isEqualTo(tree("bill-payment-notification.reply"));
        PullTransactions pull = new PullTransactions();
        assertThat(pull.payments(pull.answer(null, object("pull-query.response")))).hasSize(2);
        assertThat(pull.payments(pull.answer(null, object("pull-query.response.empty")))).isEmpty();
    }
}
