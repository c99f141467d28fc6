package io.github.cameldaraja.simulator.stk;

import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;

/**
 * What is to become of a push.
 *
 * @param code result code, null if money decides
 */
public record Fate(Decision decision, String code, AnswerPlan answer, DeliveryPlan delivery, CallbackLook look) {

    /** Who decides the outcome. */
    public enum Decision {
        CUSTOMER, CODE, NOBODY, HANDSET
    }

    /** Everything normal but the outcome. */
    public static Fate of(Decision decision, String code) {
        return new Fate(decision, code, AnswerPlan.NORMAL, DeliveryPlan.ONCE, CallbackLook.USUAL);
    }

    /** The same, decided by a person. */
    public Fate onHandset() {
        return new Fate(Decision.HANDSET, null, answer, delivery, look);
    }

    /** The same with another HTTP answer. */
    public Fate with(AnswerPlan other) {
        return new Fate(decision, code, other, delivery, look);
    }

    /** The same with other callbacks. */
    public Fate with(DeliveryPlan other) {
        return new Fate(decision, code, answer, other, look);
    }

    /** The same with callbacks of another look. */
    public Fate with(CallbackLook other) {
        return new Fate(decision, code, answer, delivery, other);
    }

    Fate withNormalAnswer() {
        return with(answer.kind(AnswerPlan.Kind.NORMAL));
    }
}
