package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.SampleFiles.json;
import static io.github.cameldaraja.api.SampleFiles.object;
import static io.github.cameldaraja.api.SampleFiles.tree;
import static io.github.cameldaraja.api.SampleFiles.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customer to business: registration, simulation, the question before a payment and the news of it. */
class C2bTest {

    private static final Owned PAY_BILL = new SampleOwned(Map.of("ShortCode", "601426"));
    private static final Owned TILL = new SampleOwned(Map.of("BusinessShortCode", "601426", "PartyB", "5204811"));

    private final C2bRegister register = new C2bRegister();
    private final C2bSimulate simulate = new C2bSimulate();
    private final C2bValidation validation = new C2bValidation();
    private final C2bConfirmation confirmation = new C2bConfirmation();
    private final C2bName names = new C2bName();

    private Fields fields(RequestApi api, Owned owned, Object request) {
        Map<String, Object> given = new LinkedHashMap<>(Json.toMap(request));
        api.defaults(owned.merchant()).forEach(given::putIfAbsent);
        return Fields.check(api, given);
    }

    // registration

    @Test
    void theRegistrationIsTheSample() {
        Fields fields = fields(register, PAY_BILL, new C2bRegister.Request("cancelled", null));

        assertThat(wire(register.request(fields, PAY_BILL))).isEqualTo(tree("c2bRegister/request"));
        assertThat(register.path(fields)).isEqualTo("/mpesa/c2b/v2/registerurl");
    }

    @Test
    void theOlderVersionHasAPathOfItsOwn() {
        Fields fields = fields(register, PAY_BILL, new C2bRegister.Request(null, "V1"));

        assertThat(register.path(fields)).isEqualTo("/mpesa/c2b/v1/registerurl");
        assertThat(register.request(fields, PAY_BILL).get("ResponseType").asText()).isEqualTo("Completed");
        assertThat(register.request(fields, PAY_BILL).has("version")).isFalse();
    }

    @Test
    void urlsAreTheComponents() {
        assertThatThrownBy(() -> Fields.check(register, Map.of("confirmationUrl", "https://evil.example")))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("filled by the component");
        assertThatThrownBy(() -> Fields.check(register, Map.of("ResponseType", "Canceled")))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("Cancelled");
    }

    @Test
    void theAnswerIsRead() {
        JsonObject answer = object("c2bRegister/response");

        assertThat(register.success().refusal(answer, false)).isEmpty();
        C2bRegister.Answer read = register.answer(null, answer);
        assertThat(read.code()).isEqualTo("0");
        assertThat(read.originatorConversationId()).startsWith("1d2c-");
        assertThat(read.alreadyRegistered()).isFalse();
        assertThat(read.details()).isEqualTo(answer.toMap());
    }

