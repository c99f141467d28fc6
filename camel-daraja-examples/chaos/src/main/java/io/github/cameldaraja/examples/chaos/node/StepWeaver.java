package io.github.cameldaraja.examples.chaos.node;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.Settlement;
import io.github.cameldaraja.transaction.Taker.Taken;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import net.bytebuddy.asm.Advice;

/**
 * Weaves {@link Steps} into the repository. A proxy would do, were it not for transacted routes: they accept no repository but the JDBC
 * one itself, and mark within their own transaction.
 */
final class StepWeaver {

    private StepWeaver() {
    }

    static void weave() {
        Woven.into(JdbcTransactionRepository.class.getName())
                .with(Advice.to(Opened.class).on(named("open").and(method -> method.getParameters().size() == 3)))
                .with(Advice.to(Updated.class).on(named("update")))
                .with(Advice.to(Settled.class).on(named("settle")))
                .with(Advice.to(Received.class).on(named("receive")))
                .with(Advice.to(Marking.class).on(named("markDelivered")))
                .weave();
        Woven.into("io.github.cameldaraja.transaction.jdbc.JdbcOutbox").with(Advice.to(Replaced.class).on(named("replace"))).weave();
        Woven.into("io.github.cameldaraja.SpringRouteTransaction").with(Advice.to(Transacted.class).on(named("run"))).weave();
    }

    private static final class Opened {

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) Transaction intent, @Advice.Return(readOnly = false) CompletableFuture<Transaction> stored) {
            stored = Steps.opened(intent, stored);
        }
    }

    private static final class Updated {

        @Advice.OnMethodEnter
        static Steps.Watched enter(@Advice.Argument(value = 1, readOnly = false) UnaryOperator<Transaction> change) {
            Steps.Watched watched = new Steps.Watched(change);
            change = watched;
            return watched;
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter Steps.Watched watched, @Advice.Return(readOnly = false) CompletableFuture<Transaction> stored) {
            stored = Steps.updated(watched, stored);
        }
    }

    private static final class Settled {

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) Outcome message, @Advice.Return(readOnly = false) CompletableFuture<Settlement> stored) {
            stored = Steps.settled(message, stored);
        }
    }

    private static final class Received {

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) Transaction arrived, @Advice.Return(readOnly = false) CompletableFuture<Transaction> stored) {
            stored = Steps.received(arrived, stored);
        }
    }

    private static final class Replaced {

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(0) Delivery held, @Advice.Argument(1) Delivery after) {
            Steps.replacing(after, held);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) Delivery held, @Advice.Argument(1) Delivery after,
                @Advice.Return(readOnly = false) CompletableFuture<Boolean> stored) {
            stored = Steps.replaced(after, held, stored);
        }
    }

    private static final class Marking {

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(1) Delivery held) {
            Steps.routed(held);
        }
    }

    private static final class Transacted {

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) Delivery held, @Advice.Return Taken taken) {
            if (taken == Taken.AND_MARKED) {
                Steps.marked(held);
            }
        }
    }
}
