package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes of which one or another is killed again and again, in the middle of whatever it does, while customers pay, cancel
 * or do nothing, callbacks come late, twice or not at all, answers are lost, and tokens are revoked.
 *
 * <p>{@code -Dpayments=} and {@code -Dkills=} make it longer, {@code -Dseed=} makes the same choices again.
 */
@Tag("long")
class ManyKillsTest {

    private static final int PAYMENTS = Integer.getInteger("payments", 900);
    private static final int KILLS = Integer.getInteger("kills", 6);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void nothingIsLostAndNothingCountsTwice(@TempDir Path disks) {
        try (ThreeNodes shop = new ThreeNodes(disks, true)) {
            int each = PAYMENTS / (KILLS + 1);
            for (int kill = 0; kill < KILLS; kill++) {
                // somewhere between the first push and the last one of two processes
                int moment = shop.safaricom.counters().pushes() + random.nextInt(1, each * 2 / 3);
                begin(shop, kill * each, each);
                await().atMost(PATIENCE).until(() -> shop.safaricom.counters().pushes() >= moment);
                ThreeNodes.Node victim = shop.nodes.get(random.nextInt(shop.nodes.size()));
                victim.kill();
                if (random.nextBoolean()) {
                    shop.revoke();
                }
                victim.start();
                victim.awaitStart();
            }
            begin(shop, KILLS * each, PAYMENTS - KILLS * each);
            end(shop);
        }
    }

    private void begin(ThreeNodes shop, int from, int count) {
        IntStream.range(from, from + count).forEach(i -> shop.safaricom.faults().forPhone(Killing.phone(i), script()));
        int third = count / 3;
        shop.nodes.get(0).push(from, third);
        shop.nodes.get(1).push(from + third, third);
        shop.nodes.get(2).push(from + 2 * third, count - 2 * third);
    }

    private Script script() {
        Script pays = Script.pays().callbackAfter(Duration.ofSeconds(random.nextInt(30)));
        return switch (random.nextInt(20)) {
            case 0, 1 -> Script.pays().lostCallback();
            case 2 -> Script.result(1032);
            case 3 -> Script.neverAnswers();
            case 4 -> pays.duplicateCallback();
            case 5 -> pays.resetAfterAccepting();
            case 6 -> pays.errorAfterAccepting();
            case 7 -> Script.pays().callbackBeforeAnswer();
            default -> pays;
        };
    }

    private void end(ThreeNodes shop) {
        // what is pending is asked about; what nobody can ask about, for its process died too early, stands in the statement
        await().atMost(PATIENCE).until(() -> shop.ground.count("select count(*) from daraja_payment where status in ('INITIATED',"
                + " 'PENDING')") == 0 && shop.books.credited().size() == shop.safaricom.books().payments().size());
        await().atMost(PATIENCE).until(() -> shop.ground.count("select count(*) from daraja_delivery where state <> 'DELIVERED'") == 0);
        shop.print("Many kills, seed " + seed);
        assertThat(shop.books.credits()).containsExactlyInAnyOrderElementsOf(shop.safaricom.books().payments().stream()
                .map(entry -> entry.accountReference() + ' ' + entry.amount().toBigInteger()).toList());
        assertThat(shop.safaricom.books().payments()).extracting(LedgerEntry::accountReference).as("and nobody pays twice")
                .doesNotHaveDuplicates();
        assertThat(shop.ground.count("select count(*) from daraja_payment where status = 'COMPLETED'"))
                .isEqualTo(shop.safaricom.books().payments().size());
        assertThat(shop.asksAtTheSameTime()).isEmpty();
        // one that died may have had a token that it could not store any more
        assertThat(shop.tokens()).isLessThanOrEqualTo(1 + shop.revocations() + KILLS);
        shop.safaricom.books().verify();
    }
}
