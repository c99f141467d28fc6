package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.RequestIdentity;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaKeyConflictException;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.Need;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.OutcomeApi;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.gateway.GatewayRequest;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * One payment or question that an exchange has asked for, from the stored intent to the acknowledgement or the wait. Whatever
 * happens here ends in exactly one continuation of the exchange.
 */
final class OutcomeCall {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final OutcomeProducer producer;
    private final OutcomeApi api;
    private final DarajaConfiguration options;
    private final DarajaServices services;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final Account account;
    private final Fields fields;
    private final AtomicBoolean continued = new AtomicBoolean();
    private final Instant begunAt;
    private WaitingExchange waiting;
    // the payment that this call sends; null for one that it joins
    private String sending;
    private boolean sentElsewhere;
    // from now on money may move, whatever breaks here
    private volatile boolean sent;

    OutcomeCall(OutcomeProducer producer, OutcomeApi api, Exchange exchange, AsyncCallback callback, Account account,
                Fields fields) {
        this.producer = producer;
        this.api = api;
        this.options = producer.options;
        this.services = producer.services;
        this.exchange = exchange;
        this.callback = callback;
        this.account = account;
        this.fields = fields;
        this.begunAt = services.clock().instant();
    }

    void guarded(Transaction payment, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            fail(payment, sent ? unknown(e) : e);
        }
    }

    /** Tells those who have joined meanwhile. */
    private void answered(Throwable refusal) {
        if (sending != null) {
            services.sends().end(sending, refusal);
        }
    }

    /** Begins with a payment that is stored: at once, when it has its turn, or not before somebody approves. */
    void begin(Transaction payment, Transaction intent) {
        if (payment.status() == PaymentStatus.HELD) {
            services.sends().end(payment.reference(), null);
            held(payment, false);
        } else if (payment.waitsToBeSent()) {
            producer.started(exchange, payment.reference());
            services.prompt().at(payment.departure().notBefore(), services.waiting().later(() -> depart(payment, intent)));
        } else {
            start(payment);
        }
    }

    // its turn has come, or the component stops
    private void depart(Transaction payment, Transaction intent) {
        if (!services.waiting().isOpen()) {
            sending = payment.reference();
            giveUpTurn(payment);
            return;
        }
        services.departures().take(payment.reference(), false).whenComplete((ours, failure) -> guarded(payment, () -> {
            if (failure != null) {
                services.sends().end(payment.reference(), null);
                fail(payment, new DarajaOutcomeUnknownException("the payment " + payment.reference() + " is stored to be sent, and the store"
                        + " does not answer: it is sent when it does", producer.local(), failure));
            } else if (ours == null) {
                // another node thought that this one was dead
                services.sends().end(payment.reference(), null);
                join(payment, intent);
            } else {
                start(ours);
            }
        }));
    }

    // others could send it any time now, so "not sent" is said only if it is stored
    private void giveUpTurn(Transaction payment) {
        DarajaNotSentException notSent = new DarajaNotSentException("the component is stopping, and this payout was waiting for its turn;"
                + " nothing was sent", producer.local());
        Outcome why = Outcome.builder().status(PaymentStatus.FAILED).resultDescription(notSent.getMessage()).build();
        services.repository().abandon(payment.reference(), why, Transaction::waitsToBeSent).whenComplete((after, failure) ->
                guarded(payment, () -> fail(payment, after != null && after.isGivenUp() ? notSent : new DarajaOutcomeUnknownException(
                        "the component is stopping, and the payment " + payment.reference() + " is stored to be sent when it has its turn,"
                                + " by whichever node", producer.local(), failure))));
    }

    // a person has to approve it first, which may take hours
    private void held(Transaction payment, boolean replayed) {
        String why = "a second person must approve it; nothing was sent yet";
        if (options.isThrowExceptionOnFailure()) {
            fail(payment, new DarajaOutcomeUnknownException("the payment " + payment.reference() + " is held: " + why, producer.local()));
        } else if (options.isAwaitOutcome()) {
            goOn(replayed, () -> {
                Outcome state = payment.complete(Outcome.builder().status(PaymentStatus.HELD).resultDescription(why).build());
                OutcomeHeaders.write(exchange.getMessage(), state);
                exchange.getMessage().setBody(state);
            });
        } else {
            goOn(payment, new Acknowledgement(producer.operation, null, null, PaymentStatus.HELD, null, why, null, null, null, null, null),
                    replayed);
        }
    }

    private void start(Transaction payment) {
        sending = payment.reference();
        if (!isSigned()) {
            begin(payment);
            return;
        }
        services.operators().admit(producer.operation, account, false).whenComplete((refusal, failure) -> guarded(payment, () -> {
            if (failure != null) {
                refused(payment, new DarajaNotSentException("the store does not say whether the operator may sign, so nothing was sent",
                        producer.local(), failure));
            } else if (refusal.isPresent()) {
                refused(payment, refusal.get());
            } else {
                begin(payment);
            }
        }));
    }

    private boolean isSigned() {
        return api.needs().contains(Need.INITIATOR);
    }

    private void begin(Transaction payment) {
        GatewayRequest request;
        try {
            Owned owned = account.owned(services.clock(), RequestIdentity.ofRequest(payment.reference(), payment.ownId()));
            request = GatewayRequest.of(api, account, complete(payment), owned, !payment.isQuestion());
        } catch (RuntimeException e) {
            // a setting that is missing or wrong, of an account that was made at run time
            refused(payment, new DarajaNotSentException("nothing was sent: " + e.getMessage(), producer.local(), e));
            return;
        }
        producer.started(exchange, payment.reference());
        await(payment, false);
        sent = true;
        send(payment, request, 1);
    }

    private void send(Transaction payment, GatewayRequest request, int attempt) {
        services.gateway().send(request).whenComplete((answer, failure) -> guarded(payment, () -> {
            if (failure != null && isSigned()) {
                services.operators().refused(account, failure);
            }
            if (failure == null) {
                acknowledged(payment, api.acknowledgement(answer.body()));
            } else if (failure instanceof DarajaException refusal && !isInDoubt(refusal)) {
                refused(payment, refusal);
            } else if (!producer.askAgain(failure, request.movesMoney(), attempt, () -> send(payment, request, attempt + 1))) {
                fateUnknown(payment, failure);
            }
        }));
    }

    private Fields complete(Transaction payment) {
        return api instanceof PaymentApi moves && moves.accountReferenceField() != null
                ? fields.withDefault(moves.accountReferenceField(), payment.accountReference()) : fields;
    }

    // that our id is known there means that the request has arrived before
    private boolean isInDoubt(DarajaException failure) {
        return failure instanceof DarajaOutcomeUnknownException
                || api instanceof PaymentApi moves && moves.sendsOwnId(fields) && moves.isDuplicate(failure.getDetails());
    }

    /** Another exchange started this payment, or this one did before. */
    void join(Transaction payment, Transaction intent) {
        if (!OutcomeProducer.isSame(payment, intent)) {
            fail(payment, new DarajaKeyConflictException(producer.operation, account.name(), payment.reference(), payment.status()));
            return;
        }
        if (payment.status() == PaymentStatus.HELD) {
            held(payment, true);
            return;
        }
        if (!payment.isEnded() && !payment.needsPerson()) {
            await(payment, true);
        }
        // what this process has sent has nothing more to tell once it is known here what became of the sending
        sentElsewhere = !services.sends().isOpen(payment.reference()) && !OutcomeProducer.hasStarted(exchange, payment.reference());
        // what becomes of the sending, if it still runs, and what is known after it: never before we wait
        services.sends().of(payment.reference()).thenAccept(refusal -> {
            if (refusal != null) {
                fail(payment, refusal);
            } else {
                // what this process has learnt and the store does not know yet is better than its fate unknown
                services.debts().pay(payment.reference()).thenRun(() -> look(payment, FIRST_PAUSE));
            }
        });
    }

    private void look(Transaction payment, Duration pause) {
        try {
            services.repository().find(payment.reference())
                    .thenAccept(now -> joined(now == null ? payment : now, pause))
                    .exceptionally(failure -> {
                        cannotRead(payment, failure);
                        return null;
                    });
        } catch (RuntimeException e) {
            cannotRead(payment, e);
        }
    }

    private void cannotRead(Transaction payment, Throwable failure) {
        fail(payment, new DarajaOutcomeUnknownException("what became of the payment " + payment.reference()
                + ", which was started before, cannot be read; it is not sent again", producer.local(), failure));
    }

    private void joined(Transaction payment, Duration pause) {
        if (payment.isGivenUp() && !payment.isQuestion()) {
            fail(payment, notSent(payment));
        } else if (payment.isEnded() || options.isAwaitOutcome() && payment.needsPerson()) {
            finish(payment, true);
        } else if (waiting == null && payment.acknowledgement() != null) {
            goOn(payment, payment.acknowledgement(), true);
        } else if (waiting == null && (payment.waitsToBeSent() && services.waiting().isOpen() || isBeingSent(payment))) {
            services.prompt().at(services.clock().instant().plus(pause), services.waiting().later(() ->
                    look(payment, pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause)));
        } else if (waiting == null) {
            fail(payment, new DarajaOutcomeUnknownException("the payment " + payment.reference() + " was sent before and its fate is"
                    + " unknown" + (payment.needsPerson() ? ", and there is nothing left to ask; a person must look" : "")
                    + "; it is not sent again", producer.local()));
        }
    }

    // by another process, which may know at any moment what Safaricom answers; or which has died meanwhile
    private boolean isBeingSent(Transaction payment) {
        Instant now = services.clock().instant();
        // what had to wait for its turn was begun when it was last changed
        Instant since = payment.departure() == null ? earlier(payment.createdAt(), begunAt) : payment.updatedAt();
        return sentElsewhere && payment.status() == PaymentStatus.INITIATED && services.waiting().isOpen()
                && now.isBefore(since.plus(services.usualSending()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** For who has joined a payment that was refused, or never left: nothing was paid, and his own attempt would not be the second. */
    static DarajaNotSentException notSent(Transaction payment) {
        Outcome why = payment.outcome();
        return new DarajaNotSentException("the payment " + payment.reference() + ", which was started before, was refused or never left;"
                + " nothing was paid, and it may be tried again", new ErrorDetails(payment.operation(), payment.account(), 0,
                why.resultCode(), why.resultDescription(), null));
    }

    private void await(Transaction payment, boolean replayed) {
        if (options.isAwaitOutcome()) {
            waiting = new WaitingExchange(exchange, callback, payment, replayed, options, services);
            waiting.start(options);
        }
    }

    private void acknowledged(Transaction payment, Acknowledgement ids) {
        services.debts().store(payment.reference(), () -> services.repository().update(payment.reference(), current ->
                current.acknowledgement() != null ? current : withIds(current, ids)))
                .whenComplete((after, failure) -> guarded(payment, () -> {
                    answered(null);
                    // the push is out: that its ids could not be stored must not look like a failure of the push
                    Transaction known = after == null ? withIds(payment, ids) : after;
                    if (waiting == null) {
                        goOn(known, ids, false);
                    } else {
                        waiting.learn(known);
                    }
                }));
    }

    // as of the time when it is stored
    private Transaction withIds(Transaction payment, Acknowledgement ids) {
        return payment.acknowledged(ids, services.asking().firstQuestion(payment), services.clock().instant());
    }

    private void fateUnknown(Transaction payment, Throwable failure) {
        DarajaException unknown = unknown(failure);
        boolean arrived = failure instanceof DarajaException && !(failure instanceof DarajaOutcomeUnknownException);
        services.debts().store(payment.reference(), () -> services.repository().update(payment.reference(), current ->
                arrived ? inDoubt(current).notRepeated() : inDoubt(current)))
                .whenComplete((after, notStored) -> guarded(payment, () -> {
                    answered(null);
                    if (after != null && after.isEnded()) {
                        // the callback was faster than the broken answer
                        finish(after, false);
                    } else if (waiting == null && payment.isQuestion()) {
                        finish(payment, unknown);
                    } else if (waiting == null) {
                        fail(payment, unknown);
                    }
                }));
    }

    private Transaction inDoubt(Transaction payment) {
        return payment.fateUnknown(services.asking().firstQuestion(payment), services.clock().instant());
    }

    private DarajaException unknown(Throwable failure) {
        return failure instanceof DarajaOutcomeUnknownException known ? known
                : failure instanceof DarajaException duplicate ? new DarajaOutcomeUnknownException("an earlier request with the same id"
                        + " has arrived, and what becomes of it is not known yet; it is not sent again", duplicate.getDetails(), failure)
                : new DarajaOutcomeUnknownException("the request failed unexpectedly", producer.local(), failure);
    }

    // whether the question arrived is not known, which leaves no debt
    private void finish(Transaction question, DarajaException unknown) {
        goOn(false, () -> {
            Outcome outcome = question.complete(Outcome.builder().status(PaymentStatus.UNKNOWN)
                    .resultCode(unknown.getErrorCode()).resultDescription(unknown.getMessage()).build());
            OutcomeHeaders.write(exchange.getMessage(), outcome);
            exchange.getMessage().setBody(outcome);
        });
    }

    private void refused(Transaction payment, DarajaException refusal) {
        Outcome why = Outcome.builder().status(PaymentStatus.FAILED).resultCode(refusal.getErrorCode())
                .resultDescription(refusal.getErrorMessage() == null ? refusal.getMessage() : refusal.getErrorMessage()).build();
        services.debts().store(payment.reference(), () -> services.repository().abandon(payment.reference(), why,
                Transaction::wasSentOnce)).whenComplete((after, notStored) -> guarded(payment, () -> {
            if (after != null && after.outcome() != null && after.outcome().source() != null) {
                // a callback has proved the refusal wrong
                answered(null);
                finish(after, false);
            } else if (after != null && after.disputed()) {
                fail(payment, new DarajaOutcomeUnknownException("it was refused, and yet a callback tells of money; a person must look",
                        refusal.getDetails(), refusal));
            } else if (after != null && !after.isEnded()) {
                fail(payment, new DarajaOutcomeUnknownException("it was refused, and was taken for lost and sent again meanwhile",
                        refusal.getDetails(), refusal));
            } else {
                fail(payment, refusal);
            }
        }));
    }

    private void finish(Transaction payment, boolean replayed) {
        if (waiting == null && options.isAwaitOutcome()) {
            waiting = new WaitingExchange(exchange, callback, payment, replayed, options, services);
        }
        Outcome answer = payment.answer();
        if (waiting != null) {
            waiting.take(answer);
        } else {
            goOn(replayed, () -> {
                OutcomeHeaders.write(exchange.getMessage(), answer);
                exchange.getMessage().setBody(answer);
            });
        }
    }

    private void goOn(Transaction payment, Acknowledgement ids, boolean replayed) {
        goOn(replayed, () -> {
            Acknowledgement acknowledgement =
                    ids.about(producer.operation, payment.account(), payment.reference(), payment.status());
            OutcomeHeaders.write(exchange.getMessage(), acknowledgement, payment);
            exchange.getMessage().setBody(acknowledgement);
        });
    }

    private void goOn(boolean replayed, Runnable write) {
        if (continued.compareAndSet(false, true)) {
            exchange.removeProperty(OutcomeProducer.REJOIN);
            write.run();
            if (replayed) {
                exchange.getMessage().setHeader(DarajaConstants.REPLAYED, true);
            }
            done();
        }
    }

    void fail(Transaction payment, Throwable failure) {
        answered(failure);
        if (waiting != null) {
            waiting.fail(failure);
        } else if (continued.compareAndSet(false, true)) {
            OutcomeHeaders.writeFailure(exchange, payment, failure);
            done();
        }
    }

    private void done() {
        producer.goOn(exchange, callback);
    }
}
