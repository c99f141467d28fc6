package io.github.cameldaraja.examples.chaos.node;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.github.cameldaraja.account.CapabilityKeys;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.callback.CallbackHandler;
import io.github.cameldaraja.callback.CallbackReply;
import io.github.cameldaraja.callback.CallbackRequest;
import io.github.cameldaraja.callback.Keeper;
import io.github.cameldaraja.transaction.Settlement;
import io.github.cameldaraja.transaction.Transaction;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.asm.Advice;

/** Takes one of the component's guards away, to see that the audit misses it. Never for anything else. */
public final class Guards {

    private static final long WRITE_BEHIND_SECONDS = 2;

    private Guards() {
    }

    /**
     * @param which {@code dedupe}: a payment that is told again counts again ({@code Settlement.of});
     *              {@code store-before-answer}: a callback is answered at once, and stored two seconds later, without a spool
     *              ({@code Keeper.keep}); {@code capability}: whoever knows the form of a callback URL is believed
     *              ({@code CapabilityKeys.verify}); {@code no-resend}: a request whose fate is unknown is sent again, whatever it moves
     *              ({@code DarajaProducer.askAgain}); null for none
     */
    static void remove(String which) {
        if (which == null || which.isEmpty()) {
            return;
        }
        switch (which) {
            case "dedupe" -> Woven.into(Settlement.class.getName()).with(Advice.to(Again.class).on(named("of"))).weave();
            case "store-before-answer" -> Woven.into(Keeper.class.getName()).with(Advice.to(AnswerFirst.class).on(named("keep"))).weave();
            case "capability" -> Woven.into(CapabilityKeys.class.getName()).with(Advice.to(Believe.class).on(named("verify"))).weave();
            case "no-resend" -> Woven.into("io.github.cameldaraja.DarajaProducer").with(Advice.to(Resend.class).on(named("askAgain")))
                    .weave();
            default -> throw new IllegalArgumentException("without=" + which + ": it is one of dedupe, store-before-answer, capability,"
                    + " no-resend");
        }
    }

    /** The same message, as if it were the first. */
    public static Settlement again(Settlement settlement, Transaction payment, Instant now) {
        boolean repeat = settlement.verdict() == Verdict.DUPLICATE || settlement.verdict() == Verdict.LATE;
        if (!repeat || payment.isQuestion() || !settlement.outcome().isCompleted()) {
            return settlement;
        }
        try {
            Method settled = Transaction.class.getDeclaredMethod("settled", Outcome.class, Instant.class);
            settled.setAccessible(true);
            Outcome applied = settlement.outcome().withVerdict(Verdict.APPLIED);
            return new Settlement(Verdict.APPLIED, (Transaction) settled.invoke(payment, applied, now), applied, null, null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer, before anything is stored; null for a question. */
    public static CompletableFuture<CallbackReply> answerFirst(CallbackRequest callback, CallbackHandler handler) {
        CallbackReply reply = handler.replyWhenKept();
        if (reply == null) {
            return null;
        }
        CompletableFuture.delayedExecutor(WRITE_BEHIND_SECONDS, TimeUnit.SECONDS).execute(() -> handler.handle(callback));
        return CompletableFuture.completedFuture(reply);
    }

    private static final class Again {

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) Transaction payment, @Advice.Argument(2) Instant now,
                @Advice.Return(readOnly = false) Settlement settlement) {
            settlement = Guards.again(settlement, payment, now);
        }
    }

    private static final class AnswerFirst {

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static CompletableFuture<CallbackReply> enter(@Advice.Argument(0) CallbackRequest callback,
                @Advice.Argument(1) CallbackHandler handler) {
            return Guards.answerFirst(callback, handler);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter CompletableFuture<CallbackReply> reply,
                @Advice.Return(readOnly = false) CompletableFuture<CallbackReply> returned) {
            if (reply != null) {
                returned = reply;
            }
        }
    }

    private static final class Believe {

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean verified) {
            verified = true;
        }
    }

    private static final class Resend {

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) boolean movesMoney) {
            movesMoney = false;
        }
    }
}
