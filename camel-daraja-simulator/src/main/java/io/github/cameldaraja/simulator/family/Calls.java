package io.github.cameldaraja.simulator.family;

import java.util.function.Function;

import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.AnswerFate;
import io.github.cameldaraja.simulator.wire.AnswerFates;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.Refused;
import io.github.cameldaraja.simulator.wire.TokenRefusal;
import io.vertx.core.Future;

/**
 * What all calls of a family have in common: the token, the counters and the scripted answers.
 *
 * <p>A call with the counter {@code x} counts as {@code x.received} and then as {@code x.accepted} or
 * {@code x.refused}.
 */
public final class Calls {

    private final Inside inside;
    private final AnswerFates fates;
    private final TokenRefusal refusal;

    /** Calls whose tokens are refused in the shape of their family. */
    public Calls(Inside inside, AnswerFates fates, TokenRefusal refusal) {
        this.inside = inside;
        this.fates = fates;
        this.refusal = refusal;
    }

    /** Answers POST on a path at once. */
    public void post(Paths paths, String path, String counter, Function<Exchange, Answer> work) {
        postLater(paths, path, counter, exchange -> Future.succeededFuture(work.apply(exchange)));
    }

    /** Answers POST on a path when the work is done. */
    public void postLater(Paths paths, String path, String counter, Function<Exchange, Future<Answer>> work) {
        fates.know(path);
        paths.post(path, exchange -> handle(exchange, path, counter, work));
    }

    private void handle(Exchange exchange, String path, String counter, Function<Exchange, Future<Answer>> work) {
        inside.counters().increment(counter + ".received");
        try {
            inside.tokens().check(exchange, refusal);
            AnswerFate fate = fates.take(path);
            refuseAsScripted(exchange, path, fate);
            Future<Answer> usual = workOrPutBack(exchange, path, fate, work);
            inside.counters().increment(counter + ".accepted");
            usual.onSuccess(answer -> exchange.answerAfter(fate.plan().slow(), scripted(fate, answer)));
        } catch (Refused refused) {
            inside.counters().increment(counter + ".refused");
            throw refused;
        }
    }

    private void refuseAsScripted(Exchange exchange, String path, AnswerFate fate) {
        AnswerPlan plan = fate.plan();
        if (plan.kind() == AnswerPlan.Kind.REVOKED_TOKEN) {
            fates.putBack(path, fate.with(plan.kind(AnswerPlan.Kind.NORMAL)));
            inside.tokens().revokeAll();
            inside.tokens().check(exchange, refusal);
        } else if (!plan.kind().accepts()) {
            throw new Refused(inside.answers().scripted(plan), plan.slow());
        }
    }

    /** A call that is refused anyway does not use up its script. */
    private Future<Answer> workOrPutBack(Exchange exchange, String path, AnswerFate fate,
            Function<Exchange, Future<Answer>> work) {
        try {
            return work.apply(exchange);
        } catch (Refused refused) {
            fates.putBack(path, fate);
            throw refused;
        }
    }

    private Answer scripted(AnswerFate fate, Answer usual) {
        Answer scripted = inside.answers().scripted(fate.plan());
        return scripted == null ? fate.dress(usual, inside.json()) : scripted;
    }
}
