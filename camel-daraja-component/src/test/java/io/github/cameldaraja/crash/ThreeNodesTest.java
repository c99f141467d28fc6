package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One story, looked at from several sides: exchanges wait on the first of three processes while the others hear of their payments;
 * tokens are revoked; more exchanges wait on the first, which is killed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeNodesTest {

    private static final int PAYMENTS = 30;
    /** Of those that wait at the kill every third is not called back. */
    private static final int UNHEARD = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ThreeNodes shop;
    private long killed;

    @BeforeAll
    void live(@TempDir Path disks) {
        shop = new ThreeNodes(disks, false);
        ThreeNodes.Node first = shop.nodes.get(0);
        for (int i = 0; i < 2 * PAYMENTS; i++) {
            shop.safaricom.faults().forPhone(Killing.phone(i), Script.pays().lostCallback());
        }
        shop.hear(shop.nodes.get(1), shop.nodes.get(2));
        first.push(0, PAYMENTS);
        awaitAcknowledged(PAYMENTS);
        shop.tell(IntStream.range(0, PAYMENTS));
        shop.awaitCredited(PAYMENTS, PATIENCE);

        shop.revoke();
        first.push(PAYMENTS, PAYMENTS);
        awaitAcknowledged(PAYMENTS);
        first.kill();
        killed = System.nanoTime();
        shop.tell(IntStream.range(PAYMENTS, 2 * PAYMENTS).filter(i -> i % UNHEARD != 0));
        shop.awaitCredited(2 * PAYMENTS, PATIENCE);
        shop.print("Three nodes");
    }

    @AfterAll
    void end() {
        shop.close();
    }

    // and paid: the customers are fast
    private void awaitAcknowledged(int payments) {
        int before = shop.books.credited().size();
        await().atMost(PATIENCE).until(() ->
                shop.ground.count("select count(*) from daraja_payment where status = 'PENDING'") == payments
                        && shop.safaricom.books().payments().size() == before + payments);
    }

    private List<String> told(int from) {
        return shop.ground.ask("select j.node || ' ' || j.via || ': ' || j.line from crash_journal j join crash_credit c on"
                + " c.reference = j.reference where cast(substr(c.account, 5) as integer) between ? and ?", from, from + PAYMENTS - 1);
    }

    @Test
    void anExchangeGoesOnWhereItWaitsWhicheverProcessHearsOfIt() {
        assertThat(shop.nodes.get(0).callbacks()).isZero();
        assertThat(shop.nodes.get(1).callbacks()).isPositive();
        assertThat(shop.nodes.get(2).callbacks()).isPositive();
        assertThat(told(0)).as("each once, unless a question was faster than the callback, which then adds the receipt")
                .filteredOn(line -> !line.endsWith("enriched")).hasSize(PAYMENTS)
                .containsOnly("a exchange: COMPLETED applied");
    }

    @Test
    void whatAKilledProcessWaitedForIsToldToTheOthersOnce() {
        assertThat(told(PAYMENTS)).filteredOn(line -> !line.endsWith("enriched")).hasSize(PAYMENTS)
                .isSubsetOf("b from: COMPLETED applied", "c from: COMPLETED applied");
    }

    @Test
    void theBooksAgreeToTheShilling() {
        assertThat(shop.books.credits()).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 2 * PAYMENTS).mapToObj(ThreeNodes::credit).toList());
        assertThat(shop.ground.count("select round(sum(amount)) from crash_credit"))
                .isEqualTo(shop.safaricom.books().payments().stream().mapToLong(entry -> entry.amount().longValueExact()).sum());
        assertThat(shop.safaricom.counters().acceptedPushes()).isEqualTo(2 * PAYMENTS);
        shop.safaricom.books().verify();
    }

    @Test
    void noPaymentIsAskedAboutTwiceAtATime() {
        assertThat(shop.questionsByPush()).hasSizeGreaterThanOrEqualTo(PAYMENTS / UNHEARD);
        assertThat(shop.asksAtTheSameTime()).isEmpty();
    }

    @Test
    void thereIsOneTokenUntilItIsRevoked() {
        assertThat(shop.tokens()).isEqualTo(1 + shop.revocations());
    }

    @Test
    void allTogetherAskNoFasterThanOneAloneMay() {
        List<Relay.Passed> questions = shop.questions().stream()
                .filter(question -> question.began() > killed && question.status() != ThreeNodes.TOKEN_REFUSED).toList();
        // one may be late by what a busy machine takes: not each pause counts, but all together
        Duration time = Duration.ofNanos(questions.get(questions.size() - 1).began() - questions.get(0).began());
        assertThat(questions.size() - 1L).isBetween(PAYMENTS / UNHEARD - 1L, ThreeNodes.turns(time) + 1);
    }
}
