package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.DarajaComponent;
import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.management.PaymentsDesk;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process ends while a payout is held, approved, or waits for its turn; another one goes on, and it is paid once. */
abstract class PayoutCrashes extends CrashTest {

    private static final B2c.Request HUNDRED = new B2c.Request("254712345678", 100);
    private static final Duration GAP = Duration.ofMinutes(2);
    private static final Consumer<DarajaComponent> FOUR_EYES = component -> component.getConfiguration().setPayoutApprovalAbove(50L);
    private static final CompletableFuture<Void> AT_ONCE = CompletableFuture.completedFuture(null);

    /** When the node dies on which a payout is approved. */
    enum Moment {
        BEFORE_THE_APPROVAL_IS_STORED, BEFORE_ANYBODY_SENDS, BEFORE_IT_SENDS, BEFORE_IT_KNOWS_THE_ANSWER;

        // the approval, who sends, and what was answered are stored by an update each
        void choose(Doom doom) {
            if (this == BEFORE_THE_APPROVAL_IS_STORED) {
                doom.before("update");
            } else if (this == BEFORE_ANYBODY_SENDS) {
                doom.after("update");
            } else {
                doom.hold("update", AT_ONCE);
                if (this == BEFORE_IT_SENDS) {
                    doom.after("update");
                } else {
                    doom.hold("update", AT_ONCE);
                    doom.before("update");
                }
            }
        }
    }

    private static PaymentsDesk desk(LivingNode node) {
        return node.context().hasService(PaymentsDesk.class);
    }

    private String held(LivingNode node) {
        Exchange done = node.send("b2c-asked", HUNDRED, "salary-1").join();
        assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, "HELD");
        return done.getMessage().getHeader(DarajaConstants.REFERENCE, String.class);
    }

    private void assertPaidOnce(LivingNode node, String reference) {
        await().until(() -> {
            pass(Duration.ofSeconds(30));
            return node.payment(reference).status() == PaymentStatus.COMPLETED;
        });
        await().until(() -> books.told(reference).size() == 1);
        nothingElseHappens();
        assertThat(safaricom.books().transfers()).hasSize(1);
        assertThat(books.told(reference)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whoeverDiesWhenItIsApproved(Moment moment) {
        LivingNode asking = node("asking", FOUR_EYES);
        String reference = held(asking);
        asking.die();
        LivingNode approving = node("approving", FOUR_EYES);
        moment.choose(approving.doom());
        Throwable failure = catchThrowable(() -> desk(approving).approve(reference, "Brian", "it is in order"));
        await().until(() -> !approving.isAlive());

        LivingNode next = node("next", FOUR_EYES);
        if (moment == Moment.BEFORE_THE_APPROVAL_IS_STORED) {
            assertThat(failure).isNotNull();
            pass(Duration.ofMinutes(10));
            assertThat(requests("/b2c/")).isEmpty();
            assertThat(next.payment(reference).status()).isEqualTo(PaymentStatus.HELD);
            desk(next).approve(reference, "Brian", "it is in order");
        }
        assertPaidOnce(next, reference);
        assertThat(next.payment(reference).departure().approvedBy()).isEqualTo("Brian");
        assertThat(next.send("b2c-asked", HUNDRED, "salary-1").join().getMessage().getHeaders())
                .containsEntry(DarajaConstants.STATUS, "COMPLETED").containsEntry(DarajaConstants.REPLAYED, true);
    }

    @Test
    void whoeverDiesWhileItWaitsForItsTurn() {
        Consumer<DarajaComponent> spaced = component -> component.setPayoutSpacing(GAP);
        LivingNode first = node("first", spaced);
        first.send("b2c", HUNDRED, "salary-1").join();
        await().until(() -> ground.count("select count(*) from daraja_payment where status = 'COMPLETED'") == 1);
        first.send("b2c", HUNDRED, "salary-2");
        await().until(() -> ground.count("select count(*) from daraja_payment where status = 'INITIATED'") == 1);
        String waiting = ground.ask("select reference from daraja_payment where status = 'INITIATED'").get(0);
        first.die();

        LivingNode next = node("next", spaced);
        assertThat(requests("/b2c/")).hasSize(1);
        await().until(() -> {
            pass(Duration.ofSeconds(30));
            return next.payment(waiting).status() == PaymentStatus.COMPLETED;
        });

        await().until(() -> books.told(waiting).size() == 1);
        nothingElseHappens();
        assertThat(requests("/b2c/")).hasSize(2);
        assertThat(safaricom.books().transfers()).hasSize(2);
    }
}
