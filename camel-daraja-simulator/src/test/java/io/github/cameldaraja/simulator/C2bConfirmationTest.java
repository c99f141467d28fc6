package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class C2bConfirmationTest extends MerchantTest {

    private static final String PUSHED = "/pushed";

    @Test
    void confirmsPushesAfterTheirCallbacks() {
        register(payBill);
        sim.clock().freeze();
        shop.push(push());
        sim.clock().advance(Duration.ofMillis(300));
        await().until(() -> receiver.at(PUSHED).size() == 1);
        assertThat(receiver.at(CONFIRMATION)).isEmpty();
        sim.clock().advance(Duration.ofMillis(200));
        await().until(() -> receiver.at(CONFIRMATION).size() == 1);
        Receiver.Received news = receiver.at(CONFIRMATION).get(0);
        assertThat(news.text("TransID")).isEqualTo(sim.books().payments().get(0).receipt());
        assertThat(news.text("BillRefNumber")).isEqualTo("ORDER7");
    }

    @Test
    void confirmsPushesBeforeTheirCallbacks() {
        register(payBill);
        sim.c2b().allConfirmations(ConfirmationScript.usual().first());
        for (int i = 1; i <= 20; i++) {
            shop.push(push());
            sim.clock().advance(Duration.ofSeconds(1));
            int pairs = i;
            await().until(() -> receiver.all.size() == 2 * pairs);
        }
        assertThat(receiver.all).extracting(Receiver.Received::path)
                .startsWith(CONFIRMATION, PUSHED, CONFIRMATION, PUSHED)
                .endsWith(CONFIRMATION, PUSHED, CONFIRMATION, PUSHED);
    }

    @Test
    void waitsForNobodyAfterAReset() {
        register(payBill);
        receiver.ignore(CONFIRMATION);
        sim.c2b().nextConfirmation(ConfirmationScript.usual().first());
        shop.push(push());
        sim.clock().advance(Duration.ofSeconds(1));
        await().until(() -> receiver.at(CONFIRMATION).size() == 1);
        assertThat(receiver.at(PUSHED)).isEmpty();
        sim.reset();
        shop.forgetToken();
        shop.push(push());
        sim.clock().advance(Duration.ofSeconds(1));
        await().until(() -> receiver.at(PUSHED).size() == 1);
    }

    @Test
    void confirmsTillPushesWithoutReference() {
        register(store);
        Credentials c = sim.credentials();
        ObjectNode body = push().put("TransactionType", "CustomerBuyGoodsOnline")
                .put("BusinessShortCode", c.storeNumber()).put("PartyB", c.tillNumber());
        shop.sign(body, c.storeNumber());
        shop.push(body);
        sim.clock().advance(Duration.ofSeconds(1));
        await().until(() -> receiver.at(CONFIRMATION).size() == 1);
        assertThat(receiver.at(CONFIRMATION).get(0).json().path("BillRefNumber").textValue()).isEmpty();
    }

    @Test
    void saysNothingOfPushesThatFail() {
        register(payBill);
        sim.faults().nextPush(Script.result(1032));
        shop.push(push());
        sim.clock().advance(Duration.ofSeconds(1));
        await().until(() -> receiver.at(PUSHED).size() == 1);
        assertThat(sim.counters().count("c2b.confirmations")).isZero();
    }

    @Test
    void losesConfirmationsAndSendsThemAtLast() {
        register(payBill);
        sim.c2b().nextConfirmation(ConfirmationScript.usual().lost());
        String receipt = paid();
        assertThat(sim.counters().callbacksSent()).isZero();
        assertThat(sim.counters().count("c2b.confirmationsLost")).isEqualTo(1);
        assertThat(sim.c2b().resend(receipt).join()).isEqualTo(200);
        assertThat(receiver.at(CONFIRMATION)).extracting(news -> news.text("TransID")).containsExactly(receipt);
        assertThatThrownBy(() -> sim.c2b().resend("XX").join()).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(controlled("/c2b/confirmations/" + receipt + "/resend", "").path("status").asInt()).isEqualTo(200);
        assertThat(control("/c2b/confirmations/XX/resend", "").statusCode()).isEqualTo(404);
    }

    @Test
    void doublesConfirmations() {
        register(payBill);
        sim.c2b().confirmationsFor(Shop.PHONE, ConfirmationScript.usual().duplicate());
        paid();
        await().until(() -> receiver.at(CONFIRMATION).size() == 2);
        assertThat(receiver.at(CONFIRMATION).get(1).body()).isEqualTo(receiver.at(CONFIRMATION).get(0).body());
        assertThat(sim.books().payments()).hasSize(1);
    }

    @Test
    void delaysConfirmations() {
        register(payBill);
        sim.clock().freeze();
        sim.c2b().nextConfirmation(ConfirmationScript.usual().after(Duration.ofMinutes(5)));
        paid();
        assertThat(sim.counters().callbacksSent()).isZero();
        sim.clock().advance(Duration.ofMinutes(5));
        await().until(() -> receiver.at(CONFIRMATION).size() == 1);
    }

    @Test
    void neverRepeatsThemOnFailure() {
        register(payBill);
        receiver.reply(CONFIRMATION, 500, "");
        paid();
        await().until(() -> sim.callbacks().size() == 1);
        assertThat(sim.callbacks().get(0).status()).isEqualTo(500);
        sim.clock().advance(Duration.ofHours(2));
        assertThat(sim.counters().callbacksSent()).isEqualTo(1);
    }

    @Test
    void looksDifferentOnDemand() {
        register(payBill);
        ConfirmationScript usual = ConfirmationScript.usual();
        assertThat(news(usual.clearPhone()).path("MSISDN").asText()).isEqualTo(Shop.PHONE);
        assertThat(news(usual.hashedPhone()).path("MSISDN").asText()).matches("[0-9a-f]{64}");
        assertThat(news(usual.starredPhone()).path("MSISDN").asText()).isEqualTo("25472****001");
        assertThat(news(usual.firstNameOnly()).path("LastName").asText("?")).isEmpty();
        assertThat(news(usual.emptyNames()).path("FirstName").asText("?")).isEmpty();
        assertThat(news(usual.nullNames()).path("FirstName").isNull()).isTrue();
        assertThat(news(usual.withoutNames()).has("FirstName")).isFalse();
        assertThat(news(usual.nulls()).path("InvoiceNumber").isNull()).isTrue();
        assertThat(news(usual.wholeAmount()).path("TransAmount").textValue()).isEqualTo("20");
        assertThat(news(usual.numericAmount()).path("TransAmount").isNumber()).isTrue();
        assertThat(news(usual.wrongAmount(new BigDecimal("1"))).path("TransAmount").textValue()).isEqualTo("1");
        assertThat(news(usual.transactionType("")).path("TransactionType").asText("?")).isEmpty();
        assertThat(news(usual.withoutTime()).has("TransTime")).isFalse();
        assertThat(news(usual.permuted()).fieldNames().next()).isEqualTo("LastName");
        sim.c2b().nextConfirmation(usual.body("<oops/>"));
        paid();
        await().until(() -> receiver.all.stream().anyMatch(received -> received.body().equals("<oops/>")));
    }

    @Test
    void knowsEveryStepByControlCall() {
        List<String> methods = Arrays.stream(ConfirmationScript.class.getMethods())
                .filter(method -> method.getReturnType() == ConfirmationScript.class
                        && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName).toList();
        String known = control("/c2b/confirmations", "{\"?\": 1}").body();
        assertThat(methods).isNotEmpty().allMatch(known::contains);
        register(payBill);
        controlled("/c2b/confirmations", "{\"lost\": true}");
        controlled("/c2b/confirmations", "{\"all\": true, \"clearPhone\": true, \"after\": 0.5}");
        controlled("/c2b/confirmations", "{\"phone\": \"254722000002\", \"times\": 2, \"wrongAmount\": 3}");
        paid();
        paid();
        sim.c2b().pay("254722000002", payBill, "A", 20);
        sim.clock().advance(Duration.ofSeconds(1));
        await().until(() -> receiver.at(CONFIRMATION).size() == 3);
        assertThat(receiver.at(CONFIRMATION)).extracting(news -> news.text("TransAmount"))
                .containsExactlyInAnyOrder("20.00", "3", "3");
    }

    private JsonNode news(ConfirmationScript script) {
        receiver.all.clear();
        sim.c2b().nextConfirmation(script);
        paid();
        await().until(() -> receiver.at(CONFIRMATION).size() == 1);
        return receiver.at(CONFIRMATION).get(0).json();
    }

    private String paid() {
        String receipt = sim.c2b().pay(Shop.PHONE, payBill, "A", 20).join().receipt();
        sim.clock().advance(Duration.ofSeconds(1));
        return receipt;
    }

    private ObjectNode push() {
        return shop.pushBody(Shop.PHONE, 20).put("CallBackURL", receiver.url(PUSHED));
    }
}
