package io.github.cameldaraja.callback;

import io.github.cameldaraja.account.CallbackKind;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.ApiTable;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.Inquiry;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.Need;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.OutcomeApi;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.RequestApi;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.Alarms;
import io.github.cameldaraja.transaction.Arrivals;
import io.github.cameldaraja.transaction.Door;
import io.github.cameldaraja.transaction.OperatorCircuits;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what Safaricom says of a request, or of a question about one, to the one door. What cannot be read, says nothing final,
 * belongs to no stored payment or comes from an unlisted address is kept raw with its verdict, and the payment is asked about.
 */
public final class RequestCallbacks implements CallbackHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RequestCallbacks.class);

    private final Clock clock;
    private final ApiTable operations;
    private final TransactionRepository repository;
    private final RawCallbacks raw;
    private final Door door;
    private final Arrivals arrivals;
    private final Answering answering;
    private final OperatorCircuits operators;
    private final Alarms alarms;
    private final Function<Outcome, CompletableFuture<Outcome>> heard;

    /**
     * @param operators who hear what is said of them
     * @param heard     takes in the final answer to a question about a stored payment
     */
    public RequestCallbacks(Clock clock, ApiTable operations, TransactionRepository repository, Door door, Arrivals arrivals,
                            Answering answering, OperatorCircuits operators, Alarms alarms,
                            Function<Outcome, CompletableFuture<Outcome>> heard) {
        this.clock = clock;
        this.operations = operations;
        this.repository = repository;
        this.raw = new RawCallbacks(repository);
        this.door = door;
        this.arrivals = arrivals;
        this.answering = answering;
        this.operators = operators;
        this.alarms = alarms;
        this.heard = heard;
    }

    @Override
    public CompletableFuture<CallbackReply> handle(CallbackRequest callback) {
        CallbackKind kind = Objects.requireNonNull(CallbackKind.of(callback.kind()), "kind");
        return repository.find(callback.reference()).thenCompose(payment -> switch (kind) {
            case RESULT -> result(callback, payment);
            case TIMEOUT -> timeout(callback, payment);
            case ANSWER -> answer(callback, payment);
            // the next question is due anyway
            case NO_ANSWER -> raw.keep(callback, Verdict.UNMATCHED);
            case ORIGINAL -> original(callback, payment);
        }).thenApply(done -> CallbackReply.accepted());
    }

    @Override
    public CallbackReply replyWhenKept() {
        return CallbackReply.accepted();
    }

    private CompletableFuture<Void> result(CallbackRequest callback, Transaction payment) {
        Outcome.Builder read = read(callback, payment);
        if (read == null) {
            LOG.error("A person must look: {} cannot be read and is kept raw", callback);
            return keepAndAsk(callback, Verdict.UNMATCHED).thenCompose(kept -> unreadable(callback, payment));
        }
        if (!callback.listed()) {
            return offRange(callback);
        }
        Outcome outcome = weigh(payment, read.reference(callback.reference()).account(callback.account().name()).build());
        return operator(callback, payment, outcome.resultCode(), payment == null ? null : operations.find(payment.operation()))
                .thenCompose(heard -> decide(callback, payment, outcome));
    }

    private CompletableFuture<Void> unreadable(CallbackRequest callback, Transaction payment) {
        String what = "a callback cannot be read and is kept raw; Safaricom has changed something, or a proxy changes bodies";
        return payment != null ? alarms.raise(AlertKind.UNREADABLE, payment, what, Map.of())
                : alarms.raise(AlertKind.UNREADABLE, callback.account().name(), what, Map.of("callback", callback.reference()),
                        callback.reference());
    }

    // what Safaricom says of the operator is said by the code of whatever he has signed
    private CompletableFuture<Void> operator(CallbackRequest callback, Transaction payment, String code, DarajaApi api) {
        return api instanceof RequestApi request && request.needs().contains(Need.INITIATOR)
                ? operators.heard(callback.account(), code, payment.updatedAt()) : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> decide(CallbackRequest callback, Transaction payment, Outcome outcome) {
        if (payment != null && !payment.isQuestion() && !outcome.status().isFinal()) {
            LOG.warn("{} says nothing final (code {}): it is kept, and Safaricom is asked", callback, outcome.resultCode());
            return keepAndAsk(callback, Verdict.UNMATCHED);
        }
        return settle(payment, outcome).thenCompose(passed -> switch (passed.settlement().verdict()) {
            case ORPHAN, CONFLICT -> raw.keep(callback, passed.settlement().verdict());
            case UNMATCHED -> keepAndAsk(callback, Verdict.UNMATCHED);
            default -> payment.isQuestion() ? answering.after(passed).thenCompose(done -> tell(payment, outcome))
                    : answering.after(passed);
        });
    }

    private CompletableFuture<Door.Passed> settle(Transaction payment, Outcome outcome) {
        return payment != null && !payment.isQuestion() && outcome.isCompleted() && outcome.receiptNumber() == null
                ? arrivals.paidWithoutReceipt(payment, outcome) : door.settle(outcome);
    }

    // "it expired in our queue" proves nothing
    private CompletableFuture<Void> timeout(CallbackRequest callback, Transaction payment) {
        if (payment == null) {
            LOG.error("A person must look: {} belongs to no stored payment and is kept raw", callback);
            return raw.keep(callback, Verdict.ORPHAN).thenCompose(kept -> alarms.raise(AlertKind.ORPHAN, callback.account().name(),
                    "Safaricom gave up a request in its queue, which is not stored here; nobody can say whether money moved",
                    Map.of("callback", callback.reference()), callback.reference()));
        }
        if (payment.isQuestion()) {
            return door.settle(Outcome.builder().reference(payment.reference()).account(payment.account())
                    .status(PaymentStatus.UNKNOWN).source(Source.TIMEOUT).build()).thenCompose(answering::after);
        }
        return raw.keep(callback, Verdict.UNMATCHED).thenCompose(kept -> repository.update(payment.reference(), current ->
                current.held() != null ? current : current.expiredInQueue(clock.instant(), clock.instant()))).thenAccept(after -> { });
    }

    private CompletableFuture<Void> answer(CallbackRequest callback, Transaction payment) {
        return payment == null ? raw.keep(callback, Verdict.ORPHAN)
                : answer(callback, payment, operations.find(payment.operation()).inquiry(payment.ids()), said -> answered(payment, said));
    }

    // what is said of another payment must not be taken for this one's
    private CompletableFuture<Void> original(CallbackRequest callback, Transaction payment) {
        if (payment == null) {
            return raw.keep(callback, Verdict.ORPHAN);
        }
        if (!payment.mayBeRepeated() || !(operations.find(payment.operation()) instanceof PaymentApi api)) {
            LOG.debug("{} comes too late: {} was sent again, or is over", callback, payment);
            return CompletableFuture.completedFuture(null);
        }
        return answer(callback, payment, api.beforeRepeat(Fields.check(api, payment.repetition().fields())), said -> {
            if (!said.isCompleted()) {
                LOG.warn("{} is not sent again: the payment that it is about is {}, says Safaricom, {}", payment, said.status(),
                        said.resultDescription());
                return CompletableFuture.completedFuture(null);
            }
            return repository.update(payment.reference(), current -> !current.mayBeRepeated() ? current
                    : current.repeatable(current.repetition().clear()).due(clock.instant())).thenAccept(after -> { });
        });
    }

    private CompletableFuture<Void> answer(CallbackRequest callback, Transaction payment, Optional<Inquiry> inquiry,
                                           Function<Outcome, CompletableFuture<Void>> then) {
        JsonObject message = Json.readObject(callback.body());
        RequestApi question = inquiry.map(Inquiry::api).orElse(null);
        Outcome.Builder read = message != null && question instanceof OutcomeApi api ? api.callback(message) : null;
        if (read == null) {
            LOG.warn("{} answers a question and cannot be read; it is kept raw and asked again", callback);
            return raw.keep(callback, Verdict.UNMATCHED);
        }
        if (!callback.listed()) {
            return raw.keep(callback, Verdict.OFF_RANGE);
        }
        Outcome said = about(payment, read);
        // a payment that failed has taken the place of the question's own success
        String code = said.resultCode() == null ? "0" : said.resultCode();
        return operator(callback, payment, code, question).thenCompose(heard -> then.apply(said));
    }

    private CompletableFuture<Void> answered(Transaction payment, Outcome said) {
        if (!said.status().isFinal()) {
            LOG.info("Safaricom knows nothing final about {} (code {})", payment, said.resultCode());
            return CompletableFuture.completedFuture(null);
        }
        return heard.apply(said).thenAccept(after -> { });
    }

    // a question that a route asked may be about a payment of ours
    private CompletableFuture<Void> tell(Transaction question, Outcome said) {
        if (!said.status().isFinal()) {
            return CompletableFuture.completedFuture(null);
        }
        return repository.find(question.shortCode(), said.ids()).thenCompose(payment ->
                payment == null || payment.reference().equals(question.reference()) || payment.isQuestion()
                        ? CompletableFuture.completedFuture(null) : heard.apply(about(payment, said.toBuilder())).thenAccept(after -> { }));
    }

    // with nothing filled in: what an answer leaves out proves nothing
    private Outcome about(Transaction payment, Outcome.Builder said) {
        return weigh(payment, said.operation(payment.operation()).account(payment.account()).reference(payment.reference()).build());
    }

    // of what was sent twice, a message may speak of the second one alone
    private Outcome weigh(Transaction payment, Outcome said) {
        return payment != null && payment.isRepeated() && operations.find(payment.operation()) instanceof PaymentApi api
                ? api.afterRepeat(said) : said;
    }

    private Outcome.Builder read(CallbackRequest callback, Transaction payment) {
        JsonObject message = Json.readObject(callback.body());
        if (message == null) {
            return null;
        }
        if (payment != null) {
            return operations.find(payment.operation()) instanceof OutcomeApi api ? api.callback(message) : null;
        }
        // an orphan: whoever can read it helps the person who must look
        return operations.all().stream().filter(OutcomeApi.class::isInstance).map(api -> ((OutcomeApi) api).callback(message))
                .filter(Objects::nonNull).findFirst().orElse(null);
    }

    private CompletableFuture<Void> offRange(CallbackRequest callback) {
        LOG.warn("{} comes from {}, which is not listed: it is kept, and Safaricom is asked instead", callback, callback.sender());
        return keepAndAsk(callback, Verdict.OFF_RANGE);
    }

    private CompletableFuture<Void> keepAndAsk(CallbackRequest callback, Verdict verdict) {
        return raw.keep(callback, verdict).thenCompose(kept -> repository.update(callback.reference(), payment ->
                payment.isEnded() || payment.held() != null ? payment : payment.due(clock.instant()))).thenAccept(after -> { });
    }
}
