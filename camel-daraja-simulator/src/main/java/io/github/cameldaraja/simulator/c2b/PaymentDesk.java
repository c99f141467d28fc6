package io.github.cameldaraja.simulator.c2b;

import java.math.BigDecimal;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.PhonePayment;
import io.github.cameldaraja.simulator.PhonePayment.Outcome;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.Merchant;
import io.github.cameldaraja.simulator.money.Kind;
import io.github.cameldaraja.simulator.wire.Formats;
import io.vertx.core.Future;

/**
 * Where customers pay who begin with their own phones.
 */
final class PaymentDesk {

    static final long HIGHEST_AMOUNT = 250_000;
    static final int LONGEST_REFERENCE = 20;

    private final Inside inside;
    private final Merchant merchant;
    private final Registry registry;
    private final Validator validator;
    private final ConfirmationDesk confirmations;

    PaymentDesk(Inside inside, Merchant merchant, Registry registry, Validator validator,
            ConfirmationDesk confirmations) {
        this.inside = inside;
        this.merchant = merchant;
        this.registry = registry;
        this.validator = validator;
        this.confirmations = confirmations;
    }

    /** Lets a customer pay; throws {@link IllegalArgumentException} for what no phone would send. */
    Future<PhonePayment> pay(String phone, String shortCode, String reference, long amount) {
        inside.customers().get(phone);
        if (!Formats.isShortCode(shortCode)) {
            throw new IllegalArgumentException("not a short code: " + shortCode);
        }
        if (amount < 1 || amount > HIGHEST_AMOUNT) {
            throw new IllegalArgumentException("not an amount from 1 to " + HIGHEST_AMOUNT + ": " + amount);
        }
        String partyB = merchant.receiver(shortCode);
        boolean till = inside.ledger().kind(partyB) == Kind.TILL;
        if (!till && (reference == null || reference.isEmpty() || reference.length() > LONGEST_REFERENCE)) {
            throw new IllegalArgumentException("the reference has not 1 to " + LONGEST_REFERENCE + " characters: " + reference);
        }
        if (inside.ledger().customerBalance(phone) < amount) {
            return Future.succeededFuture(unaffordable(null));
        }
        Attempt attempt = new Attempt(inside.ids().receipt(), inside.clock().instant(), phone, shortCode, partyB,
                till ? "" : reference, amount);
        int epoch = inside.recorder().epoch();
        return registry.asked(partyB).map(asked -> validator.ask(asked, attempt))
                .orElse(Future.succeededFuture(Verdict.UNASKED))
                .map(verdict -> epoch == inside.recorder().epoch()
                        ? conclude(attempt, verdict)
                        : new PhonePayment(Outcome.FORGOTTEN, null, null));
    }

    private PhonePayment conclude(Attempt attempt, Verdict verdict) {
        if (!verdict.accepted()) {
            Outcome outcome = verdict.code() == null ? Outcome.CANCELLED : Outcome.REFUSED;
            return new PhonePayment(outcome, attempt.receipt(), verdict.code());
        }
        confirmations.remember(attempt.receipt(), verdict.thirdPartyId());
        if (inside.ledger().pay(attempt.phone(), attempt.partyB(), attempt.amount(), () -> entry(attempt)).isEmpty()) {
            return unaffordable(attempt.receipt());
        }
        inside.counters().increment(C2bCounts.PAID);
        return new PhonePayment(Outcome.PAID, attempt.receipt(), null);
    }

    private PhonePayment unaffordable(String receipt) {
        inside.counters().increment(C2bCounts.UNAFFORDABLE);
        return new PhonePayment(Outcome.UNAFFORDABLE, receipt, null);
    }

    private LedgerEntry entry(Attempt attempt) {
        return new LedgerEntry(attempt.receipt(), inside.clock().instant(), attempt.phone(), attempt.shortCode(),
                attempt.partyB(), BigDecimal.valueOf(attempt.amount()), attempt.reference(), null, null);
    }
}
