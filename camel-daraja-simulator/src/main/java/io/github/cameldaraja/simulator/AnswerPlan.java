package io.github.cameldaraja.simulator;

import java.time.Duration;

/**
 * What the HTTP answer to a push looks like.
 *
 * @param status  HTTP status, only of {@link Kind#ERROR_BEFORE}
 * @param code    error code, only of {@link Kind#ERROR_BEFORE}
 * @param message error message, only of {@link Kind#ERROR_BEFORE}
 * @param slow    real time by which the answer is late
 */
record AnswerPlan(Kind kind, int status, String code, String message, Duration slow) {

    static final AnswerPlan NORMAL = new AnswerPlan(Kind.NORMAL, 0, null, null, Duration.ZERO);

    /** The shapes of answers; some leave a push behind, some do not. */
    enum Kind {
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

        boolean accepts() {
            return accepts;
        }
    }

    AnswerPlan kind(Kind other) {
        return new AnswerPlan(other, 0, null, null, slow);
    }

    AnswerPlan error(int otherStatus, String otherCode, String otherMessage) {
        return new AnswerPlan(Kind.ERROR_BEFORE, otherStatus, otherCode, otherMessage, slow);
    }

    AnswerPlan slow(Duration by) {
        return new AnswerPlan(kind, status, code, message, by);
    }
}
