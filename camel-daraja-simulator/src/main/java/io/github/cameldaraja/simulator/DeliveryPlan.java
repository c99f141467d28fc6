package io.github.cameldaraja.simulator;

import java.time.Duration;

/**
 * Whether, when and how often the callback of a push is sent.
 *
 * @param times         0 for a lost callback
 * @param after         wait after the outcome, on the simulator's clock
 * @param beforeAnswer  whether the outcome and its callback come before the HTTP answer of the push
 * @param contradiction result code of a lying callback, or null
 * @param lieFirst      whether the lying callback comes before the true one
 */
record DeliveryPlan(int times, Duration after, boolean beforeAnswer, String contradiction, boolean lieFirst) {

    static final DeliveryPlan ONCE = new DeliveryPlan(1, Duration.ZERO, false, null, false);

    DeliveryPlan times(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("cannot send " + number + " callbacks");
        }
        return new DeliveryPlan(number, after, beforeAnswer, contradiction, lieFirst);
    }

    DeliveryPlan after(Duration wait) {
        return new DeliveryPlan(times, wait, beforeAnswer, contradiction, lieFirst);
    }

    DeliveryPlan early() {
        return new DeliveryPlan(times, after, true, contradiction, lieFirst);
    }

    DeliveryPlan lie(String code, boolean first) {
        return new DeliveryPlan(times, after, beforeAnswer, code, first);
    }
}
