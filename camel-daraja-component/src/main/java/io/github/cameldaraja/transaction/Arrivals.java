package io.github.cameldaraja.transaction;

import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.Merchant;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PhoneNumbers;
import io.github.cameldaraja.api.TransactionStatus;
import io.github.cameldaraja.api.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payments that come by themselves: confirmations, Bill Manager's notifications, pulled rows. Each is stored under a reference
 * that its receipt makes, and passes the one door once, either as a payment of its own or as the outcome of the push that it
 * pays. While a fitting push is open it waits, for the push's own callback knows better.
 */
public final class Arrivals {

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    /** What became of a message about a payment. */
    public enum Fate {
        /** It counts now; routes are told. */
        COUNTED,
        /** It is stored, and waits for the callback of a push that it fits. */
        HELD,
        /** It was counted before, or is on its way. */
        KNOWN,
        /** It is stored and not believed; Safaricom is asked. */
        UNVERIFIED
    }

    /**
     * What happened to a message; it is stored.
     *
     * @param outcome   as routes see it
     * @param delivered done when the first taker has ended
     */
    public record Arrived(Fate fate, Outcome outcome, CompletableFuture<Void> delivered) {
    }

    private final Clock clock;
    private final String application;
    private final TransactionRepository repository;
    private final Door door;
    private final Accounts accounts;
    private final Duration mergeWindow;

    /**
     * @param application whose routes are told of what comes here
     * @param mergeWindow how long a payment waits while a fitting push is open
     */
    public Arrivals(Clock clock, String application, TransactionRepository repository, Door door, Accounts accounts,
                    Duration mergeWindow) {
        this.clock = clock;
        this.application = application;
        this.repository = repository;
        this.door = door;
        this.accounts = accounts;
        this.mergeWindow = mergeWindow;
    }

    /**
     * Takes in a payment that has happened; fails if it could not be stored. Any number of times is as good as once.
     *
     * @param payment   with operation, account, receipt, amount and source
     * @param shortCode whose receipt it is
     */
    public CompletableFuture<Arrived> arrive(Outcome payment, String shortCode) {
        Transaction arrival = arrival(payment, shortCode).believed(own(payment, shortCode), end(), clock.instant());
        return repository.receive(arrival).thenCompose(known -> {
            if (!known.reference().equals(arrival.reference()) || known.status() == PaymentStatus.COMPLETED) {
                LOG.debug("{} was heard of before: {}", payment, known);
                return known(known);
            }
            if (known.isEnded() || known.held() != null) {
                return weigh(known, known.held() == null ? arrival.held() : known.held());
            }
            return believe(known.reference(), arrival.held());
        });
    }

    /**
     * Takes in a payment that nobody need believe: it is stored, and only Safaricom's answer to a question, or a message that is
     * believed, makes it count.
     */
    public CompletableFuture<Arrived> claim(Outcome payment, String shortCode) {
        Transaction claim = arrival(payment, shortCode).claimed(own(payment, shortCode).toBuilder().status(PaymentStatus.PENDING)
                .verdict(Verdict.OFF_RANGE).build(), clock.instant());
        return repository.receive(claim).thenCompose(known -> known.reference().equals(claim.reference()) && !known.isEnded()
                && known.held() == null ? arrived(Fate.UNVERIFIED, known.toOutcome()) : known(known));
    }

    /** Settles a held payment whose time is over. */
    public CompletableFuture<Arrived> due(Transaction arrival) {
        return fitting(arrival, arrival.held()).thenCompose(pushes -> {
            Transaction push = Fit.choose(pushes);
            if (push == null && !pushes.isEmpty()) {
                LOG.warn("{} fits {} pushes and counts as a payment of its own; if the callback of one of them names this receipt"
                        + " as well, a person must look", arrival.held(), pushes.size());
            }
            return push == null ? count(arrival.held()) : merge(push, arrival.held());
        });
    }

