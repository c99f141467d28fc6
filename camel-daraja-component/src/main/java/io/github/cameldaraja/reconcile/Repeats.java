package io.github.cameldaraja.reconcile;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.RequestIdentity;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.ApiTable;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Fields;
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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a request again of which nobody knows whether it has arrived, where Safaricom itself refuses the second one: the identical
 * request, with our same id and to the same URLs. Only the encrypted credential may differ, for its padding is random. That the second
 * one is refused says that the first has arrived, and from then on is asked about it.
 */
public final class Repeats {

    private static final Logger LOG = LoggerFactory.getLogger(Repeats.class);

    private final Clock clock;
    private final TransactionRepository repository;
    private final Debts debts;
    private final DarajaGateway gateway;
    private final ApiTable operations;
    private final OperatorCircuits operators;
    private final AskSchedule schedule;
    private final Duration window;

    /**
     * @param window how long after its start a payment may be sent again
     */
    public Repeats(Clock clock, TransactionRepository repository, Debts debts, DarajaGateway gateway, ApiTable operations,
                   OperatorCircuits operators, AskSchedule schedule, Duration window) {
        this.clock = clock;
        this.repository = repository;
        this.debts = debts;
        this.gateway = gateway;
        this.operations = operations;
        this.operators = operators;
        this.schedule = schedule;
        this.window = window;
    }

    /** Whether it may be sent again, and nothing is to be asked before. */
    static boolean isNext(Transaction payment) {
        return payment.mayBeRepeated() && payment.repetition().cleared();
    }

    /** Whether it may be sent again still: the time for it is not over, and it would be the identical request. */
    boolean isOpen(Transaction payment, Account account) {
        return end(payment).isAfter(clock.instant())
                && account.hasInitiator() && Objects.equals(account.shortCode(), payment.shortCode())
                && operations.find(payment.operation()) instanceof PaymentApi;
    }

    /** When the time for it is over. */
    Instant end(Transaction payment) {
        return payment.createdAt().plus(window);
    }

    /** Sends a payment again that may be; done when what became of it is stored, or cannot be. Never exceptionally. */
    CompletableFuture<Void> send(Transaction payment, Account account) {
        PaymentApi api = (PaymentApi) operations.find(payment.operation());
        Fields fields = Fields.check(api, payment.repetition().fields());
        GatewayRequest request = GatewayRequest.of(api, account, fields,
                account.owned(clock, RequestIdentity.ofRequest(payment.reference(), payment.ownId())), true);
        boolean once = api.beforeRepeat(fields).isPresent();
        return claim(payment, once)
                .thenCompose(ours -> ours ? send(payment, account, api, request) : CompletableFuture.completedFuture(null))
                .handle((stored, failure) -> {
                    if (failure != null) {
                        LOG.warn("What became of sending {} again could not be stored now: {}", payment, failure.toString());
                    }
                    return null;
                });
    }

    // stored before it is sent: who was told that the first one was refused, and could not store that, must not call it failed any more;
    // and of what is sent once more only, whoever finds it then knows that there is no third time
    private CompletableFuture<Boolean> claim(Transaction payment, boolean once) {
        AtomicBoolean ours = new AtomicBoolean();
        return repository.update(payment.reference(), current -> {
            ours.set(isNext(current));
            Transaction again = ours.get() ? current.repeatable(current.repetition().again()) : current;
            return ours.get() && once ? again.notRepeated() : again;
        }).thenApply(after -> ours.get());
    }

    private CompletableFuture<Transaction> send(Transaction payment, Account account, PaymentApi api, GatewayRequest request) {
        LOG.warn("{} is sent again: whether it has arrived is not known, and Safaricom refuses a second one", payment);
        return gateway.send(request).handle((answer, failure) -> {
            Instant now = clock.instant();
            if (failure == null) {
                return acknowledged(payment, api.acknowledgement(answer.body()));
            }
            operators.refused(account, failure);
            if (failure instanceof DarajaException refusal && api.isDuplicate(refusal.getDetails())) {
                LOG.info("{} has arrived before, and is asked about", payment);
                return notRepeated(payment, now);
            }
            LOG.info("Sending {} again ended so: {}", payment, failure.getMessage());
            if (failure instanceof DarajaOutcomeUnknownException || !(failure instanceof DarajaException)) {
                return open(payment, current -> current.mayBeRepeated() ? current.due(now.plus(schedule.pauseAtAge(age(current, now))))
                        : current.due(now));
            }
            if (failure instanceof DarajaRequestException) {
                // that the second one is refused says nothing of the first
                return notRepeated(payment, now);
            }
            // it never arrived, so it does not count. Stored now or never: if the answer of the store was lost, somebody may have begun
            // the second time already, and there is no third
            return open(payment, current -> (current.repetition().times() == payment.repetition().times() + 1
                    ? current.repeatable(payment.repetition()) : current).due(now.plus(AskSchedule.POSTPONED)));
        }).thenCompose(stored -> stored);
    }

    // without the ids of a second reversal nothing could be asked about it
    private CompletableFuture<Transaction> acknowledged(Transaction payment, Acknowledgement ids) {
        return debts.store(payment.reference(), () -> update(payment, current -> current.acknowledgement() != null ? current
                : current.acknowledged(ids, clock.instant().plus(schedule.first()), clock.instant())));
    }

    private CompletableFuture<Transaction> notRepeated(Transaction payment, Instant now) {
        return debts.store(payment.reference(), () -> open(payment, current -> current.status() == PaymentStatus.UNKNOWN
                ? current.notRepeated().due(now) : current));
    }

    private CompletableFuture<Transaction> open(Transaction payment, UnaryOperator<Transaction> change) {
        return update(payment, current -> current.isEnded() || current.held() != null || current.acknowledgement() != null
                || current.disputed() ? current : change.apply(current));
    }

    private CompletableFuture<Transaction> update(Transaction payment, UnaryOperator<Transaction> change) {
        return repository.update(payment.reference(), change);
    }

    private static Duration age(Transaction payment, Instant now) {
        return Duration.between(payment.createdAt(), now);
    }
}
