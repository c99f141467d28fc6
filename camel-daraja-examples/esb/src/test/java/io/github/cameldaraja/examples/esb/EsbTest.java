package io.github.cameldaraja.examples.esb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a message does, however often it is delivered, with the routes in Java and in YAML. One program serves all tests. */
@ParameterizedClass
@MethodSource("io.github.cameldaraja.examples.esb.Dsls#tested")
class EsbTest {

    private static final String PAYOUTS = "payouts";
    private static final String DEAD = "payouts-dead";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Fails after M-Pesa has acknowledged, as often as a test wants it to. */
    private static final class FailingPayouts extends Payouts {

        private final Map<String, AtomicInteger> taken = new ConcurrentHashMap<>();
        private final Map<String, AtomicInteger> told = new ConcurrentHashMap<>();
        private volatile int failures;
        private volatile int untold;

        private FailingPayouts() {
            super(4);
        }

        @Override
        public void taken(String reference, String status) {
            if (taken.computeIfAbsent(reference, name -> new AtomicInteger()).incrementAndGet() <= failures) {
                throw new IllegalStateException("something behind the payment is down");
            }
        }

        @Override
        public String tell(Outcome outcome, Exchange exchange) {
            if (told.computeIfAbsent(outcome.reference(), name -> new AtomicInteger()).incrementAndGet() <= untold) {
                throw new IllegalStateException("the broker is away");
            }
            return super.tell(outcome, exchange);
        }
    }

    @TempDir
    private static Path data;
    private static DarajaSimulator safaricom;
    private static FailingPayouts payouts;
    private static LocalEsb esb;
    private static Queues queues;
    private static int people;

    private final List<Message> outcomes = new ArrayList<>();
    private final List<Message> dead = new ArrayList<>();
    private String phone;

    EsbTest(EsbApp.Dsl dsl) {
    }

