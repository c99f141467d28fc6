package io.github.cameldaraja.simulator.wire;

import java.time.Duration;

/**
 * What the HTTP answer to a request looks like.
 *
 * @param status  HTTP status, only of {@link Kind#ERROR_BEFORE}
 * @param code    error code, only of {@link Kind#ERROR_BEFORE}
 * @param message error message, only of {@link Kind#ERROR_BEFORE}
 * @param slow    real time by which the answer is late
 */
public record AnswerPlan(Kind kind, int status, String code, String message, Duration slow) {

    public static final AnswerPlan NORMAL = new AnswerPlan(Kind.NORMAL, 0, null, null, Duration.ZERO);

    /** The shapes of answers; some leave an accepted request behind, some do not. */
    public enum Kind {
        NORMAL(true),
        RESET_BEFORE(false),
        RESET_AFTER(true),
        ERROR_BEFORE(false),
        ERROR_AFTER(true),
        ERROR_WITH_200(false),
        HTML_503(false),
        HTML_503_AFTER(true),
        EMPTY_401(false),
        EMPTY_BODY(true),
        SPIKE_ARREST(false),
        REVOKED_TOKEN(false),
        API_PRODUCT(false),
        SOAP_FAULT(false);

        private final boolean accepts;

        Kind(boolean accepts) {
            this.accepts = accepts;
        }

        /** Whether the request is accepted nevertheless. */
        public boolean accepts() {
            return accepts;
        }
    }

    public AnswerPlan kind(Kind other) {
        return new AnswerPlan(other, 0, null, null, slow);
    }

    public AnswerPlan error(int otherStatus, String otherCode, String otherMessage) {
        return new AnswerPlan(Kind.ERROR_BEFORE, otherStatus, otherCode, otherMessage, slow);
    }

    public AnswerPlan slow(Duration by) {
        return new AnswerPlan(kind, status, code, message, by);
    }
}
