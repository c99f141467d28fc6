package io.github.cameldaraja.reconcile;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.RequestIdentity;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.ApiTable;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.Need;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.gateway.DarajaGateway;
import io.github.cameldaraja.gateway.GatewayRequest;
import io.github.cameldaraja.transaction.Debts;
import io.github.cameldaraja.transaction.OperatorCircuits;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends payouts that were stored to be sent later: those that a second person has approved, and those that had to wait for their turn
 * and whose exchange is gone. It is stored who begins before anything is sent, so each is sent once, by whatever node.
 */
public final class Departures {

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final CompletableFuture<Transaction> DONE = CompletableFuture.completedFuture(null);

    private final Clock clock;
    private final TransactionRepository repository;
    private final Debts debts;
    private final Accounts accounts;
    private final DarajaGateway gateway;
    private final ApiTable operations;
    private final OperatorCircuits operators;
    private final AskSchedule schedule;
    private final Duration longestSending;
    private final Duration window;

    /**
     * @param longestSending how long after somebody has begun to send it is certain that nobody does any more
     * @param window         how long after it was approved, or stored, a payout may leave
     */
    public Departures(Clock clock, TransactionRepository repository, Debts debts, Accounts accounts, DarajaGateway gateway,
                      ApiTable operations, OperatorCircuits operators, AskSchedule schedule, Duration longestSending, Duration window) {
        this.clock = clock;
        this.repository = repository;
        this.debts = debts;
        this.accounts = accounts;
        this.gateway = gateway;
        this.operations = operations;
        this.operators = operators;
        this.schedule = schedule;
        this.longestSending = longestSending;
        this.window = window;
    }

    /**
     * Takes a payout that waits to be sent.
     *
     * @param unattended whether it is not the exchange that has asked for it
     * @return as it is now; null if somebody else has taken it, or it is over
     */
    public CompletableFuture<Transaction> take(String reference, boolean unattended) {
        AtomicBoolean ours = new AtomicBoolean();
        Instant now = clock.instant();
        return repository.update(reference, current -> {
            ours.set(current.waitsToBeSent());
            return ours.get() ? current.departs(unattended, now.plus(longestSending), now) : current;
        }).thenApply(after -> ours.get() ? after : null);
    }

    /** A second person has not approved it in time. */
    CompletableFuture<Transaction> expire(Transaction held) {
        LOG.info("Nobody has approved {} in time; it is not sent", held);
        return repository.abandon(held.reference(), refusal(null, "nobody has approved it in time; it was not sent"),
                current -> current.status() == PaymentStatus.HELD);
    }

    /** Sends one that is due; done when what became of it is stored, or cannot be. Never exceptionally. */
    CompletableFuture<Transaction> send(Transaction payment) {
        try {
            Account account = accounts.get(payment.account());
            if (isTooLate(payment)) {
                return giveUp(payment, "it could not be sent in time");
            }
            if (!Objects.equals(account.shortCode(), payment.shortCode())) {
                return giveUp(payment, "its account has another short code by now");
            }
            return leave(payment, account).thenCompose(leave -> leave == null ? go(payment, account) : putOff(payment, leave))
                    .handle((stored, failure) -> failure == null ? stored : warn(payment, failure));
        } catch (RuntimeException e) {
            // its lease brings it back
            return CompletableFuture.completedFuture(warn(payment, e));
        }
    }

    private boolean isTooLate(Transaction payment) {
        Instant since = payment.departure().approvedAt() == null ? payment.createdAt() : payment.departure().approvedAt();
        return since.plus(window).isBefore(clock.instant());
    }

    private CompletableFuture<Transaction> giveUp(Transaction payment, String why) {
        LOG.warn("{} is not sent: {}", payment, why);
        return take(payment.reference(), true).thenCompose(ours -> ours == null ? DONE
                : repository.abandon(payment.reference(), refusal(null, why + "; it was not sent")));
    }

    // null if it may go, else how long it must wait
    private CompletableFuture<Duration> leave(Transaction payment, Account account) {
        if (!api(payment).needs().contains(Need.INITIATOR)) {
            return CompletableFuture.completedFuture(null);
        }
        return operators.admit(payment.operation(), account, true).thenApply(refusal -> refusal.isEmpty() ? null
                : refusal.get() instanceof DarajaThrottledException ? AskSchedule.TURN : AskSchedule.STOPPED);
    }

    private CompletableFuture<Transaction> putOff(Transaction payment, Duration wait) {
        Instant turn = clock.instant().plus(wait);
        return repository.update(payment.reference(), current -> current.waitsToBeSent() ? current.due(turn) : current);
    }

    private CompletableFuture<Transaction> go(Transaction payment, Account account) {
        PaymentApi api = api(payment);
        // before it is taken: what cannot be made is not sent
        GatewayRequest request = GatewayRequest.of(api, account, Fields.check(api, payment.repetition().fields()),
                account.owned(clock, RequestIdentity.ofRequest(payment.reference(), payment.ownId())), true);
        return take(payment.reference(), true).thenCompose(ours -> {
            if (ours == null) {
                return DONE;
            }
            LOG.info("{} is sent now", payment);
            return gateway.send(request).handle((answer, failure) -> failure == null
                    ? acknowledged(payment, api.acknowledgement(answer.body()))
                    : failed(payment, account, api, failure)).thenCompose(stored -> stored);
        });
    }

    private CompletableFuture<Transaction> acknowledged(Transaction payment, Acknowledgement ids) {
        return debts.store(payment.reference(), () -> repository.update(payment.reference(), current -> current.acknowledgement() != null
                ? current : current.acknowledged(ids, clock.instant().plus(schedule.first()), clock.instant())));
    }

    private CompletableFuture<Transaction> failed(Transaction payment, Account account, PaymentApi api, Throwable failure) {
        Instant now = clock.instant();
        operators.refused(account, failure);
        Map<String, String> fields = payment.repetition().fields();
        boolean arrived = failure instanceof DarajaException refusal && api.isDuplicate(refusal.getDetails());
        if (arrived || failure instanceof DarajaOutcomeUnknownException || !(failure instanceof DarajaException)) {
            LOG.info("Whether {} was sent is not known: {}", payment, failure.getMessage());
            Instant question = now.plus(schedule.first());
            return debts.store(payment.reference(), () -> repository.update(payment.reference(), current -> arrived
                    ? current.fateUnknown(question, now).notRepeated() : current.fateUnknown(question, now)));
        }
        if (failure instanceof DarajaThrottledException || failure instanceof DarajaNotSentException) {
            LOG.info("{} was not accepted, and is sent a little later: {}", payment, failure.getMessage());
            // never once more: if it is stored and the answer was lost, somebody may be sending it already
            return repository.update(payment.reference(), current ->
                    current.departsLater(fields, now.plus(AskSchedule.POSTPONED), now));
        }
        LOG.warn("{} was refused: {}", payment, failure.getMessage());
        DarajaException refused = (DarajaException) failure;
        Outcome why = refusal(refused.getErrorCode(),
                refused.getErrorMessage() == null ? refused.getMessage() : refused.getErrorMessage());
        return debts.store(payment.reference(), () -> repository.abandon(payment.reference(), why, Transaction::wasSentOnce));
    }

    private static Outcome refusal(String code, String why) {
        return Outcome.builder().status(PaymentStatus.FAILED).resultCode(code).resultDescription(why).build();
    }

    private PaymentApi api(Transaction payment) {
        return (PaymentApi) operations.find(payment.operation());
    }

    private static Transaction warn(Transaction payment, Throwable why) {
        LOG.warn("{} could not be sent now: {}", payment, why.toString());
        return null;
    }
}
