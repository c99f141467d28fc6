package io.github.cameldaraja.simulator.results;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;

import io.github.cameldaraja.simulator.ResultRequest;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.results.ResultFate.Decision;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.Callback;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Ids;
import io.github.cameldaraja.simulator.wire.Refused;
import io.github.cameldaraja.simulator.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Accepts requests, does what they ask and tells the result.
 */
final class ResultDesk {

    private static final String EXPIRED = "17";

    private final Inside inside;
    private final Merchant merchant;
    private final ResultFates fates;
    private final OperatorDesk operator;
    private final Jobs jobs;
    private final ResultWriter writer;

    ResultDesk(Inside inside, Merchant merchant, ResultFates fates, OperatorDesk operator, Jobs jobs) {
        this.inside = inside;
        this.merchant = merchant;
        this.fates = fates;
        this.operator = operator;
        this.jobs = jobs;
        this.writer = new ResultWriter(inside.json());
    }

    /** Accepts a well-formed request or throws {@link Refused}. */
    synchronized Job accept(Exchange exchange, Service service, Request request) {
        About about = new About(service.api(), service.receiver(request), service.party(request));
        ResultFate fate = fates.peek(about);
        AnswerPlan plan = fate.answer();
        if (!plan.kind().accepts()) {
            fates.take(about);
            refuse(exchange, service, about.receiver(), fate);
        }
        service.check(request);
        String ownId = request.get(Request.ORIGINATOR_CONVERSATION_ID);
        if (!ownId.isEmpty() && jobs.byOriginator(ownId).isPresent()) {
            count(service, "duplicates");
            throw new Refused(inside.answers().error(500, "500.002.1001", "Duplicate OriginatorConversationID."));
        }
        fates.take(about);
        Ids ids = inside.ids();
        Job job = new Job(service, request, fate, ownId.isEmpty() ? ids.originatorConversation() : ownId,
                ids.conversation(), inside.clock().instant());
        jobs.add(job);
        count(service, "accepted");
        return job;
    }

    /** Lets the core work; completes at once unless the script wants the result before the answer. */
    Future<Void> begin(Job job) {
        if (job.fate().decision() == Decision.NOBODY) {
            return Future.succeededFuture();
        }
        if (job.fate().delivery().beforeAnswer()) {
            return conclude(job);
        }
        inside.clock().schedule(inside.settings().answerDelay(), () -> conclude(job));
        return Future.succeededFuture();
    }

    /** All accepted requests. */
    synchronized List<ResultRequest> requests() {
        return jobs.all().stream().map(ResultDesk::view).toList();
    }

    /** Sends a result again; fails for unknown requests and for those that have none yet. */
    synchronized Future<Integer> resend(String id) {
        Job job = jobs.byEither(id).orElse(null);
        if (job == null) {
            return Future.failedFuture(new NoSuchElementException("no such request: " + id));
        }
        if (job.pending()) {
            return Future.failedFuture(new IllegalStateException("still pending: " + id));
        }
        return inside.callbacks().send(job.callback()).map(Reply::status);
    }

    synchronized void reset() {
        jobs.clear();
    }

    private static ResultRequest view(Job job) {
        Outcome outcome = job.outcome();
        return new ResultRequest(job.api(), job.originatorConversationId(), job.conversationId(), job.acceptedAt(),
                outcome == null ? null : outcome.code(), outcome == null ? null : outcome.transactionId());
    }

    private void refuse(Exchange exchange, Service service, String receiver, ResultFate fate) {
        AnswerPlan plan = fate.answer();
        if (plan.kind() == AnswerPlan.Kind.REVOKED_TOKEN) {
            inside.tokens().revokeAll();
            fates.putBack(receiver, fate.withNormalAnswer());
            inside.tokens().check(exchange, service.tokenRefusal());
        }
        throw new Refused(inside.answers().scripted(plan), plan.slow());
    }

    private Future<Void> conclude(Job job) {
        synchronized (this) {
            if (!jobs.contains(job) || !job.pending()) {
                return Future.succeededFuture();
            }
            ResultFate fate = job.fate();
            Verdict verdict = decide(job);
            job.conclude(outcome(job, verdict));
            jobs.concluded(job);
            count(job.service(), job.outcome().succeeded() ? "succeeded" : "failed");
            String url = job.request().get(fate.timeout() ? Request.TIMEOUT_URL : Request.RESULT_URL);
            if (fate.timeout()) {
                count(job.service(), "timeouts");
            }
            job.keepCallback(inside.callbacks().write(url, writer.truth(job),
                    job.service().shortCode(job.request())));
        }
        return deliver(job);
    }

    private Verdict decide(Job job) {
        ResultFate fate = job.fate();
        if (fate.decision() != Decision.BOOKS) {
            return Verdict.refused(fate.decision() == Decision.EXPIRY ? EXPIRED : fate.code());
        }
        Request request = job.request();
        String refusal = operator.refusal(request.operator(), request.get(Request.SECURITY_CREDENTIAL));
        if (refusal != null) {
            return Verdict.refused(refusal);
        }
        Service service = job.service();
        if (service.asksAsOrganisation(request) && !merchant.owns(service.shortCode(request))) {
            return Verdict.refused(service.foreignShortCode());
        }
        return service.conclude(job);
    }

    private Outcome outcome(Job job, Verdict verdict) {
        Instant now = inside.clock().instant();
        String text = job.fate().text() == null ? ResultTexts.of(verdict.code()) : job.fate().text();
        return new Outcome(verdict.code(), text, verdict.receipt() == null
                ? job.service().withoutReceipt(inside.ids())
                : verdict.receipt(), now);
    }

    private Future<Void> deliver(Job job) {
        DeliveryPlan plan = job.fate().delivery();
        List<Callback> bundle = new ArrayList<>(Collections.nCopies(plan.times(), job.callback()));
        String lie = plan.contradiction();
        if (lie != null) {
            Outcome claimed = new Outcome(lie, ResultTexts.of(lie), Outcome.SUCCESS.equals(lie)
                    ? inside.ids().receipt() : job.service().withoutReceipt(inside.ids()), job.outcome().at());
            bundle.add(plan.lieFirst() ? 0 : bundle.size(), job.callback().saying(writer.lie(job, claimed)));
        }
        if (plan.after().isZero()) {
            return inside.callbacks().sendAll(bundle);
        }
        Promise<Void> done = Promise.promise();
        inside.clock().schedule(plan.after(), () -> inside.callbacks().sendAll(bundle).onComplete(done));
        return done.future();
    }

    private void count(Service service, String what) {
        inside.counters().increment(service.api().counter() + "." + what);
    }
}