    /**
     * Takes in a message that calls a payment of ours paid and names no receipt. If a payment that fits it has come by itself and
     * counts already, it may be the same money: a person must look. If one waits to know which push it pays, it pays this one.
     *
     * @return what happened at the door; a conflict if it was not let in
     */
    public CompletableFuture<Door.Passed> paidWithoutReceipt(Transaction payment, Outcome said) {
        return paidWithoutReceipt(payment, said, true);
    }

    private CompletableFuture<Door.Passed> paidWithoutReceipt(Transaction payment, Outcome said, boolean lookForReceipt) {
        if (!Fit.isUndecided(payment)) {
            return door.settle(said);
        }
        // a row may be stored long after the payment: Pull looks back as far as two days
        return repository.findAlike(payment.shortCode(), payment.amount(), payment.createdAt().minus(Fit.LONGEST_AGO),
                clock.instant()).thenCompose(alike -> {
                    Transaction counted = alike.stream().filter(one -> Fit.hasCounted(payment, one)).findFirst().orElse(null);
                    if (counted != null) {
                        return mayBeTheSame(payment, said, counted);
                    }
                    Transaction held = alike.stream().filter(one -> lookForReceipt && Fit.isHeldFor(payment, one))
                            .min(Comparator.comparing(Transaction::createdAt)).orElse(null);
                    return held == null ? door.settle(said) : paidBy(payment, held.held(), said);
                });
    }

    private CompletableFuture<Door.Passed> mayBeTheSame(Transaction payment, Outcome said, Transaction counted) {
        LOG.error("A person must look: Safaricom calls {} paid, without a receipt, and {} fits it and counts already", payment,
                counted);
        return repository.update(payment.reference(), current -> current.status().isFinal() ? current
                : current.disputed(clock.instant())).thenCompose(after -> door.alarms().raise(AlertKind.CONFLICT, payment,
                        "Safaricom calls this payment paid, without a receipt, and one that looks the same came by itself and counts already",
                        Map.of("counted", counted.reference()), counted.reference()).thenApply(raised -> after))
                .thenApply(after -> new Door.Passed(Settlement.refused(after, said),
                        CompletableFuture.completedFuture(null)));
    }

    // its receipt decides: should somebody count it as a payment of its own in this very moment, only one of the two gets it
    private CompletableFuture<Door.Passed> paidBy(Transaction push, Outcome held, Outcome said) {
        return door.settle(about(push, held)).thenCompose(passed -> passed.settlement().verdict().isDelivered()
                ? door.settle(held).thenApply(gone -> passed)
                : repository.find(push.reference()).thenCompose(now -> paidWithoutReceipt(now, said, false)));
    }

    /** Takes in the final answer to our question about a payment that nobody need believe. */
    public CompletableFuture<Arrived> answered(Transaction claim, Outcome said) {
        if (claim.isEnded() || claim.held() != null) {
            return known(claim);
        }
        if (!said.isCompleted()) {
            LOG.error("A person must look: a message told of {}, and Safaricom says that it is {}", claim, said.status());
            return repository.abandon(claim.reference(), Outcome.builder().status(said.status()).resultCode(said.resultCode())
                    .resultDescription(said.resultDescription()).build()).thenCompose(after -> denied(claim, said, after));
        }
        if (!isSame(claim, said)) {
            LOG.error("A person must look: a message told of {}, and Safaricom tells of another receipt, amount or receiver: {}",
                    claim, said);
            return repository.update(claim.reference(), current -> current.isEnded() ? current
                    : current.disputed(clock.instant())).thenCompose(after -> denied(claim, said, after));
        }
        // who has paid is better known to Safaricom than to the message
        String phone = PhoneNumbers.isWhole(said.phoneNumber()) ? said.phoneNumber() : claim.outcome().phoneNumber();
        return believe(claim.reference(), claim.outcome().toBuilder().status(PaymentStatus.COMPLETED).verdict(null)
                .phoneNumber(phone).build());
    }