    @BeforeParameterizedClassInvocation
    static void open(EsbApp.Dsl dsl) throws Exception {
        safaricom = DarajaSimulator.start(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(50)));
        safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", BigDecimal.valueOf(1_000_000));
        payouts = new FailingPayouts();
        esb = LocalEsb.open(safaricom, dsl, data.resolve(dsl.name()), payouts);
        queues = new Queues(esb.broker());
    }

    @AfterParameterizedClassInvocation
    static void close() throws Exception {
        try (DarajaSimulator closing = safaricom; LocalEsb closed = esb; Queues first = queues) {
            closing.books().verify();
        }
    }

    @BeforeEach
    void anotherPerson() {
        phone = "2547221%05d".formatted(++people);
        payouts.failures = 0;
        payouts.untold = 0;
        payouts.taken.clear();
        payouts.told.clear();
    }

    @Test
    void aMessageIsAPayoutAndItsOutcomeIsTold() throws Exception {
        String id = send(300, Map.of());

        TextMessage told = (TextMessage) told(1).get(0);
        assertThat(told.getJMSCorrelationID()).isEqualTo(id);
        assertThat(told.getStringProperty("DarajaStatus")).isEqualTo("COMPLETED");
        JsonNode outcome = JSON.readTree(told.getText());
        assertThat(outcome.path("status").asText()).isEqualTo("COMPLETED");
        assertThat(outcome.path("verdict").asText()).isEqualToIgnoringCase("applied");
        assertThat(outcome.path("idempotencyKey").asText()).isEqualTo("m/" + id);
        assertThat(outcome.path("reference").asText()).isEqualTo(told.getStringProperty("DarajaReference"));
        assertThat(outcome.path("receiptNumber").asText()).isEqualTo(paid().get(0).receipt());
        assertThat(outcome.path("details").size()).isPositive();
    }

    @Test
    void aMessageThatIsRolledBackAfterThePaymentPaysOnce() throws Exception {
        payouts.failures = 2;
        send(300, Map.of());

        told(1);
        await().until(() -> payouts.taken.values().stream().anyMatch(times -> times.get() == 3));
        isPaidOnce();
    }

    @Test
    void aMessageThatIsRolledBackTooOftenIsPaidOnceAndDead() throws Exception {
        payouts.failures = 100;
        String id = send(300, Map.of());

        TextMessage left = (TextMessage) dead(1).get(0);
        assertThat(left.getStringProperty(Payouts.REASON)).isEqualTo("something behind the payment is down");
        assertThat(left.getText()).isEqualTo(text(300));
        told(1);
        // whoever sends it again under the name that it had is not paid twice
        payouts.failures = 0;
        queues.send(PAYOUTS, left.getText(), Map.of(Payouts.PAYOUT_ID, "again-" + id));
        queues.send(PAYOUTS, left.getText(), Map.of(Payouts.PAYOUT_ID, "again-" + id));
        safaricom.clock().advance(Duration.ofMinutes(3));
        told(2);
        assertThat(paid()).hasSize(2);
    }

    @Test
    void whatIsOnePaymentToItsSenderIsPaidOnce() throws Exception {
        String payout = UUID.randomUUID().toString();
        for (int time = 0; time < 8; time++) {
            send(300, Map.of(Payouts.PAYOUT_ID, payout));
        }

        assertThat(told(1).get(0).getJMSCorrelationID()).isEqualTo(payout);
        await().until(() -> payouts.taken.values().stream().anyMatch(times -> times.get() == 8));
        isPaidOnce();
    }

    @Test
    void theSameNameForAnotherPaymentIsDead() throws Exception {
        String payout = UUID.randomUUID().toString();
        send(300, Map.of(Payouts.PAYOUT_ID, payout));
        told(1);
        send(301, Map.of(Payouts.PAYOUT_ID, payout));

        assertThat(dead(1).get(0).getStringProperty(Payouts.REASON)).contains("the idempotency key was used before");
        isPaidOnce();
    }

    @Test
    void anOutcomeThatTheBrokerDidNotTakeIsToldAgain() throws Exception {
        payouts.untold = 2;
        send(300, Map.of());
        await().until(() -> {
            safaricom.clock().advance(Duration.ofSeconds(10));
            // once more than that if the clock has jumped over a sign of life: the broker knows a repeat
            return payouts.told.values().stream().anyMatch(times -> times.get() >= 3);
        });

        assertThat(told(1).get(0).getStringProperty("DarajaStatus")).isEqualTo("COMPLETED");
        isPaidOnce();
    }

    @Test
    void aLostAcknowledgementIsOnePayment() throws Exception {
        safaricom.results().forReceiverOnce(phone, ResultScript.succeeds().resetAfterAccepting());
        send(300, Map.of());

        told(1);
        isPaidOnce();
    }

    @Test
    void whatMPesaDoesNotTakeNowComesAgain() throws Exception {
        safaricom.results().forReceiverOnce(phone, ResultScript.succeeds().spikeArrest());
        send(300, Map.of());

        told(1);
        isPaidOnce();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no json                                        | body
            {"amount": 300}                                | PartyB: is missing
            {"phoneNumber": "0733000001", "amount": 1.5}   | Amount: must be whole shillings
            {"phoneNumber": "12", "amount": 300}           | PartyB: must be a Kenyan mobile number
            {"phoneNumber": "0733000001", "amount": 300, "PartyA": "1"} | PartyA
            {"phoneNumber": "0733000001", "amount": 300, "CommandID": "SalaryPayment"} | CommandID: is pinned""")
    void poisonIsPutAsideWithItsReason(String text, String reason) throws Exception {
        int before = safaricom.counters().count("b2c.received");
        queues.send(PAYOUTS, text, Map.of("Colour", "blue"));

        TextMessage left = (TextMessage) dead(1).get(0);
        assertThat(left.getStringProperty(Payouts.REASON)).contains(reason).doesNotContain("0733000001");
        assertThat(left.getText()).isEqualTo(text);
        assertThat(left.getStringProperty("Colour")).isEqualTo("blue");
        assertThat(safaricom.counters().count("b2c.received")).isEqualTo(before);
    }

    private String send(int amount, Map<String, String> properties) throws JMSException {
        return queues.send(PAYOUTS, text(amount), properties);
    }

    private String text(int amount) {
        return "{\"phoneNumber\": \"%s\", \"amount\": %d}".formatted(phone, amount);
    }

    private List<Message> told(int times) {
        await().untilAsserted(() -> {
            outcomes.addAll(queues.take("payout-outcomes"));
            assertThat(outcomes).hasSizeGreaterThanOrEqualTo(times);
        });
        return outcomes;
    }

    private List<Message> dead(int times) {
        await().untilAsserted(() -> {
            dead.addAll(queues.take(DEAD));
            assertThat(dead).hasSizeGreaterThanOrEqualTo(times);
        });
        return dead;
    }

    private List<Transfer> paid() {
        return safaricom.books().transfers().stream().filter(transfer -> transfer.to().equals(phone)).toList();
    }

    // and told once, with nothing left over
    private void isPaidOnce() throws JMSException {
        assertThat(paid()).hasSize(1);
        outcomes.addAll(queues.take("payout-outcomes"));
        assertThat(outcomes).hasSize(1);
    }
}
