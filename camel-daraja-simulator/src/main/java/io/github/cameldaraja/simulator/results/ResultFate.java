package io.github.cameldaraja.simulator.results;

import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;

/**
 * What is to become of a request.
 *
 * @param code    result code, null if the books decide
 * @param text    another text with the result, or null
 * @param timeout whether the QueueTimeOutURL is called instead of the ResultURL
 * @param echo    whether a timeout repeats the request instead of telling a result
 */
public record ResultFate(
        Decision decision,
        String code,
        String text,
        AnswerPlan answer,
        DeliveryPlan delivery,
        boolean timeout,
        boolean echo,
        ResultLook look) {

    /** Who decides the outcome. */
    public enum Decision {
        BOOKS, CODE, EXPIRY, NOBODY
    }

    /** Everything normal but the outcome. */
    public static ResultFate of(Decision decision, String code) {
        return new ResultFate(decision, code, null, AnswerPlan.NORMAL, DeliveryPlan.ONCE,
                decision == Decision.EXPIRY, false, ResultLook.USUAL);
    }

    /** The same with another text. */
    public ResultFate saying(String other) {
        return new ResultFate(decision, code, other, answer, delivery, timeout, echo, look);
    }

    /** The same with another HTTP answer. */
    public ResultFate with(AnswerPlan other) {
        return new ResultFate(decision, code, text, other, delivery, timeout, echo, look);
    }

    /** The same with other callbacks. */
    public ResultFate with(DeliveryPlan other) {
        return new ResultFate(decision, code, text, answer, other, timeout, echo, look);
    }

    /** The same with results of another look. */
    public ResultFate with(ResultLook other) {
        return new ResultFate(decision, code, text, answer, delivery, timeout, echo, other);
    }

    /** The same, told to the QueueTimeOutURL. */
    public ResultFate asTimeout(boolean echoing) {
        return new ResultFate(decision, code, text, answer, delivery, true, echoing, look);
    }

    ResultFate withNormalAnswer() {
        return with(answer.kind(AnswerPlan.Kind.NORMAL));
    }
}
