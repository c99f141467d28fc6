package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.cameldaraja.simulator.stk.StkFamily;

class QueryTest extends SimulatorTest {

    @Test
    void hasThreeWaysToSayPending() {
        sim.clock().freeze();
        String id = shop.accepted(Shop.PHONE, 5);

        for (int round = 0; round < 2; round++) {
            assertAnswer(shop.query(id), 200, "\"ResultCode\":\"4999\"");
            assertAnswer(shop.query(id), 500, "The transaction is being processed");
            assertAnswer(shop.query(id), 200, "\"errorMessage\":\"\"");
        }
        sim.clock().advance(Duration.ofSeconds(1));
        assertAnswer(shop.query(id), 200, "\"ResultCode\":\"0\"");
        assertAnswer(shop.query(id), 200, "\"ResultCode\":\"0\"");
        assertThat(sim.counters().queries()).isEqualTo(8);
    }

    @Test
    void doesNotKnowOtherIds() {
        assertAnswer(shop.query("ws_CO_1"), 500, "The transaction does not Exist");
    }

    @Test
    void checksItsFieldsAndThePassword() {
        assertAnswer(shop.post(StkFamily.QUERY_PATH, shop.queryBody("")), 400, "Invalid CheckoutRequestID");
        assertAnswer(shop.post(StkFamily.QUERY_PATH, shop.queryBody("x").put("Password", "x")),
                500, "Wrong credentials");
        assertAnswer(shop.post(StkFamily.QUERY_PATH, shop.queryBody("x").put("BusinessShortCode", "111111")),
                500, "Merchant does not exist");
    }

    @Test
    void tellsAnotherTextThanTheCallback() {
        sim.faults().nextPush(Script.result(1037));
        String id = shop.accepted(Shop.PHONE, 5);
        sim.clock().advance(Duration.ofSeconds(1));
        assertAnswer(shop.query(id), 200, "No response from user.");
    }

    @Test
    void followsFaults() {
        String id = shop.accepted(Shop.PHONE, 5);
        sim.clock().advance(Duration.ofSeconds(1));

        assertAnswer(faulty(QueryFault.SPURIOUS_DOES_NOT_EXIST, id), 500, "The transaction does not Exist");
        assertAnswer(faulty(QueryFault.BEING_PROCESSED_500, id), 500, "The transaction is being processed");
        assertAnswer(faulty(QueryFault.PENDING_4999, id), 200, "\"ResultCode\":\"4999\"");
        assertAnswer(faulty(QueryFault.EMPTY_MESSAGE_200, id), 200, "\"errorMessage\":\"\"");
        assertAnswer(faulty(QueryFault.SPIKE_ARREST_429, id), 429, "SpikeArrestViolation");
        assertAnswer(faulty(QueryFault.HTML_503, id), 503, "Incapsula");
        assertThat(faulty(QueryFault.EMPTY_401, id).body()).isEmpty();
        assertThatThrownBy(() -> faulty(QueryFault.RESET, id)).isInstanceOf(UncheckedIOException.class);
        assertAnswer(shop.query(id), 200, "\"ResultCode\":\"0\"");
    }

    @Test
    void liesNowAndThen() {
        String id = shop.accepted(Shop.PHONE, 5);
        sim.clock().advance(Duration.ofSeconds(1));
        sim.faults().spuriousQueries(3);

        assertAnswer(shop.query(id), 200, "\"ResultCode\":\"0\"");
        assertAnswer(shop.query(id), 200, "\"ResultCode\":\"0\"");
        assertAnswer(shop.query(id), 500, "The transaction does not Exist");
        assertAnswer(shop.query(id), 200, "\"ResultCode\":\"0\"");
    }

    @Test
    void limitsQueries() {
        try (DarajaSimulator limited = DarajaSimulator.start(SimulatorSettings.defaults().withQueryLimit(true));
                Shop other = new Shop(limited)) {
            assertAnswer(other.query("x"), 500, "does not Exist");
            assertAnswer(other.query("x"), 429, "messagesPerPeriod=5");
            limited.clock().advance(Duration.ofSeconds(12));
            assertAnswer(other.query("x"), 500, "does not Exist");
            limited.reset();
            other.forgetToken();
            assertAnswer(other.query("x"), 500, "does not Exist");
        }
    }

    private HttpResponse<String> faulty(QueryFault fault, String id) {
        sim.faults().nextQuery(fault);
        return shop.query(id);
    }

    private static void assertAnswer(HttpResponse<String> answer, int status, String text) {
        assertThat(answer.body()).contains(text);
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