    private CompletableFuture<Arrived> denied(Transaction claim, Outcome said, Transaction after) {
        return door.alarms().raise(AlertKind.DENIED, claim, "a message that need not be believed told of a payment, and Safaricom says that"
                + " there is none, or another one: somebody knows a registered URL", Map.of("status", said.status()))
                .thenCompose(raised -> known(after));
    }

    private boolean isSame(Transaction claim, Outcome said) {
        Merchant merchant = accounts.get(claim.account()).merchant();
        return claim.outcome().receiptNumber().equalsIgnoreCase(said.receiptNumber())
                && said.amount() != null && claim.amount().compareTo(said.amount()) == 0
                && merchant.owns(TransactionStatus.receiver(said));
    }

    private CompletableFuture<Arrived> believe(String reference, Outcome payment) {
        return repository.update(reference, current -> current.isEnded() || current.held() != null ? current
                : current.believed(payment, end(), clock.instant())).thenCompose(row -> row == null
                        ? count(payment) : weigh(row, payment));
    }

    // at once if there is nothing to wait for
    private CompletableFuture<Arrived> weigh(Transaction row, Outcome payment) {
        return fitting(row, payment).thenCompose(pushes -> {
            if (pushes.isEmpty()) {
                return count(payment);
            }
            if (row.isEnded()) {
                // an answer said that it had failed: nothing holds it any more
                Transaction push = Fit.choose(pushes);
                return push == null ? count(payment) : merge(push, payment);
            }
            LOG.debug("{} is held for {}", payment, pushes);
            return arrived(Fate.HELD, row.toOutcome());
        });
    }

    private CompletableFuture<List<Transaction>> fitting(Transaction row, Outcome payment) {
        return repository.findAlike(row.shortCode(), payment.amount(), Fit.earliest(payment, row.createdAt()),
                Fit.latest(payment, row.createdAt())).thenApply(alike ->
                        alike.stream().filter(push -> Fit.fits(push, payment, row.createdAt())).toList());
    }

    private CompletableFuture<Arrived> count(Outcome payment) {
        return door.settle(payment).thenApply(Arrivals::arrived);
    }

    private static Arrived arrived(Door.Passed passed) {
        return new Arrived(passed.settlement().verdict().isDelivered() ? Fate.COUNTED : Fate.KNOWN, passed.settlement().outcome(),
                passed.delivered());
    }

    private CompletableFuture<Arrived> merge(Transaction push, Outcome payment) {
        return door.settle(about(push, payment)).thenCompose(passed -> switch (passed.settlement().verdict()) {
            // something better was heard of the push in this very moment
            case UNMATCHED, ORPHAN, CONFLICT -> count(payment);
            // the push holds the receipt now, so the door takes our own row away
            default -> door.settle(payment).thenApply(gone -> arrived(passed));
        });
    }

    private static Outcome about(Transaction push, Outcome payment) {
        return payment.toBuilder().operation(push.operation()).account(push.account()).reference(push.reference()).build();
    }

    private CompletableFuture<Arrived> known(Transaction row) {
        return arrived(Fate.KNOWN, row == null ? null : row.toOutcome());
    }

    private static CompletableFuture<Arrived> arrived(Fate fate, Outcome outcome) {
        return CompletableFuture.completedFuture(new Arrived(fate, outcome, CompletableFuture.completedFuture(null)));
    }

    private Instant end() {
        return clock.instant().plus(mergeWindow);
    }

    private Transaction arrival(Outcome payment, String shortCode) {
        return Transaction.arrival(own(payment, shortCode), shortCode, clock.instant()).of(application);
    }

    private static Outcome own(Outcome payment, String shortCode) {
        return payment.toBuilder().reference(References.ofReceipt(shortCode, payment.receiptNumber())).build();
    }
}
