package io.github.cameldaraja.examples.chaos.node;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.examples.chaos.plan.Payment;
import io.github.cameldaraja.examples.chaos.plan.Step;
import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.DeliveryState;
import io.github.cameldaraja.transaction.Settlement;
import io.github.cameldaraja.transaction.Transaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * How far payments have come in this node. A thread that reaches an armed step says so on standard output and stands still, so that
 * the process can be killed exactly there. Static, for the methods that call it are woven into classes that know nobody: {@link StepWeaver}.
 */
public final class Steps {

    /** The first payment of an order with that number, or a later one, that reaches the step. */
    private record Trap(Step step, int from) {
    }

    private static final List<Trap> TRAPS = new CopyOnWriteArrayList<>();
    private static final List<CountDownLatch> STANDING = new CopyOnWriteArrayList<>();

    private Steps() {
    }

    static void arm(Step step, int from) {
        TRAPS.add(new Trap(step, from));
    }

    /** Nobody stands still any more; who does goes on. */
    static void disarm() {
        TRAPS.clear();
        STANDING.forEach(CountDownLatch::countDown);
        STANDING.clear();
    }

    /** An intent is about to be stored. */
    public static CompletableFuture<Transaction> opened(Transaction intent, CompletableFuture<Transaction> stored) {
        return stored == null ? null : stored.thenApply(payment -> {
            // another one if it was stored before
            if (payment.reference().equals(intent.reference())) {
                at(Step.INTENT_STORED, payment);
            }
            return payment;
        });
    }

    /** A payment is about to be changed, perhaps by its acknowledgement. */
    public static CompletableFuture<Transaction> updated(Watched change, CompletableFuture<Transaction> stored) {
        return stored == null ? null : stored.thenApply(payment -> {
            if (change.acknowledges) {
                at(Step.ACKNOWLEDGED, payment);
            }
            return payment;
        });
    }

    /** A message is about to be settled. */
    public static CompletableFuture<Settlement> settled(Outcome message, CompletableFuture<Settlement> stored) {
        return stored == null ? null : stored.thenApply(settlement -> {
            if (message.source() == Source.CALLBACK || message.source() == Source.CONFIRMATION) {
                at(Step.CALLBACK_STORED, settlement.outcome());
            }
            return settlement;
        });
    }

    /** A payment that came by itself is about to be stored. */
    public static CompletableFuture<Transaction> received(Transaction arrived, CompletableFuture<Transaction> stored) {
        Outcome message = arrived.held() == null ? arrived.outcome() : arrived.held();
        return stored == null ? null : stored.thenApply(payment -> {
            if (message.source() == Source.CONFIRMATION) {
                at(Step.CALLBACK_STORED, arrived);
            }
            return payment;
        });
    }

    /** A route has booked an outcome, and that is not marked. */
    public static void routed(Delivery held) {
        at(Step.ROUTED, held);
    }

    /** What becomes of a delivery is about to be stored. */
    public static void replacing(Delivery after, Delivery held) {
        if (after.state() == DeliveryState.DELIVERED) {
            at(Step.ROUTED, held);
        }
    }

    /** It is about to be stored. */
    public static CompletableFuture<Boolean> replaced(Delivery after, Delivery held, CompletableFuture<Boolean> stored) {
        return stored == null || after.state() != DeliveryState.DELIVERED ? stored : stored.thenApply(done -> {
            marked(held);
            return done;
        });
    }

    /** A delivery is marked. */
    public static void marked(Delivery held) {
        at(Step.MARKED, held);
    }

    private static void at(Step step, Transaction payment) {
        if (payment != null && !TRAPS.isEmpty()) {
            at(step, OrderId.number(payment.idempotencyKey(), payment.accountReference()));
        }
    }

    private static void at(Step step, Delivery delivery) {
        if (delivery.outcome() != null && !delivery.isAlert()) {
            at(step, delivery.outcome());
        }
    }

    private static void at(Step step, Outcome outcome) {
        if (!TRAPS.isEmpty()) {
            at(step, OrderId.number(outcome.idempotencyKey(), outcome.accountReference()));
        }
    }

    private static void at(Step step, int order) {
        for (Trap trap : TRAPS) {
            if (trap.step() == step && order >= trap.from() && TRAPS.remove(trap)) {
                CountDownLatch standing = new CountDownLatch(1);
                STANDING.add(standing);
                ChaosNode.say("reached " + step + ' ' + Payment.id(order));
                awaitUninterruptibly(standing);
                return;
            }
        }
    }

    private static void awaitUninterruptibly(CountDownLatch standing) {
        while (true) {
            try {
                standing.await();
                return;
            } catch (InterruptedException e) {
                // SIGKILL is what ends this
            }
        }
    }

    /** A change that tells whether it has acknowledged the payment. */
    public static final class Watched implements UnaryOperator<Transaction> {

        private final UnaryOperator<Transaction> change;
        private volatile boolean acknowledges;

        public Watched(UnaryOperator<Transaction> change) {
            this.change = change;
        }

        @Override
        public Transaction apply(Transaction before) {
            Transaction after = change.apply(before);
            acknowledges = before.acknowledgement() == null && after.acknowledgement() != null;
            return after;
        }
    }
}
