package io.github.cameldaraja.examples.esb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.SimulatorSettings;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process with routes and broker is killed at any line, started again, and in the end everybody is paid once, and each outcome is
 * in the queue. {@code -Dseed=…} repeats what was chosen, though not what the machine made of it.
 */
class KillTest {

    private static final int MESSAGES = Integer.getInteger("messages", 100);
    private static final int KILLS = Integer.getInteger("kills", 4);
    private static final long LONGEST_WAIT_SECONDS = 120;
    // longer than it takes to find a process dead
    private static final Duration DOWN = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path data;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final EsbApp.Dsl dsl = random.nextBoolean() ? EsbApp.Dsl.JAVA : EsbApp.Dsl.YAML;
    private final Path log = Path.of("target", "esb-" + seed + ".log");
    private final int port = Program.freePort();
    private final DarajaSimulator safaricom = DarajaSimulator.start(SimulatorSettings.defaults()
            .withAnswerDelay(Duration.ofMillis(50)));
    private final Map<String, JsonNode> outcomes = new HashMap<>();
    private Map<String, String> settings;
    private Duration ahead = Duration.ZERO;
    private Program program;
    private int told;

    @AfterEach
    void close() {
        if (program != null) {
            program.kill();
        }
        safaricom.close();
    }

    @Test
    @Tag("long")
    void killsPayEverybodyOnceAndTellAllOfIt() throws Exception {
        settings = LocalEsb.settings(safaricom, port, Program.freePort(), data);
        settings.put("esb.consumers", "2");
        // a kill is a delivery too
        settings.put("esb.deliveries", "50");
        settings.put("camel.component.daraja.askAfter", "1s");
        settings.put("camel.component.daraja.askInterval", "1s");
        safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", BigDecimal.valueOf(10_000_000));
        start();
        until("the broker", () -> take("payout-outcomes") != null);
        List<String> asked = send();
        for (int kill = 0; kill < KILLS; kill++) {
            int busy = safaricom.counters().count("b2c.received") + 1 + random.nextInt(MESSAGES / KILLS);
            until("payouts", () -> safaricom.counters().count("b2c.received") >= busy
                    || safaricom.books().transfers().size() == MESSAGES);
            LockSupport.parkNanos(random.nextInt(30_000_000));
            kill(random.nextBoolean() ? Duration.ofSeconds(random.nextInt(60)) : DOWN);
        }
        // the last one is found dead after a while, too
        kill(DOWN);
        until("all outcomes", () -> {
            List<Message> more = take("payout-outcomes");
            if (more != null) {
                more.forEach(this::told);
            }
            return outcomes.size() == MESSAGES;
        });

        List<String> paid = new ArrayList<>(safaricom.books().transfers().stream()
                .map(transfer -> transfer.to() + " " + transfer.amount().longValueExact()).toList());
        Collections.sort(paid);
        String result = "esb: seed %d, routes in %s, %d kills, %d messages; paid: %d, told of: %d, in %d messages; requests: %d"
                .formatted(seed, dsl, KILLS + 1, MESSAGES, paid.size(), outcomes.size(), told,
                        safaricom.counters().count("b2c.received"));
        System.out.println(result);
        safaricom.books().verify();
        assertThat(paid).as(result).containsExactlyElementsOf(asked);
        assertThat(outcomes.values()).as(result).allSatisfy(outcome ->
                assertThat(outcome.path("status").asText()).isEqualTo("COMPLETED"));
        assertThat(take("payouts-dead")).isEmpty();
        assertThat(Files.readString(log)).doesNotContainPattern("25472[0-9]{7}");
    }

    private List<String> send() throws JMSException {
        List<String> asked = new ArrayList<>();
        try (Queues queues = new Queues("tcp://127.0.0.1:" + port)) {
            for (int number = 0; number < MESSAGES; number++) {
                String phone = "25472%07d".formatted(number);
                int amount = 10 + random.nextInt(1000);
                asked.add(phone + " " + amount);
                safaricom.results().forReceiverOnce(phone, switch (random.nextInt(8)) {
                    case 0 -> ResultScript.succeeds().resetAfterAccepting();
                    case 1 -> ResultScript.succeeds().callbackBeforeAnswer();
                    case 2 -> ResultScript.succeeds().spikeArrest();
                    case 3 -> ResultScript.succeeds().callbackTimes(3);
                    default -> ResultScript.succeeds();
                });
                queues.send("payouts", "{\"phoneNumber\": \"%s\", \"amount\": %d}".formatted(phone, amount),
                        random.nextBoolean() ? Map.of(Payouts.PAYOUT_ID, "wage-" + number) : Map.of());
            }
        }
        Collections.sort(asked);
        return asked;
    }

    private void told(Message message) {
        try {
            told++;
            JsonNode outcome = JSON.readTree(((TextMessage) message).getText());
            outcomes.put(outcome.path("reference").asText(), outcome);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    // null while nobody is there
    private List<Message> take(String queue) {
        try (Queues queues = new Queues("tcp://127.0.0.1:" + port)) {
            return queues.take(queue);
        } catch (JMSException e) {
            if (!program.runs()) {
                throw new IllegalStateException("it has ended by itself; see " + log.toAbsolutePath(), e);
            }
            return null;
        }
    }

    private void start() {
        program = Program.start(EsbAhead.class, settings, log, dsl.name(), ahead.toString());
    }

    // what Safaricom tells in the meantime finds nobody
    private void kill(Duration down) {
        program.kill();
        safaricom.clock().advance(down);
        ahead = ahead.plus(down);
        start();
    }

    private void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + what + ", seed " + seed + ", log " + log.toAbsolutePath()
                        + "; paid: " + safaricom.books().transfers().size() + ", told of: " + outcomes.size());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