    @Test
    void anOldAnswerHasNoCode() {
        assertThat(register.success().refusal(object("c2bRegister/response-old"), false)).isEmpty();
        assertThat(simulate.success().refusal(object("c2bSimulate/response-old"), false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"ResponseDescription\":\"failed\"}", "{\"ResponseCode\":null}", "{\"ResponseCode\":\"1\"}",
        "{\"ResponseCode\":\"C2B00012\",\"ResponseDescription\":\"success\"}" })
    void otherAnswersAreNoSuccess(String answer) {
        assertThat(register.success().refusal(json(answer), false)).isPresent();
    }

    private ErrorDetails error(String sample) {
        JsonObject error = object(sample);
        return new ErrorDetails("c2bRegister", "shop", 500, error.text("errorCode"), error.text("errorMessage"),
                error.text("requestId"));
    }

    @Test
    void registeredBeforeIsAnAnswer() {
        C2bRegister.Answer answer = register.answer(error("c2bRegister/error-registered")).orElseThrow();

        assertThat(answer.alreadyRegistered()).isTrue();
        assertThat(answer.code()).isEqualTo("500.003.1001");
        assertThat(answer.details()).containsEntry("errorMessage", "Urls are already registered.");
    }

    @Test
    void registeredElsewhereIsAnError() {
        assertThat(register.answer(error("c2bRegister/error-aggregator"))).isEmpty();
        assertThat(register.answer(new ErrorDetails("c2bRegister", "shop", 500, "500.003.1001", null, null))).isEmpty();
        assertThat(register.answer(new ErrorDetails("c2bRegister", "shop", 500, null, "Urls are already registered", null)))
                .isEmpty();
    }

    // simulation

    @Test
    void thePayBillSimulationIsTheSample() {
        Fields fields = fields(simulate, PAY_BILL, Map.of("phoneNumber", "0711 223 344", "amount", 350,
                "accountReference", "Flat 7B"));

        assertThat(wire(simulate.request(fields, PAY_BILL))).isEqualTo(tree("c2bSimulate/request-paybill"));
        assertThat(simulate.path(fields)).isEqualTo("/mpesa/c2b/v2/simulate");
        assertThat(simulate.needs()).contains(Need.SANDBOX);
    }

    @Test
    void theTillSimulationIsTheSample() {
        Fields fields = fields(simulate, TILL, new C2bSimulate.Request("254711223344",
                BigDecimal.valueOf(85), null, null, "v1"));

        assertThat(wire(simulate.request(fields, TILL))).isEqualTo(tree("c2bSimulate/request-till"));
        assertThat(simulate.path(fields)).isEqualTo("/mpesa/c2b/v1/simulate");
    }

    @Test
    void onlyPayBillsHaveAReference() {
        Map<String, Object> request = Map.of("phoneNumber", "0711223344", "amount", 350);
        assertThatThrownBy(() -> fields(simulate, PAY_BILL, request))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("BillRefNumber");
        Map<String, Object> till = Map.of("phoneNumber", "0711223344", "amount", 350, "accountReference", "x");
        assertThatThrownBy(() -> fields(simulate, TILL, till))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("BillRefNumber");
    }

    @Test
    void theSimulationsAnswerIsRead() {
        assertThat(simulate.success().refusal(object("c2bSimulate/response"), false)).isEmpty();
        assertThat(simulate.answer(null, object("c2bSimulate/response")).code()).isEqualTo("0");
        C2bSimulate.Answer old = simulate.answer(null, object("c2bSimulate/response-old"));
        assertThat(old.conversationId()).startsWith("AG_");
        assertThat(old.code()).isNull();
    }

    // validation

    @Test
    void theQuestionIsRead() {
        C2bPayment question = validation.question(object("c2bValidation/question"));

        assertThat(question.receiptNumber()).isEqualTo("UKL4QW7XZ2");
        assertThat(question.amount()).isEqualByComparingTo("350");
        assertThat(question.shortCode()).isEqualTo("601426");
        assertThat(question.accountReference()).isEqualTo("flat 7b");
        assertThat(question.details()).containsEntry("BillRefNumber", " flat 7b ");
        assertThat(question.phoneNumber()).isEqualTo("25471****344");
        assertThat(question.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T08:15:30+03:00"));
        assertThat(question.accountBalance()).isNull();
        assertThat(question.middleName()).isNull();
        assertThat(question.toString()).doesNotContain("Amina").doesNotContain("flat");
    }

    private JsonNode reply(Object answer) {
        return validation.reply(validation.question(object("c2bValidation/question")), answer);
    }

    @Test
    void repliesAreTheSamples() {
        assertThat(reply(C2bValidation.accept())).isEqualTo(tree("c2bValidation/reply-accept"));
        assertThat(reply(C2bValidation.accept("ledger-5512"))).isEqualTo(tree("c2bValidation/reply-accept-with-id"));
        assertThat(reply(C2bValidation.reject("c2b00012", null))).isEqualTo(tree("c2bValidation/reply-reject"));
    }

    @Test
    void aMapATreeATextOrAWordReplies() {
        JsonNode accept = tree("c2bValidation/reply-accept");
        JsonNode reject = tree("c2bValidation/reply-reject");
        JsonNode other = reply(C2bValidation.reject("C2B00016", null));

        assertThat(reply("accept")).isEqualTo(accept).isEqualTo(reply(" Accept ")).isEqualTo(reply("0")).isEqualTo(reply(0));
        assertThat(reply("reject")).isEqualTo(other).isEqualTo(reply("C2B00016")).isEqualTo(reply(1)).isEqualTo(reply("1"));
        assertThat(reply("C2B00012")).isEqualTo(reject);
        assertThat(reply(Map.of("ResultCode", 0))).isEqualTo(accept);
        assertThat(reply(Map.of("resultCode", "C2B00012", "resultDesc", "Rejected"))).isEqualTo(reject);
        assertThat(reply(tree("c2bValidation/reply-accept-with-id"))).isEqualTo(tree("c2bValidation/reply-accept-with-id"));
        assertThat(reply("{\"ResultCode\":\"C2B00013\",\"ResultDesc\":\"too much\"}").get("ResultDesc").asText())
                .isEqualTo("too much");
        assertThat(reply(Map.of("ResultCode", "C2B00012", "ThirdPartyTransID", "x")).has("ThirdPartyTransID")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "yes", "ok", "2", "C2B00017", "C2B00010", "{}", "{", "null", "[]", "true", "00", "-0",
        "{\"ResultCode\":\"\"}", "{\"ResultCode\":[0]}", "{\"ResultDesc\":\"Accepted\"}", "{\"ResultCode\":7}", "{\"a\":0}" })
    void whatIsNotClearIsNoReply(String answer) {
        assertThat(reply(answer)).isNull();
    }

    @Test
    void otherThingsAreNoReply() {
        Map<Object, Object> itself = new HashMap<>();
        itself.put("ResultCode", InputStream.nullInputStream());

        assertThat(reply(null)).isNull();
        assertThat(reply(true)).isNull();
        assertThat(reply(List.of("accept"))).isNull();
        assertThat(reply(new Object())).isNull();
        assertThat(reply(itself)).isNull();
        // a route that did nothing
        assertThat(reply(validation.question(object("c2bValidation/question")))).isNull();
        assertThat(reply(object("c2bValidation/question").toMap())).isNull();
    }

    @Test
    void onlyKnownCodesRefuse() {
        assertThatThrownBy(() -> C2bValidation.reject("C2B00099", "no")).isInstanceOf(InvalidFieldException.class);
        assertThatThrownBy(() -> C2bValidation.reject("0", "no")).isInstanceOf(InvalidFieldException.class);
        assertThatThrownBy(() -> C2bValidation.reject(null, "no")).isInstanceOf(InvalidFieldException.class);
    }

    @Test
    void theDefaultIsAWord() {
        assertThat(validation.defaultReply(null, "accept")).isEqualTo(tree("c2bValidation/reply-accept"));
        assertThat(validation.defaultReply(null, "Reject").get("ResultCode").asText()).isEqualTo("C2B00016");
        assertThat(validation.defaultReply(null, "perhaps")).isNull();
        assertThat(validation.defaultReply(null, null)).isNull();
    }

    // confirmation

    @Test
    void aMaskedConfirmationIsAPayment() {
        Outcome outcome = confirmation.payment(object("c2bConfirmation/callback-masked")).build();

        assertThat(outcome.isCompleted()).isTrue();
        assertThat(outcome.operation()).isEqualTo("c2bConfirmation");
        assertThat(outcome.source()).isEqualTo(Source.CONFIRMATION);
        assertThat(outcome.resultCode()).isNull();
        assertThat(outcome.resultCategory()).isEqualTo(ResultCategory.SUCCESS);
        assertThat(outcome.receiptNumber()).isEqualTo("UKL4QW7XZ2");
        assertThat(outcome.amount()).isEqualByComparingTo("350");
        assertThat(outcome.accountReference()).isEqualTo("Flat 7B");
        assertThat(outcome.phoneNumber()).isEqualTo("2547 ***** 344");
        assertThat(PhoneMatch.fits(outcome.phoneNumber(), "254711223344")).isTrue();
        assertThat(outcome.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T08:15:33+03:00"));
        assertThat(outcome.details()).containsEntry("BillRefNumber", " Flat 7B ")
                .containsEntry("ThirdPartyTransID", "ledger-5512");
        assertThat(confirmation.reply()).isEqualTo(tree("c2bConfirmation/reply"));
        assertThat(confirmation.inquiry(PaymentIds.receipt("UKL4QW7XZ2")).orElseThrow().fields())
                .containsEntry("TransactionID", "UKL4QW7XZ2");
    }

    @Test
    void aHashedConfirmationKeepsTheHash() {
        Outcome outcome = confirmation.payment(object("c2bConfirmation/callback-hashed")).build();

        assertThat(outcome.phoneNumber()).hasSize(64);
        assertThat(PhoneMatch.fits(outcome.phoneNumber(), "254722334455")).isTrue();
        assertThat(PhoneMatch.fits(outcome.phoneNumber(), "254722334456")).isFalse();
    }

    @Test
    void aTillHasNoReferenceAndNumbersMayBeNumbers() {
        Outcome outcome = confirmation.payment(object("c2bConfirmation/callback-till")).build();

        assertThat(outcome.accountReference()).isNull();
        assertThat(outcome.amount()).isEqualByComparingTo("85");
        assertThat(outcome.phoneNumber()).isEqualTo("254711223344");
        assertThat(outcome.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T10:30:05+03:00"));
    }

    @Property(tries = 200)
    void orderTypesAndMissingValuesDoNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> members = new ArrayList<>(List.of(
                "\"TransID\":\"UKL4QW7XZ2\"",
                "\"TransAmount\":" + List.of("350", "\"350\"", "\"350.00\"", "3.5E2").get(random.nextInt(4)),
                "\"MSISDN\":" + List.of("254711223344", "\"0711223344\"", "\"+254 711 223344\"").get(random.nextInt(3)),
                "\"" + List.of("BillRefNumber", "billrefnumber", "Bill Ref Number").get(random.nextInt(3)) + "\":\" a/1\"",
                "\"TransTime\":" + (random.nextBoolean() ? "20261121081533" : "\"20261121081533\"")));
        List<String> others = List.of("FirstName", "MiddleName", "LastName", "InvoiceNumber", "OrgAccountBalance", "Extra");
        others.forEach(name -> {
            if (random.nextBoolean()) {
                members.add("\"" + name + "\":" + List.of("null", "\"\"", "[]", "{\"a\":1}").get(random.nextInt(4)));
            }
        });
        Collections.shuffle(members, random);

        Outcome outcome = confirmation.payment(json("{" + String.join(",", members) + "}")).build();

        assertThat(outcome.receiptNumber()).isEqualTo("UKL4QW7XZ2");
        assertThat(outcome.amount()).isEqualByComparingTo("350");
        assertThat(outcome.phoneNumber()).isEqualTo("254711223344");
        assertThat(outcome.accountReference()).isEqualTo("a/1");
        assertThat(outcome.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T08:15:33+03:00"));
        assertThat(outcome.details()).hasSize(members.size());
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"TransID\":\"UKL4QW7XZ2\"}", "{\"TransAmount\":\"1\"}",
        "{\"TransID\":\"UKL0000000\",\"TransAmount\":\"1\"}", "{\"TransID\":\"UKL4QW7XZ2\",\"TransAmount\":\"0\"}",
        "{\"TransID\":\"UKL4QW7XZ2\",\"TransAmount\":\"-5\"}", "{\"TransID\":\"UKL4QW7XZ2\",\"TransAmount\":\"five\"}",
        "{\"TransID\":[\"UKL4QW7XZ2\"],\"TransAmount\":1}", "{\"TransID\":\"\",\"TransAmount\":1}" })
    void whatTellsOfNoPaymentIsNone(String message) {
        assertThat(confirmation.payment(json(message))).isNull();
    }

    @Property(tries = 300)
    void noBytesBreakTheReaders(@ForAll byte[] bytes, @ForAll String text) {
        JsonObject object = Json.readObject(bytes);
        assertThat(object == null || confirmation.payment(object) == null).isTrue();
        for (String name : List.of("TransID", "TransAmount", "TransTime", "MSISDN", "BillRefNumber", "accountNumber")) {
            Map<String, Object> message = new HashMap<>(object("c2bConfirmation/callback-masked").toMap());
            message.put(name, text);
            confirmation.payment(Json.toObject(message));
            validation.question(Json.toObject(message));
            names.question(Json.toObject(message));
        }
        validation.reply(null, text);
        names.reply(null, text);
    }

    // the name behind an account

    @Test
    void aNameIsAsked() {
        C2bName.Question question = names.question(object("c2bName/question"));

        assertThat(question.accountNumber()).isEqualTo("7B-0042");
        assertThat(question.toString()).doesNotContain("7B-0042");
        JsonNode reply = tree("c2bName/reply");
        assertThat(names.reply(question, "Amina Otieno")).isEqualTo(reply);
        assertThat(names.reply(question, new C2bName.Reply(" Amina Otieno "))).isEqualTo(reply);
        assertThat(names.reply(question, Map.of("accountName", "Amina Otieno"))).isEqualTo(reply);
        assertThat(names.reply(question, "{\"name\":\"Amina Otieno\"}")).isEqualTo(reply);
        assertThat(names.url()).isNull();
    }

    @Test
    void nobodyIsNoName() {
        C2bName.Question question = names.question(object("c2bName/question"));

        assertThat(names.reply(question, null)).isNull();
        assertThat(names.reply(question, " ")).isNull();
        assertThat(names.reply(question, Map.of())).isNull();
        assertThat(names.reply(question, "{oops")).isNull();
        assertThat(names.reply(question, question)).isNull();
        assertThat(names.reply(null, "Amina")).isNull();
        assertThat(names.defaultReply(question, "Amina")).isNull();
        assertThat(names.question(json("{\"requestId\":\"x\"}"))).isNull();
    }
}
