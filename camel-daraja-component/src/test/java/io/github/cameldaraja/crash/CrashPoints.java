package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A process ends at each line at which it hurts; another one goes on. */
abstract class CrashPoints extends CrashTest {

    private static final String PHONE = "254712345678";
    private static final StkPush.Request PUSH = new StkPush.Request(PHONE, 100, "INV-1");

    @RepeatedTest(5)
    void anIntentThatWasNotSentIsNeverSent() {
        LivingNode first = node("first");
        first.doom().after("open");
        first.send("stkPush", PUSH, "order-1");
        first.death().join();

        LivingNode second = node("second");
        pass(LONGEST_SENDING);
        await().until(() -> onlyPayment(second).status() == PaymentStatus.UNKNOWN);
        assertThat(second.send("stkPush", PUSH, "order-1").join().getException()).hasMessageContaining("unknown");
        pass(Duration.ofHours(49));

        await().until(() -> onlyPayment(second).status() == PaymentStatus.UNRESOLVED);
        assertThat(pushes()).isZero();
        assertThat(books.told()).isEmpty();
    }

    @RepeatedTest(5)
    void aCallbackThatWasStoredAndNotAnsweredIsToldOnce() {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        LivingNode first = node("first");
        first.send("stkPush", PUSH, "order-1").join();
        first.doom().after("settle");
        assertThat(pushCalledBack()).isEqualTo(-1);
        LivingNode second = node("second");
        Transaction payment = onlyPayment(second);
        assertThat(payment.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(pushCalledBack()).isEqualTo(200);

        pass(LEASE);
        await().until(() -> !books.told().isEmpty());

        nothingElseHappens();
        assertThat(books.told(payment.reference())).containsExactly("second from: COMPLETED applied");
    }
}
