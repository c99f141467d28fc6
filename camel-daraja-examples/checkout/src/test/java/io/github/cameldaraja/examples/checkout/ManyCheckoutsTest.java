package io.github.cameldaraja.examples.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.examples.checkout.demo.Answer;
import io.github.cameldaraja.examples.checkout.demo.Audit;
import io.github.cameldaraja.examples.checkout.demo.LocalShop;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Prompt;
import io.github.cameldaraja.simulator.RecordedCallback;
import io.github.cameldaraja.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A queue at the till: five hundred customers look at their phones at once, and the shop hardly notices. */
class ManyCheckoutsTest {

    private static final int CUSTOMERS = 500;
    private static final int AT_ONCE = 50;

    @ParameterizedTest
    @MethodSource("io.github.cameldaraja.examples.checkout.Dsls#tested")
    void manyWaitAtOnceWithoutThreads(CheckoutApp.Dsl dsl, @TempDir Path data) {
        try (DarajaSimulator safaricom = DarajaSimulator.start(SimulatorSettings.defaults().withHandset(true));
             LocalShop shop = LocalShop.open(safaricom, dsl, LocalShop.Ports.FREE, data)) {
            // however slow the machine, nobody loses patience
            safaricom.clock().freeze();
            Set<Thread> before = shopThreads();
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                answers.add(shop.buys("2547220%05d".formatted(customer), 10 + customer, "Shoes"));
            }
            LocalShop.until("all prompts", () -> safaricom.handset().prompts().size() == CUSTOMERS);
            assertThat(answers).noneMatch(CompletableFuture::isDone);
            Set<Thread> more = shopThreads();
            more.removeAll(before);

            int answered = 0;
            for (Prompt prompt : safaricom.handset().prompts()) {
                safaricom.handset().enterPin(prompt.checkoutRequestId(), "1234");
                if (++answered % AT_ONCE == 0) {
                    int callbacks = answered;
                    LocalShop.until("callbacks", () -> safaricom.callbacks().size() == callbacks);
                }
            }

            assertThat(answers).allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(OrderStatus.PAID));
            Duration slowest = safaricom.callbacks().stream().map(RecordedCallback::took).max(Comparator.naturalOrder()).orElseThrow();
            System.out.printf("%s: %d checkouts waited with %d threads more; the slowest callback was answered in %d ms%n", dsl,
                    CUSTOMERS, more.size(), slowest.toMillis());
            assertThat(more).as("threads more than before").hasSizeLessThanOrEqualTo(40);
            assertThat(safaricom.callbacks()).hasSize(CUSTOMERS).allSatisfy(callback -> assertThat(callback.status()).isEqualTo(200));
            assertThat(slowest).isLessThan(Duration.ofSeconds(5));
            assertThat(new Audit(shop).agrees()).isTrue();
        }
    }

    // all but the simulator's and the browser's
    private static Set<Thread> shopThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> {
            String name = thread.getName();
            return !name.startsWith("vert.x-") && !name.startsWith("HttpClient-") && !name.startsWith("browser");
        }).collect(Collectors.toSet());
    }
}
