package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.transaction.Settlement;
import io.github.cameldaraja.transaction.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.UnaryOperator;

/**
 * What happens to payments, each method within one transaction. All take rows in the same order, payment, receipt, key, ids, so
 * that nobody waits for somebody who waits for him; a new payment's row, which nobody else can wait for, comes after its key.
 */
final class Ledger {

    private final Clock clock;
    private final PaymentTable payments = new PaymentTable();
    private final ReceiptTable receipts = new ReceiptTable();
    private final KeyTable keys = new KeyTable();
    private final RequestIdTable requestIds = new RequestIdTable();
    private final DeliveryTable deliveries = new DeliveryTable();

    Ledger(Clock clock) {
        this.clock = clock;
    }

    Transaction open(Session session, Transaction intent, String after) throws SQLException {
        if (intent.idempotencyKey() != null) {
            Transaction earlier = pin(session, intent, after);
            if (earlier != null) {
                return earlier;
            }
        }
        payments.insert(session, intent);
        requestIds.put(session, intent.ids(), intent.reference());
        return intent;
    }

    Transaction receive(Session session, Transaction arrived) throws SQLException {
        Transaction known = payments.find(session, arrived.reference());
        if (known != null) {
            return known;
        }
        String receipt = (arrived.held() == null ? arrived.outcome() : arrived.held()).receiptNumber();
        String by = receipts.holder(session, arrived.shortCode(), receipt);
        Transaction holder = by == null ? null : payments.find(session, by);
        if (holder != null) {
            return holder;
        }
        while (!payments.insertIfAbsent(session, arrived)) {
            known = payments.find(session, arrived.reference());
            if (known != null) {
                return known;
            }
            // it came and went meanwhile
        }
        return arrived;
    }

    Transaction abandon(Session session, String reference, Outcome why) throws SQLException {
        Transaction before = payments.lock(session, reference);
        Transaction after = before == null ? null : before.abandoned(why, clock.instant());
        if (after != before) {
            if (before.idempotencyKey() != null) {
                keys.giveUp(session, before, reference);
            }
            replace(session, before, after);
        }
        return after;
    }

    Transaction update(Session session, String reference, UnaryOperator<Transaction> change) throws SQLException {
        Transaction before = payments.lock(session, reference);
        if (before == null) {
            return null;
        }
        Transaction after = change.apply(before);
        replace(session, before, after);
        return after;
    }

    Settlement settle(Session session, Outcome outcome, String node) throws SQLException {
        Transaction before = payments.lock(session, outcome.reference());
        if (before == null) {
            return Settlement.orphan(outcome);
        }
        var now = clock.instant();
        Settlement settlement = Settlement.of(before, outcome, now);
        String receipt = settlement.takenReceipt();
        if (receipt != null && !receipts.take(session, before.shortCode(), receipt, before.reference())) {
            settlement = settlement.receiptTaken(before, now);
        }
        if (settlement.claimsKey()) {
            // whoever took it meanwhile: a refusal has freed it, or a failure was no reason to keep it
            String holder = keys.take(session, before);
            settlement = settlement.beside(holder == null ? null : payments.find(session, holder), now);
        } else if (settlement.wantsKey()) {
            keys.pin(session, before);
        }
        settlement = settlement.telling(node, now);
        if (settlement.delivery() != null) {
            settlement = settlement.queued(deliveries.insert(session, settlement.delivery()));
        }
        if (settlement.transaction() == null) {
            // the payment that holds its receipt is it
            payments.delete(session, before.reference());
        } else {
            replace(session, before, settlement.transaction());
        }
        return settlement;
    }

    Transaction find(Session session, String reference) throws SQLException {
        return payments.find(session, reference);
    }

    Transaction find(Session session, String shortCode, PaymentIds ids) throws SQLException {
        String reference = ids.receiptNumber() == null ? null : receipts.holder(session, shortCode, ids.receiptNumber());
        if (reference == null) {
            reference = requestIds.holder(session, ids);
        }
        return reference == null ? null : payments.find(session, reference);
    }

    // null when the key is now ours, else the payment that holds it
    private Transaction pin(Session session, Transaction intent, String after) throws SQLException {
        while (!keys.pin(session, intent)) {
            String holder = keys.holder(session, intent);
            if (intent.reference().equals(holder)) {
                // to answer with it would allow to send it again
                throw new IllegalStateException("payment " + holder + " is stored already");
            }
            // locked: it must not be corrected while its key goes on
            Transaction earlier = holder == null ? null
                    : holder.equals(after) ? payments.lock(session, holder) : payments.find(session, holder);
            if (earlier != null && (!holder.equals(after) || !earlier.hasFailed())) {
                return earlier;
            }
            if (earlier != null && keys.handOver(session, intent, holder)) {
                return null;
            }
            if (earlier == null && holder != null) {
                // its payment is no more
                keys.giveUp(session, intent, holder);
            }
            // it has changed this very moment
        }
        return null;
    }

    private void replace(Session session, Transaction before, Transaction after) throws SQLException {
        if (after.equals(before)) {
            return;
        }
        payments.update(session, after);
        // those of a payment that came by itself were not added when it came
        if (before.isArrival() || !after.ids().equals(before.ids())) {
            requestIds.add(session, after.ids(), after.reference());
        }
    }
}
