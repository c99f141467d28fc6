package io.github.cameldaraja.simulator.family;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.cameldaraja.simulator.RequestFault;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.AnswerPlan.Kind;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.FaultQueue;
import io.github.cameldaraja.simulator.wire.Refused;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * What is to go wrong with the requests of one call.
 */
public final class RequestFaults {

    private static final Duration SLOW = Duration.ofSeconds(3);

    private final Inside inside;
    private final TokenRefusal refusal;
    private final Supplier<RequestFault> planned;
    private final FaultQueue<AnswerPlan> queue = new FaultQueue<>();

    /** For a call that refuses tokens in the given shape. */
    public RequestFaults(Inside inside, TokenRefusal refusal) {
        this(inside, refusal, () -> null);
    }

    /** The same with a plan that comes last and tells the fault of each request, or null. */
    public RequestFaults(Inside inside, TokenRefusal refusal, Supplier<RequestFault> planned) {
        this.inside = inside;
        this.refusal = refusal;
        this.planned = planned;
    }

    /** The next request meets this fault; several calls queue up. */
    public void next(RequestFault fault) {
        queue.add(plan(fault));
    }

    /** The next request is answered with this error envelope, nothing accepted. */
    public void nextError(int status, String code, String message) {
        queue.add(AnswerPlan.NORMAL.error(status, code, message));
    }

    /** The token, in the shape of this call. */
    public void checkToken(Exchange exchange) {
        inside.tokens().check(exchange, refusal);
    }

    /** The plan of this well-formed request; throws {@link Refused} if it is not to be accepted. */
    public AnswerPlan begin(Exchange exchange) {
        AnswerPlan queued = queue.take();
        RequestFault fault = queued == null ? planned.get() : null;
        if (queued == null && fault == null) {
            return AnswerPlan.NORMAL;
        }
        AnswerPlan plan = queued == null ? plan(fault) : queued;
        if (plan.kind() == Kind.REVOKED_TOKEN) {
            inside.tokens().revokeAll();
            checkToken(exchange);
        }
        if (!plan.kind().accepts()) {
            throw new Refused(inside.answers().scripted(plan), plan.slow());
        }
        return plan;
    }

    /** Answers an accepted request as planned. */
    public void answer(Exchange exchange, AnswerPlan plan, Answer usual) {
        Answer scripted = inside.answers().scripted(plan);
        exchange.answerAfter(plan.slow(), scripted == null ? usual : scripted);
    }

    /** Forgets all. */
    public void reset() {
        queue.reset();
    }

    private static AnswerPlan plan(RequestFault fault) {
        AnswerPlan normal = AnswerPlan.NORMAL;
        return switch (fault) {
            case RESET_BEFORE -> normal.kind(Kind.RESET_BEFORE);
            case RESET_AFTER -> normal.kind(Kind.RESET_AFTER);
            case ERROR_AFTER -> normal.kind(Kind.ERROR_AFTER);
            case ERROR_BEFORE -> normal.error(500, "500.003.1001", "Internal Server Error");
            case ERROR_WITH_200 -> normal.kind(Kind.ERROR_WITH_200);
            case HTML_503 -> normal.kind(Kind.HTML_503);
            case HTML_503_AFTER -> normal.kind(Kind.HTML_503_AFTER);
            case EMPTY_401 -> normal.kind(Kind.EMPTY_401);
            case EMPTY_BODY -> normal.kind(Kind.EMPTY_BODY);
            case SPIKE_ARREST -> normal.kind(Kind.SPIKE_ARREST);
            case SPIKE_ARREST_GATEWAY -> normal.error(500, "500.003.02", "Error Occurred: Spike Arrest Violation");
            case QUOTA -> normal.error(500, "500.003.03", "Quota Violation");
            case SYSTEM_BUSY -> normal.error(500, "500.003.02", "System is busy. Please try again in few minutes.");
            case REVOKED_TOKEN -> normal.kind(Kind.REVOKED_TOKEN);
            case API_PRODUCT -> normal.kind(Kind.API_PRODUCT);
            case SOAP_FAULT -> normal.kind(Kind.SOAP_FAULT);
            case SLOW -> normal.slow(SLOW);
        };
    }
}
