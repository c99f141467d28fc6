package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.DarajaKeyUsedException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.Line;
import io.github.cameldaraja.transaction.Settlement;
import io.github.cameldaraja.transaction.Terms;
import io.github.cameldaraja.transaction.TermsException;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What happens to payments, each method within one transaction. All take rows in the same order, payment, receipt, key, ids, so
 * that nobody waits for somebody who waits for him; a new payment's row, which nobody else can wait for, comes after its key, and the
 * lines in which it stands and the budget of which it is a part come before it.
 */
final class Ledger {

    private final Clock clock;
    private final ReceiptTable receipts = new ReceiptTable();
    private final Vault vault;
    private final PaymentTable payments;
    private final KeyTable keys;
    private final RequestIdTable requestIds;
    private final DeliveryTable deliveries;
    private final LineTable lines;
    private final BudgetTable budgets = new BudgetTable();

    Ledger(Clock clock, Vault vault) {
        this.clock = clock;
        this.vault = vault;
        this.payments = new PaymentTable(vault);
        this.keys = new KeyTable(vault);
        this.requestIds = new RequestIdTable(vault);
        this.deliveries = new DeliveryTable(vault);
        this.lines = new LineTable(vault);
    }

    /**
     * What has become of an intent: told, and not thrown, so that others in the transaction are not undone with it.
     *
     * @param stored  the payment; null if it was refused
     * @param refusal or null
     */
    record Opened(Transaction stored, TermsException refusal) {

        Transaction payment() {
            if (refusal != null) {
                throw refusal;
            }
            return stored;
        }
    }

    Opened open(Session session, Transaction intent, String after, Terms terms) throws SQLException {
        // locked before anything is written: who must not be kept waiting leaves here
        Map<Line, Line.Place> places = lock(session, terms);
        BigDecimal spent = terms.budget() == null ? null : budgets.lock(session, terms.budget());
        if (intent.idempotencyKey() != null) {
            Transaction earlier = pin(session, intent, after);
            if (earlier != null) {
                return new Opened(earlier, null);
            }
        }
        Transaction stored;
        try {
            stored = terms.isEmpty() ? intent
                    : terms.check(intent, spent).inTurn(takeTurns(session, intent, places), Line.TAKE_OVER);
        } catch (TermsException e) {
            if (intent.idempotencyKey() != null) {
                keys.giveUp(session, intent, intent.reference());
            }
            return new Opened(null, e);
        }
        payments.insert(session, stored);
        requestIds.put(session, stored.ids(), stored.reference());
        budgets.change(session, BigDecimal.ZERO, stored);
        return new Opened(stored, null);
    }

    private Map<Line, Line.Place> lock(Session session, Terms terms) throws SQLException {
        Map<Line, Line.Place> places = new LinkedHashMap<>();
        for (Line line : terms.lines()) {
            places.put(line, lines.lock(session, line));
        }
        return places;
    }

    // the last of them
    private Instant takeTurns(Session session, Transaction intent, Map<Line, Line.Place> places) throws SQLException {
        Map<Line, Line.Place> taken = new LinkedHashMap<>();
        Instant last = intent.createdAt();
        for (Map.Entry<Line, Line.Place> entry : places.entrySet()) {
            Line line = entry.getKey();
            Line.Place place = entry.getValue();
            Transaction holder = place.reference().isEmpty() ? null : payments.find(session, place.reference());
            Instant turn = line.turnOf(intent, place, holder);
            taken.put(line, line.taken(intent, turn, place, holder));
            last = turn.isAfter(last) ? turn : last;
        }
        for (Map.Entry<Line, Line.Place> entry : taken.entrySet()) {
            lines.take(session, entry.getKey(), entry.getValue());
        }
        return last;
    }

    Transaction receive(Session session, Transaction arrived) throws SQLException {
        Transaction known = payments.find(session, arrived.reference());
        if (known != null) {
            return known;
        }
        String receipt = (arrived.held() == null ? arrived.outcome() : arrived.held()).receiptNumber();
        while (true) {
            String holder = receipts.holder(session, arrived.shortCode(), receipt);
            if (holder != null) {
                known = payments.find(session, holder);
                // it was counted, however long ago
                return known == null ? arrived.countedBefore(holder) : known;
            }
            if (payments.insertIfAbsent(session, arrived)) {
                return arrived;
            }
            known = payments.find(session, arrived.reference());
            if (known != null) {
                return known;
            }
            // it came and went meanwhile
        }
    }

    Transaction abandon(Session session, String reference, Outcome why, Predicate<Transaction> still) throws SQLException {
        Transaction before = payments.lock(session, reference);
        Transaction after = before == null || !still.test(before) ? before : before.abandoned(why, clock.instant());
        if (after != before) {
            budgets.change(session, before.spends(), after);
            if (after.isUnattended()) {
                after = after.toldOnceMore();
                deliveries.insert(session, Delivery.unclaimed(after, clock.instant()));
            }
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
        budgets.change(session, before.spends(), after);
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
        if (settlement.transaction() != null) {
            budgets.change(session, before.spends(), settlement.transaction());
        }
        boolean claimsKey = settlement.claimsKey();
        String key = claimsKey || settlement.wantsKey() ? key(session, before, settlement) : null;
        if (key != null && claimsKey) {
            // whoever took it meanwhile: a refusal has freed it, or a failure was no reason to keep it
            String holder = keys.take(session, before, key);
            settlement = settlement.beside(holder == null ? null : payments.find(session, holder), now);
        } else if (key != null) {
            keys.pin(session, before, key);
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
            KeyTable.Pin pin = keys.holder(session, intent);
            if (pin == null) {
                // it was freed this very moment
                continue;
            }
            String holder = pin.reference();
            if (intent.reference().equals(holder)) {
                // to answer with it would allow to send it again
                throw new IllegalStateException("payment " + holder + " is stored already");
            }
            Transaction earlier = payments.find(session, holder);
            if (earlier == null) {
                throw gone(intent, holder, keys.holder(session, intent));
            }
            if (!holder.equals(after)) {
                return earlier;
            }
            // locked: it must not be corrected while its key goes on
            earlier = payments.lock(session, holder);
            if (earlier != null && !earlier.hasFailed()) {
                return earlier;
            }
            if (earlier != null && keys.handOver(session, intent, holder)) {
                return null;
            }
            // it has changed this very moment
        }
        return null;
    }

    // a key outlives its payment, or what was paid years ago could be paid again
    private static DarajaKeyUsedException gone(Transaction intent, String reference, KeyTable.Pin now) {
        boolean known = now != null && now.reference().equals(reference);
        return new DarajaKeyUsedException(intent.operation(), intent.account(), reference, known ? now.status() : null,
                known ? now.endedAt() : null);
    }

    // its text may have gone with its names, which what is applied for the first time has still
    private String key(Session session, Transaction payment, Settlement settlement) throws SQLException {
        if (payment.idempotencyKey() != null) {
            return KeyTable.hash(vault, payment);
        }
        return settlement.verdict() == Verdict.APPLIED ? null : payments.keyHash(session, payment.reference());
    }

    private void replace(Session session, Transaction before, Transaction after) throws SQLException {
        if (after.equals(before)) {
            return;
        }
        payments.update(session, before, after);
        // those of a payment that came by itself were not added when it came
        if (before.isArrival() || !after.ids().equals(before.ids())) {
            requestIds.add(session, after.ids(), after.reference());
        }
    }
}
