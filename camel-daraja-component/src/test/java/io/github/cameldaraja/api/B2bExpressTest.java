package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.OwnSamples.json;
import static io.github.cameldaraja.api.OwnSamples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A till's owner is asked to pay. */
class B2bExpressTest {

    private final B2bExpress api = new B2bExpress();

    @Test
    void theRequestIsTheSample() {
        assertThat(OwnSamples.wire(api, new B2bExpress.Request("300411", 2750, "CRATES-88", "Kilimo Wholesale")))
                .isEqualTo(read("b2bExpress/request").toMap());
    }

    @Test
    void theAcknowledgementIsNoPayment() {
        JsonObject answer = read("b2bExpress/response");

        assertThat(api.success().refusal(answer, true)).isEmpty();
        Acknowledgement acknowledgement = api.acknowledgement(answer);
        assertThat(acknowledgement.status()).isEqualTo(PaymentStatus.PENDING);
        assertThat(acknowledgement.responseCode()).isEqualTo("0");
    }

    @Test
    void aPaidPromptHasItsReceipt() {
        Outcome outcome = api.callback(read("b2bExpress/callback-success")).build();

        assertThat(outcome.isCompleted()).isTrue();
        assertThat(outcome.receiptNumber()).isEqualTo("UKL7QWE3RT");
        assertThat(outcome.amount()).isEqualByComparingTo("2750");
        assertThat(outcome.conversationId()).startsWith("AG_");
        assertThat(outcome.phoneNumber()).isNull();
        assertThat(outcome.details()).containsEntry("requestId", "0192f5b6c7d8e9f00112233445566778");
    }

    @Test
    void aNoIsANo() {
        Outcome outcome = api.callback(read("b2bExpress/callback-cancelled")).build();

        assertThat(outcome.status()).isEqualTo(PaymentStatus.CANCELLED);
        assertThat(outcome.accountReference()).isEqualTo("CRATES-88");
        assertThat(outcome.receiptNumber()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"4102, CONFIGURATION, false", "4104, CONFIGURATION, false", "4201, SYSTEM, true", "4203, SYSTEM, true",
            "4999, UNKNOWN, false"})
    void codes(String code, ResultCategory category, boolean retriable) {
        Outcome outcome = api.callback(json("{'resultCode':" + code + "}")).build();

        assertThat(outcome.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(outcome.resultCode()).isEqualTo(code);
        assertThat(outcome.resultCategory()).isEqualTo(category);
        assertThat(outcome.retriable()).isEqualTo(retriable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'code':'1','status':'no'}", "{'code':'4102'}"})
    void anotherCodeIsARefusal(String answer) {
        assertThat(api.success().refusal(json(answer), true).orElseThrow().kind()).isEqualTo(ErrorKind.REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'code':null}", "{'status':'USSD Initiated Successfully'}", "{'code':'500'}"})
    void whatSaysNothingLeavesDoubt(String answer) {
        assertThat(api.success().refusal(json(answer), true).orElseThrow().kind()).isEqualTo(ErrorKind.UNKNOWN);
    }

    @Test
    void theComponentFillsWhoIsPaid() {
        for (String owned : api.owned()) {
            assertThatThrownBy(() -> api.field(owned)).isInstanceOf(InvalidFieldException.class)
                    .hasMessageContaining("component");
        }
        assertThatThrownBy(() -> Fields.check(api, Map.of("payer", "30", "amount", 5, "partnerName", "x")))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("primaryShortCode");
    }

    @Property(tries = 200)
    void orderAndTypesDoNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> members = new ArrayList<>(List.of(
                "'resultCode':" + (random.nextBoolean() ? "0" : "'0'"),
                "'amount':" + List.of("2750", "'2750.0'", "2.75E3").get(random.nextInt(3)),
                "'" + (random.nextBoolean() ? "transactionId" : "TransactionID") + "':'UKL7QWE3RT'",
                "'resultDesc':" + (random.nextBoolean() ? "null" : "''"),
                "'unknown':{'a':[1]}"));
        Collections.shuffle(members, random);

        Outcome outcome = api.callback(json("{" + String.join(",", members) + "}")).build();

        assertThat(outcome.isCompleted()).isTrue();
        assertThat(outcome.amount()).isEqualByComparingTo("2750");
        assertThat(outcome.receiptNumber()).isEqualTo("UKL7QWE3RT");
        assertThat(outcome.details()).containsKey("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'resultCode':null}", "{'resultCode':''}", "{'resultCode':[]}", "{'resultDesc':'paid'}"})
    void whatDoesNotSayWhatBecameOfItIsNoOutcome(String message) {
        assertThat(api.callback(json(message))).isNull();
    }
}
