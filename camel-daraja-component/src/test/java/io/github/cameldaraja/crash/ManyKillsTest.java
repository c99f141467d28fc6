package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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
        System.out.println("seed " + seed);
        try (ThreeNodes shop = new ThreeNodes(disks)) {
            int each = PAYMENTS / (KILLS + 1);
            for (int kill = 0; kill < KILLS; kill++) {
                begin(shop, kill * each, each);
                // somewhere between the first push and the last outcome
                int paid = shop.safaricom.books().payments().size() + random.nextInt(Math.max(1, each / 2));
                await().atMost(PATIENCE).until(() -> shop.safaricom.books().payments().size() >= paid);
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

    private static void end(ThreeNodes shop) {
        // what is pending is asked about, what nobody knows to have been sent is UNKNOWN
        await().atMost(PATIENCE).until(() -> open(shop, "'INITIATED', 'PENDING'") == 0);
        // nobody can ask about these: their process died before it could store what Safaricom calls them, and no callback came
        Set<String> credited = shop.ground.ask("select account from crash_credit").stream().collect(Collectors.toSet());
        List<LedgerEntry> unknown = shop.safaricom.books().payments().stream()
                .filter(entry -> !credited.contains(entry.accountReference())).toList();
        long unsettled = open(shop, "'UNKNOWN', 'UNRESOLVED'");
        shop.tell(unknown.stream().mapToInt(entry -> Integer.parseInt(entry.accountReference().substring(4))));
        int paid = shop.safaricom.books().payments().size();
        shop.awaitCredited(paid, PATIENCE);
        await().atMost(PATIENCE).until(() -> shop.ground.count("select count(*) from daraja_delivery where state <> 'DELIVERED'") == 0);

        shop.print("Many kills");
        System.out.printf("  %-30s %d%n  %-30s %d%n", "of unknown fate", unsettled, "  and paid, as we hear late", unknown.size());
        assertThat(shop.books.credits()).containsExactlyInAnyOrderElementsOf(shop.safaricom.books().payments().stream()
                .map(entry -> entry.accountReference() + ' ' + entry.amount().toBigInteger()).toList());
        assertThat(shop.safaricom.books().payments()).extracting(LedgerEntry::accountReference).as("and nobody pays twice")
                .doesNotHaveDuplicates();
        assertThat(shop.ground.count("select count(*) from daraja_payment where status = 'COMPLETED'")).isEqualTo(paid);
        assertThat(shop.asksAtTheSameTime()).isEmpty();
        shop.safaricom.books().verify();
    }

    private static long open(ThreeNodes shop, String states) {
        return shop.ground.count("select count(*) from daraja_payment where status in (" + states + ")");
    }
}
