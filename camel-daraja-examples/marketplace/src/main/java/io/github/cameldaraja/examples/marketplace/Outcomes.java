package io.github.cameldaraja.examples.marketplace;

import io.github.cameldaraja.api.Outcome;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Moves orders by what has become of their money, and by nothing else.
 *
 * <p>It writes in the transaction of the route, together with the component's mark that the route was told: each outcome has its
 * effect once. That a movement counts once even if it is told anew, a receipt later for instance, is decided by its status.
 */
public class Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
    // code of a reversal: the buyer has the money, whoever gave it back
    private static final String GIVEN_BACK_BEFORE = "R000001";
    private static final Set<LegStatus> NOT_DONE = EnumSet.complementOf(EnumSet.of(LegStatus.DONE));

    private final OrderTable table;
    private final Clock clock;

    Outcomes(OrderTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Books what has become of a movement; its name came back as its idempotency key. */
    public void book(Outcome outcome) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("an outcome is booked within a transaction; add transacted=true to from(\"daraja:…\")");
        }
        Leg leg = outcome.idempotencyKey() == null ? null : table.leg(outcome.idempotencyKey());
        if (leg == null) {
            if (outcome.isCompleted()) {
                bookUnasked(outcome);
            }
            return;
        }
        // whoever decides about the order waits for us, or we for him
        Order order = table.lock(leg.order());
        table.learn(leg.payment(), outcome.reference(), outcome.receiptNumber());
        if (outcome.isCompleted() || leg.kind() == LegKind.REFUND && GIVEN_BACK_BEFORE.equals(outcome.resultCode())) {
            if (table.change(leg.payment(), NOT_DONE, LegStatus.DONE, outcome.resultCode(), null)) {
                done(order, leg);
            }
        } else if (outcome.status().isFinal() && table.change(leg.payment(), NOT_DONE, LegStatus.FAILED, outcome.resultCode(),
                outcome.resultDescription())) {
            failed(order, leg, outcome);
        }
    }

    private void done(Order order, Leg leg) {
        List<Leg> others = table.legs(order.id()).stream()
                .filter(other -> other.kind() == leg.kind() && !other.payment().equals(leg.payment())).toList();
        // after a failure that was none another attempt is not needed any more
        others.forEach(other -> table.change(other.payment(), EnumSet.of(LegStatus.DUE), LegStatus.DROPPED, null,
                "an earlier one has moved the money after all"));
        if (others.stream().anyMatch(other -> other.status() == LegStatus.DONE)) {
            LOG.error("A person must look: {} has moved the money a second time", leg);
            return;
        }
        switch (leg.kind()) {
            case COLLECT -> {
                if (order.state() == OrderState.AWAITING_PAYMENT || order.state() == OrderState.UNPAID) {
                    move(order, OrderState.PAID);
                }
            }
            case TOP_UP -> {
                if (order.state() == OrderState.TOPPING_UP) {
                    move(order, OrderState.PAYING);
                    table.insert(order, LegKind.PAYOUT, 1, clock.instant());
                } else {
                    LOG.warn("{} was disputed meanwhile: {} stays in the paying short code", order, leg);
                }
            }
            case PAYOUT -> move(order, OrderState.SETTLED);
            case REFUND -> move(order, OrderState.REFUNDED);
        }
    }

    // the order stays where it is and says so, but for one that is not paid
    private void failed(Order order, Leg leg, Outcome outcome) {
        if (leg.kind() == LegKind.COLLECT && order.state() == OrderState.AWAITING_PAYMENT) {
            move(order, OrderState.UNPAID);
        } else {
            LOG.warn("A person must look: {} has moved nothing: {}", leg, outcome.resultDescription());
        }
    }

    private void move(Order order, OrderState state) {
        table.move(order.id(), state);
        LOG.info("{} is {} now", order, state);
    }

    // a payment that nobody asked for: by hand, or of a prompt that was said to have failed
    private void bookUnasked(Outcome payment) {
        Leg known = table.byReference(payment.reference());
        if (known != null) {
            table.learn(known.payment(), payment.reference(), payment.receiptNumber());
            return;
        }
        Order order = payment.accountReference() == null ? null : table.lock(payment.accountReference().trim());
        if (order != null && order.state() == OrderState.UNPAID && order.amount().compareTo(payment.amount()) == 0) {
            Leg paid = table.insertUnasked(order, clock.instant());
            table.learn(paid.payment(), payment.reference(), payment.receiptNumber());
            table.change(paid.payment(), NOT_DONE, LegStatus.DONE, payment.resultCode(), null);
            move(order, OrderState.PAID);
        } else if (table.stray(payment.reference(), payment.receiptNumber(), payment.amount(), payment.accountReference())) {
            LOG.warn("A person must look: {} is for no order that lacks it", payment);
        }
    }
}
