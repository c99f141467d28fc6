package io.github.cameldaraja.examples.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldaraja.simulator.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program is killed while customers look at their phones, started again, and in the end each order is what Safaricom says.
 * {@code -Dseed=…} repeats what was chosen, though not what the machine made of it.
 */
class KillTest {

    private static final String AMINA = "254722000001";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whoWaitedForTheAnswerFindsItLater(boolean paidWhileItIsDead) {
        try (KilledShop shop = new KilledShop(data, seed())) {
            shop.opens();
            shop.safaricom().faults().nextPush(Script.pays().offeredToHandset());
            CompletableFuture<Browser.Page> answer = shop.browser().buys("ORDER00001", AMINA, 250, PATIENCE);
            shop.until("the prompt", () -> !shop.safaricom().handset().prompts(AMINA).isEmpty());
            // the acknowledgement is stored
            shop.until("the answer to the push", () -> shop.safaricom().requests().stream()
                    .anyMatch(request -> request.path().contains("/stkpush/") && request.status() == 200));

            shop.isKilled();
            assertThatThrownBy(answer::join).hasRootCauseInstanceOf(IOException.class);
            if (paidWhileItIsDead) {
                enterPin(shop);
                shop.pass(KilledShop.DOWN);
            }
            shop.opens();
            if (!paidWhileItIsDead) {
                assertThat(shop.browser().looksAt("ORDER00001").join().status()).isEqualTo("OPEN");
                enterPin(shop);
            }

            assertThat(shop.browser().buys("ORDER00001", AMINA, 250, PATIENCE).join().status()).isEqualTo("PAID");
            assertThat(shop.browser().looksAt("ORDER00001").join().status()).isEqualTo("PAID");
            assertThat(shop.safaricom().counters().prompts(AMINA)).isEqualTo(1);
        }
    }

    @Test
    void aKillLosesNothingAndRepeatsNothing() {
        survives(2, 40);
    }

    @Test
    @Tag("long")
    void manyKillsLoseNothingAndRepeatNothing() {
        survives(Integer.getInteger("kills", 20), Integer.getInteger("payments", 800));
    }

    private void survives(int kills, int payments) {
        try (KilledShop shop = new KilledShop(data, seed())) {
            KilledShop.Result result = shop.survives(kills, payments);
            System.out.println(result);

            assertThat(result.credited()).as("%s", result).isEqualTo(result.booked());
            assertThat(result.credited()).as("%s", result).doesNotHaveDuplicates();
            assertThat(result.pushes()).as("%s", result).isPositive().isLessThanOrEqualTo(result.orders());
            assertThat(result.parked()).as("%s", result).isZero();
            assertThat(result.kills()).isEqualTo(kills);
        }
    }

    private static void enterPin(KilledShop shop) {
        shop.safaricom().handset().enterPin(shop.safaricom().handset().prompts(AMINA).get(0).checkoutRequestId(), "1234");
    }

    private static long seed() {
        return Long.getLong("seed", System.nanoTime());
    }
}
