package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.Script;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Callbacks that come while the database is away: they are answered, and count as if it had been there. */
abstract class StoreDown extends CrashTest {

    private static final String PHONE = "254712345678";
    private static final StkPush.Request PUSH = new StkPush.Request(PHONE, 100, "INV-1");

    private LivingNode impatient(String name) {
        return node(name, component -> component.setStoreTimeout(Duration.ofMillis(300)));
    }

    private void push(LivingNode node) {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        assertThat(node.send("stkPush", PUSH, "order-1").join().getException()).isNull();
        await().until(() -> !safaricom.books().payments().isEmpty());
    }

    private void assertTold(LivingNode node, String... lines) {
        await().until(() -> books.told().size() >= lines.length && node.spooled() == 0);
        nothingElseHappens();
        assertThat(books.told()).containsExactly(lines);
    }

    @Test
    void aCallbackIsAnsweredAndToldWhenTheDatabaseIsBack() {
        LivingNode first = impatient("first");
        push(first);
        first.connections().breakDown();

        assertThat(pushCalledBack()).isEqualTo(200);

        assertThat(first.spooled()).isEqualTo(1);
        first.connections().repair();
        assertTold(first, "first from: COMPLETED applied");
    }

    @Test
    void aCallbackIsAnsweredWhileTheDatabaseHangs() {
        LivingNode first = impatient("first");
        push(first);
        first.stall();

        assertThat(pushCalledBack()).isEqualTo(200);

        first.goOn();
        // what hung may be stored as well as what was spooled
        assertTold(first, "first from: COMPLETED applied");
    }

    @Test
    void aConfirmationIsAnsweredAndCountsOnce() {
        LivingNode first = impatient("first");
        assertThat(first.send("c2bRegister", null, "").join().getException()).isNull();
        first.connections().breakDown();
        String receipt = safaricom.c2b().pay(PHONE, safaricom.credentials().shortCode(), "ACC 7", 100).join().receipt();
        await().until(() -> safaricom.callbacks().size() == 1);
        assertThat(safaricom.c2b().resend(receipt).join()).isEqualTo(200);

        assertThat(safaricom.callbacks().get(0).status()).isEqualTo(200);
        assertThat(first.spooled()).isEqualTo(2);
        first.connections().repair();

        assertTold(first, "first from: COMPLETED applied");
    }

    @Test
    void anExchangeThatWaitsGoesOnWhenTheDatabaseIsBack() {
        LivingNode first = impatient("first");
        safaricom.faults().nextPush(Script.pays().lostCallback());
        CompletableFuture<Exchange> waiting = first.send("stkPush-wait", PUSH, "order-1");
        await().until(() -> ground.count("select count(*) from daraja_payment where status = 'PENDING'") == 1);
        first.connections().breakDown();
        assertThat(pushCalledBack()).isEqualTo(200);
        assertThat(waiting).isNotDone();

        first.connections().repair();

        assertTold(first, "first exchange: COMPLETED applied");
        assertThat(waiting.join().getException()).isNull();
    }

    @Test
    void whatOneNodeSpooledAndAnotherAskedAboutCountsOnce() {
        LivingNode first = impatient("first");
        push(first);
        first.connections().breakDown();
        assertThat(pushCalledBack()).isEqualTo(200);
        first.stall();
        LivingNode second = impatient("second");
        pass(LEASE);
        await().until(() -> books.told().size() == 1);

        first.connections().repair();
        first.goOn();

        await().until(() -> books.told().size() == 2 && first.spooled() == 0);
        nothingElseHappens();
        assertThat(books.told()).first().isEqualTo("second from: COMPLETED applied");
        assertThat(books.told().get(1)).as("it brings the receipt").endsWith(" from: COMPLETED enriched");
        assertThat(second.outcome(onlyPayment(second).reference()).receiptNumber())
                .isEqualTo(safaricom.books().payments().get(0).receipt());
    }
}
