package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tolerant in reading, strict in meaning. */
class StkMessagesTest {

    private final StkPush push = new StkPush();
    private final StkQuery query = new StkQuery();

    private static JsonObject json(String text) {
        return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String item(String name, String value) {
        return "{\"Name\":\"" + name + "\",\"Value\":" + value + "}";
    }

    private Outcome callback(String inner) {
        return push.callback(json("{\"Body\":{\"stkCallback\":{" + inner + "}}}")).build();
    }

    @Property(tries = 300)
    void orderAndTypesDoNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> items = new ArrayList<>(List.of(
                item("Amount", List.of("1500", "\"1500.00\"", "1.5E3").get(random.nextInt(3))),
                item("MpesaReceiptNumber", "\"UKL7ABCDE1\""),
                random.nextBoolean() ? "{\"Name\":\"Balance\"}" : item("Balance", "null"),
                item("TransactionDate", random.nextBoolean() ? "20261121103000" : "\"20261121103000\""),
                item("PhoneNumber", random.nextBoolean() ? "254712345678" : "\"254712345678\"")));
        Collections.shuffle(items, random);

        Outcome outcome = callback("\"extra\":[1],\"CallbackMetadata\":{\"Item\":[" + String.join(",", items)
                + "]},\"ResultDesc\":\"ok\",\"ResultCode\":" + (random.nextBoolean() ? "0" : "\"0\"")
                + ",\"CheckoutRequestID\":\"ws_CO_1\",\"MerchantRequestID\":\"m\"");

        assertThat(outcome.isCompleted()).isTrue();
        assertThat(outcome.amount()).isEqualByComparingTo("1500");
        assertThat(outcome.receiptNumber()).isEqualTo("UKL7ABCDE1");
        assertThat(outcome.phoneNumber()).isEqualTo("254712345678");
        assertThat(outcome.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T10:30:00+03:00"));
        assertThat(outcome.details()).containsKeys("Balance", "extra").containsEntry("MpesaReceiptNumber", "UKL7ABCDE1");
    }

    @Test
    void aSingleItemMayStandWithoutItsList() {
        Outcome outcome = callback("\"ResultCode\":0,\"CallbackMetadata\":{\"Item\":" + item("MpesaReceiptNumber", "\"UKL7ABCDE1\"")
                + "}");

        assertThat(outcome.receiptNumber()).isEqualTo("UKL7ABCDE1");
        assertThat(outcome.amount()).isNull();
    }

    @Test
    void aGenericIdIsNoReceipt() {
        assertThat(callback("\"ResultCode\":0,\"CallbackMetadata\":{\"Item\":[" + item("MpesaReceiptNumber", "\"UK10000000\"") + "]}")
                .receiptNumber()).isNull();
    }

    @Test
    void anUnknownCodeFailsInACallbackAndIsPendingInAQuery() {
        Outcome outcome = callback("\"ResultCode\":7777,\"ResultDesc\":\"new\"");

        assertThat(outcome.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(outcome.resultCode()).isEqualTo("7777");
        assertThat(outcome.resultCategory()).isEqualTo(ResultCategory.UNKNOWN);
        assertThat(outcome.retriable()).isFalse();
        assertThat(query.answer(json("{\"ResponseCode\":\"0\",\"ResultCode\":\"7777\"}")).build().status())
                .isEqualTo(PaymentStatus.PENDING);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"Body\":{}}", "{\"Body\":null}", "{\"Body\":[1]}", "{\"Body\":{\"stkCallback\":\"x\"}}",
        "{\"Body\":{\"stkCallback\":{\"ResultCode\":null}}}", "{\"Body\":{\"stkCallback\":{\"ResultCode\":{}}}}",
        "{\"Body\":{\"stkCallback\":{\"ResultCode\":1E999999999}}}" })
    void whatDoesNotSayWhatBecameOfItIsNoOutcome(String text) {
        JsonObject message = json(text);

        assertThat(message == null ? null : push.callback(message)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "[]", "\"text\"", "{", "{\"a\":1}{\"b\":2}", "<html></html>" })
    void whatIsNoObjectIsNotRead(String text) {
        assertThat(json(text)).isNull();
    }

    @Property(tries = 500)
    void noBytesBreakTheReader(@ForAll byte[] bytes) {
        JsonObject object = Json.readObject(bytes);

        assertThat(object == null || push.callback(object) == null).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "The transaction is being processed", "The transaction does not Exist", "" })
    void pendingHasDisguises(String text) {
        assertThat(query.isPending(new ErrorDetails("stkQuery", "shop", 500, "500.001.1001", text, null))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "Merchant does not exist", "Wrong credentials", "Unable to lock subscriber" })
    void otherErrorsWithTheSameCodeAreErrors(String text) {
        assertThat(query.isPending(new ErrorDetails("stkQuery", "shop", 500, "500.001.1001", text, null))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "\"0\"", "0.0", "\" 0\"", "\"00\"" })
    void zeroIsZeroHoweverItIsWritten(String code) {
        assertThat(callback("\"ResultCode\":" + code).isCompleted()).isTrue();
    }

    @Test
    void aFailureHasNoReceipt() {
        assertThat(callback("\"ResultCode\":1032,\"CallbackMetadata\":{\"Item\":[" + item("MpesaReceiptNumber", "\"UKL7ABCDE1\"")
                + "]}").receiptNumber()).isNull();
    }

    @Test
    void aPhoneInAnotherFormIsTheSamePhone() {
        assertThat(callback("\"ResultCode\":0,\"CallbackMetadata\":{\"Item\":[" + item("PhoneNumber", "\"0711 222 333\"")
                + "]}").phoneNumber()).isEqualTo("254711222333");
    }

    @Test
    void whatIsNoPairIsKept() {
        assertThat(callback("\"ResultCode\":0,\"CallbackMetadata\":{\"Item\":\"no list\",\"more\":7}").details())
                .containsEntry("CallbackMetadata", Map.of("Item", "no list", "more", 7));
        assertThat(callback("\"ResultCode\":0,\"CallbackMetadata\":{\"Item\":[{\"Value\":\"nameless\"}]}").details())
                .containsEntry("CallbackMetadata", Map.of("Item", List.of(Map.of("Value", "nameless"))));
    }

    @Test
    void aNameThatMeansTwoThingsKeepsBoth() {
        assertThat(callback("\"ResultCode\":0,\"CallbackMetadata\":{\"Item\":[" + item("ResultDesc", "\"inner\"")
                + "]},\"ResultDesc\":\"outer\"").details()).containsEntry("ResultDesc", List.of("outer", "inner"));
    }

    @Test
    void whatStandsBesideTheCallbackIsKept() {
        JsonObject message = json("{\"Body\":{\"stkCallback\":{\"ResultCode\":0},\"inner\":1},\"outer\":2}");

        assertThat(push.callback(message).build().details())
                .containsEntry("inner", 1).containsEntry("outer", 2).doesNotContainKey("Body");
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"ResultCode\":\"0\"", "\"ResponseCode\":\"1\",\"ResultCode\":\"0\"",
        "\"ResponseCode\":\"0\"", "\"ResultCode\":\"1032\"" })
    void aQueryNeedsBothCodes(String codes) {
        assertThat(query.answer(json("{" + codes + "}")).build().status()).isEqualTo(PaymentStatus.PENDING);
    }
}
