package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest extends SimulatorTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "8", "17", "1001", "1019", "1025", "1032", "1036", "1037", "2001",
        "2028", "8006", "9999", "SFC_IC0003"})
    void endsAsScripted(String code) {
        sim.faults().nextPush(Script.result(code));
        String id = shop.accepted(Shop.PHONE, 40);
        sim.clock().advance(Duration.ofSeconds(1));

        await().until(() -> shop.callbacks.size() == 1);
        Shop.Received callback = shop.callbacks.get(0);
        assertThat(callback.id()).isEqualTo(id);
        assertThat(callback.code()).isEqualTo(code);
        assertThat(callback.json().at("/Body/stkCallback/ResultDesc").textValue()).isNotBlank();
        assertThat(callback.json().at("/Body/stkCallback").has("CallbackMetadata")).isFalse();
        assertThat(shop.json(shop.query(id)).path("ResultCode").textValue()).isEqualTo(code);
        assertThat(sim.books().entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"254700000000, 0", "254700000001, 1", "254700000002, 2", "254700000003, 3", "254700000004, 4",
        "254700000008, 8", "254700000010, 1001", "254700000017, 17", "254700000019, 1019", "254700000020, 2001",
        "254700000025, 1025", "254700000028, 2028", "254700000032, 1032", "254700000036, 1036",
        "254700000037, 1037", "254700000053, SFC_IC0003", "254700000080, 8006", "254700000099, 9999"})
    void testNumbersKeepTheirPromise(String phone, String code) {
        shop.accepted(phone, 40);
        sim.clock().advance(Duration.ofSeconds(61));

        await().until(() -> shop.callbacks.size() == 1);
        assertThat(shop.callbacks.get(0).code()).isEqualTo(code);
    }

    @Test
    void poorCustomersCannotPay() {
        sim.customers().add(Shop.PHONE, 39, "4321");
        String id = shop.accepted(Shop.PHONE, 40);
        sim.clock().advance(Duration.ofSeconds(1));

        assertThat(shop.query(id).body()).contains("\"ResultCode\":\"1\"");
        assertThat(sim.books().customerBalance(Shop.PHONE)).isEqualTo(39);
        sim.books().verify();
    }

    @Test
    void promptsExpire() {
        sim.clock().freeze();
        sim.faults().nextPush(Script.neverAnswers());
        String id = shop.accepted(Shop.PHONE, 40);
        sim.clock().advance(Duration.ofSeconds(59));
        assertThat(shop.query(id).body()).contains("4999");
        sim.clock().advance(Duration.ofSeconds(1));
        assertThat(shop.query(id).body()).contains("\"ResultCode\":\"1037\"");
        await().until(() -> shop.callbacks.size() == 1);
    }

    @Test
    void tillsNeedTheirStoreNumber() {
        ObjectNode good = buyGoods(sim.credentials().storeNumber(), sim.credentials().tillNumber());
        shop.push(good);
        sim.clock().advance(Duration.ofSeconds(1));
        // each callback has a connection of its own, so the second could overtake the first
        await().until(() -> shop.callbacks.size() == 1);
        ObjectNode bad = buyGoods(sim.credentials().storeNumber(), sim.credentials().storeNumber());
        String id = shop.json(shop.push(bad)).path("CheckoutRequestID").textValue();
        sim.clock().advance(Duration.ofSeconds(1));

        assertThat(sim.books().merchantBalance(sim.credentials().tillNumber())).isEqualTo(30);
        assertThat(sim.books().merchantBalance(sim.credentials().storeNumber())).isEqualTo(30);
        assertThat(sim.books().payments()).hasSize(1);
        assertThat(shop.query(id).body()).as("pushed by the store, asked by the pay bill: belongs to another short code").contains("does not Exist");
        await().until(() -> shop.callbacks.size() == 2);
        assertThat(shop.callbacks).extracting(Shop.Received::code).containsExactly("0", "2028");
    }

    @Test
    void theTwoMinutesRule() {
        try (DarajaSimulator ruled = DarajaSimulator.start(SimulatorSettings.defaults().withRule17(true));
                Shop other = new Shop(ruled)) {
            ruled.clock().freeze();
            for (int i = 0; i < 2; i++) {
                other.accepted(Shop.PHONE, 40);
                ruled.clock().advance(Duration.ofSeconds(1));
            }
            other.accepted(Shop.PHONE, 41);
            ruled.clock().advance(Duration.ofSeconds(120));
            other.accepted(Shop.PHONE, 40);
            ruled.clock().advance(Duration.ofSeconds(1));
            assertThat(ruled.books().payments()).extracting(entry -> entry.amount().intValue())
                    .containsExactly(40, 41, 40);
            await().until(() -> other.callbacks.size() == 4);
            assertThat(other.callbacks).extracting(Shop.Received::code).contains("17");
        }
    }

    @Test
    void peopleAnswerAtTheHandset() {
        sim.clock().freeze();
        sim.customers().add(Shop.PHONE, 100, "4321");
        sim.faults().forPhone(Shop.PHONE, Script.pays().offeredToHandset());

        assertThat(answer(60, "4321")).isEqualTo("0");
        assertThat(answer(60, "4321")).isEqualTo("1");
        assertThat(answer(10, "1111")).isEqualTo("2001");
        String id = shop.accepted(Shop.PHONE, 10);
        sim.handset().cancel(id);
        assertThat(shop.query(id).body()).contains("\"ResultCode\":\"1032\"");
        assertThatThrownBy(() -> sim.handset().cancel(id)).isInstanceOf(IllegalArgumentException.class);
        assertThat(sim.handset().prompts(Shop.PHONE)).isEmpty();
        String left = shop.accepted(Shop.PHONE, 10);
        sim.clock().advance(Duration.ofMinutes(1));
        assertThat(shop.query(left).body()).contains("\"ResultCode\":\"1037\"");
    }

    @Test
    void countsOnlyPromptsThatWereShown() {
        sim.faults().nextPush(Script.result(1025));
        shop.accepted(Shop.PHONE, 10);
        sim.clock().advance(Duration.ofSeconds(1));
        sim.faults().nextPush(Script.result(1032));
        shop.accepted(Shop.PHONE, 10);

        assertThat(sim.counters().prompts(Shop.PHONE)).isEqualTo(1);
        assertThat(sim.counters().acceptedPushes()).isEqualTo(2);
    }

    private String answer(int amount, String pin) {
        String id = shop.accepted(Shop.PHONE, amount);
        Prompt prompt = sim.handset().prompts(Shop.PHONE).get(0);
        assertThat(prompt.checkoutRequestId()).isEqualTo(id);
        assertThat(prompt.amount()).isEqualTo(amount);
        sim.handset().enterPin(id, pin);
        return shop.json(shop.query(id)).path("ResultCode").textValue();
    }

    private ObjectNode buyGoods(String shortCode, String till) {
        ObjectNode body = shop.pushBody(Shop.PHONE, 30);
        body.put("BusinessShortCode", Integer.parseInt(shortCode));
        shop.sign(body, shortCode);
        body.put("TransactionType", "CustomerBuyGoodsOnline");
        body.put("PartyB", till);
        return body;
    }
}
