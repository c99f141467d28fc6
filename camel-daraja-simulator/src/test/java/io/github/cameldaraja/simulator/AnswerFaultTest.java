package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerFaultTest extends SimulatorTest {

    static Stream<Arguments> withoutBooking() {
        Script pays = Script.pays();
        return Stream.of(
                Arguments.of(pays.errorBeforeAccepting(400, "400.001", "Invalid ShortCode"), 400, "400.001"),
                Arguments.of(pays.html503(), 503, "Incapsula incident ID"),
                Arguments.of(pays.empty401(), 401, ""),
                Arguments.of(pays.spikeArrest(), 429, "policies.ratelimit.SpikeArrestViolation"),
                Arguments.of(pays.spikeArrestGateway(), 500, "Error Occurred: Spike Arrest Violation"),
                Arguments.of(pays.quota(), 500, "500.003.03"),
                Arguments.of(pays.systemBusy(), 500, "System is busy"),
                Arguments.of(pays.unableToLock(), 500, "Unable to lock subscriber"),
                Arguments.of(pays.revokedToken(), 404, "404.001.03"),
                Arguments.of(pays.apiProductFault(), 401, "no apiproduct match found"),
                Arguments.of(pays.errorWith200(), 200, "500.003.02"),
                Arguments.of(pays.soapFault(), 500, "\"Envelope\""));
    }

    @ParameterizedTest
    @MethodSource("withoutBooking")
    void booksNothing(Script script, int status, String text) {
        sim.faults().forPhoneOnce(Shop.PHONE, script);

        HttpResponse<String> answer = shop.push(Shop.PHONE, 70);

        sim.clock().advance(Duration.ofMinutes(2));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
        assertThat(sim.counters().acceptedPushes()).isZero();
        assertThat(sim.counters().refused()).isEqualTo(1);
        assertThat(sim.books().entries()).isEmpty();
        assertThat(sim.counters().callbacksSent()).isZero();
        shop.forgetToken();
        shop.accepted(Shop.PHONE, 70);
    }

    static Stream<Arguments> withBooking() {
        Script pays = Script.pays();
        return Stream.of(
                Arguments.of(pays.errorAfterAccepting(), 500, "500.003.1001"),
                Arguments.of(pays.html503AfterAccepting(), 503, "503 Service Unavailable"),
                Arguments.of(pays.emptyBody(), 200, ""));
    }

    @ParameterizedTest
    @MethodSource("withBooking")
    void booksInSpiteOfTheAnswer(Script script, int status, String text) {
        sim.faults().nextPush(script);

        HttpResponse<String> answer = shop.push(Shop.PHONE, 70);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(text).doesNotContain("Incapsula", "CheckoutRequestID");
        assertPaid();
    }

    @Test
    void resetsBeforeAccepting() {
        sim.faults().nextPush(Script.pays().resetBeforeAccepting());
        assertThatThrownBy(() -> shop.push(Shop.PHONE, 70)).isInstanceOf(UncheckedIOException.class);
        assertThat(sim.counters().acceptedPushes()).isZero();
        assertThat(sim.requests().get(1).status()).isEqualTo(-1);
    }

    @Test
    void resetsAfterAccepting() {
        sim.faults().nextPush(Script.pays().resetAfterAccepting());
        assertThatThrownBy(() -> shop.push(Shop.PHONE, 70)).isInstanceOf(UncheckedIOException.class);
        assertPaid();
    }

    @Test
    void answersLate() {
        shop.token();
        sim.faults().nextPush(Script.pays().slowAnswer(Duration.ofMillis(900)));
        long start = System.nanoTime();
        shop.accepted(Shop.PHONE, 70);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(890));
        assertThat(sim.books().payments()).as("the customer answered meanwhile").hasSize(1);
    }

    @Test
    void revokesTheTokenOnce() {
        sim.faults().forPhoneOnce(Shop.PHONE, Script.result(1032).revokedToken());
        assertThat(shop.push(Shop.PHONE, 70).body()).contains("404.001.03");
        assertThat(shop.push(Shop.PHONE, 70).body()).as("the token is dead").contains("404.001.03");
        shop.forgetToken();
        String id = shop.accepted(Shop.PHONE, 70);
        sim.clock().advance(Duration.ofSeconds(1));
        assertThat(shop.query(id).body()).contains("\"ResultCode\":\"1032\"");
    }

    @Test
    void scriptsHaveAnOrder() {
        sim.faults().forPhone(Shop.PHONE, Script.pays().quota());
        sim.faults().nextPush(Script.pays().empty401());
        sim.faults().forPhoneOnce(Shop.PHONE, Script.pays().html503());

        assertThat(shop.push(Shop.PHONE, 1).statusCode()).isEqualTo(503);
        assertThat(shop.push(Shop.PHONE, 1).statusCode()).isEqualTo(401);
        assertThat(shop.push(Shop.PHONE, 1).body()).contains("Quota");
        assertThat(shop.push(Shop.PHONE, 1).body()).contains("Quota");
        sim.reset();
        shop.forgetToken();
        shop.accepted(Shop.PHONE, 1);
    }

    @Test
    void refusedPushesUseUpNoScript() {
        sim.faults().nextPush(Script.result(1032));
        shop.push(shop.pushBody(Shop.PHONE, 1).put("Password", "wrong"));
        String id = shop.accepted(Shop.PHONE, 1);
        sim.clock().advance(Duration.ofSeconds(1));
        assertThat(shop.query(id).body()).contains("1032");
    }

    @Test
    void latencyDelaysEverything() {
        SimulatorSettings slow = SimulatorSettings.defaults().withLatency(Duration.ofMillis(300));
        try (DarajaSimulator other = DarajaSimulator.start(slow); Shop client = new Shop(other)) {
            long start = System.nanoTime();
            client.token();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
        }
    }

    private void assertPaid() {
        await().until(() -> shop.callbacks.size() == 1);
        assertThat(shop.callbacks.get(0).code()).isEqualTo("0");
        assertThat(sim.books().payments()).hasSize(1);
        assertThat(sim.counters().acceptedPushes()).isEqualTo(1);
        sim.books().verify();
    }
}
