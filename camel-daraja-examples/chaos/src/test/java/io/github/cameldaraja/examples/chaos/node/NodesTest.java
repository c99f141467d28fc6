package io.github.cameldaraja.examples.chaos.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.examples.chaos.plan.Payment;
import io.github.cameldaraja.examples.chaos.plan.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processes of a run without a plan: nothing goes wrong but that nodes die at every step, and the database dies or stands still. */
@Tag("long")
@Tag("chaos")
class NodesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ORDERS = 20;
    private static final int AT_ONCE = 16;

    @TempDir
    Path directory;

    private final BlockingQueue<NodeProcess.Reached> reached = new LinkedBlockingQueue<>();
    private final List<CompletableFuture<Void>> rounds = new ArrayList<>();
    private int ordered;

    @Test
    void theBooksAgreeWhoeverDiesWherever() throws Exception {
        try (Scene scene = new Scene(directory, reached::add)) {
            List<Step> steps = List.of(Step.INTENT_STORED, Step.ACKNOWLEDGED, Step.CALLBACK_STORED, Step.ROUTED, Step.MARKED);
            for (int i = 0; i < steps.size(); i++) {
                die(scene, scene.nodes.get(i % 2), steps.get(i));
            }
            dieBeforeItHearsTheAnswer(scene);

            order(scene);
            scene.postgres.kill();
            scene.postgres.start();
            order(scene);
            scene.postgres.stall();
            CompletableFuture.runAsync(scene.postgres::resume, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)).join();
            order(scene);

            CompletableFuture.allOf(rounds.toArray(CompletableFuture<?>[]::new)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(scene.ledger()).isEqualTo(scene.books()));

            System.out.println(scene.client.counts() + ", " + scene.books().size() + " movements of money");
            assertThat(scene.books()).as("each order is paid once at most").doesNotHaveDuplicates();
            assertThat(scene.books().size()).as("two at most were never sent: what died before, and its payment's key")
                    .isGreaterThanOrEqualTo(ordered - 10);
            assertThat(scene.count("select count(*) from chaos_heard where via = 'twice'")).isZero();
            assertThat(scene.count("select count(*) from chaos_return where not done")).isZero();
            assertThat(scene.count("select count(*) from chaos_order")).isEqualTo(posted());
            assertThat(scene.client.counts().gaveUp()).isZero();
            scene.safaricom.books().verify();
        }
    }

    private void die(Scene scene, NodeProcess node, Step step) throws InterruptedException {
        int from = ordered + 3;
        node.arm(step, from);
        order(scene);
        NodeProcess.Reached there = reached.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(there).as("%s in node %s", step, node.name()).isNotNull();
        assertThat(there.node()).isSameAs(node);
        assertThat(there.step()).isEqualTo(step);
        assertThat(there.order()).isGreaterThanOrEqualTo(Payment.id(from));
        node.kill();
        node.start();
        node.awaitStart();
    }

    // Safaricom has it, and waits with the answer: only Safaricom can tell
    private void dieBeforeItHearsTheAnswer(Scene scene) {
        int before = scene.safaricom.counters().pushes();
        NodeProcess node = scene.nodes.get(1);
        order(scene);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> scene.safaricom.counters().pushes() > before);
        node.kill();
        node.start();
        node.awaitStart();
    }

    private void order(Scene scene) {
        int from = ordered;
        ordered += ORDERS;
        rounds.add(CompletableFuture.runAsync(() -> scene.order(from, from + ORDERS, AT_ONCE)));
    }

    private long posted() {
        long posted = 0;
        for (int i = 0; i < ordered; i++) {
            posted += switch (Scene.payment(i).kind()) {
                case PUSH, PAYOUT -> 1;
                case PAY_BILL, RETURN -> 0;
            };
        }
        return posted;
    }
}
