package io.github.cameldaraja.simulator.wire;

import java.time.Duration;

/**
 * Whether, when and how often the callback of a request is sent.
 *
 * @param times         0 for a lost callback
 * @param after         wait after the outcome, on the simulator's clock
 * @param beforeAnswer  whether the outcome and its callback come before the HTTP answer of the request
 * @param contradiction result code of a lying callback, or null
 * @param lieFirst      whether the lying callback comes before the true one
 */
public record DeliveryPlan(int times, Duration after, boolean beforeAnswer, String contradiction, boolean lieFirst) {

    public static final DeliveryPlan ONCE = new DeliveryPlan(1, Duration.ZERO, false, null, false);

    public DeliveryPlan times(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("cannot send " + number + " callbacks");
        }
        return new DeliveryPlan(number, after, beforeAnswer, contradiction, lieFirst);
    }

    public DeliveryPlan after(Duration wait) {
        return new DeliveryPlan(times, wait, beforeAnswer, contradiction, lieFirst);
    }

    public DeliveryPlan early() {
        return new DeliveryPlan(times, after, true, contradiction, lieFirst);
    }

    public DeliveryPlan lie(String code, boolean first) {
        return new DeliveryPlan(times, after, beforeAnswer, code, first);
    }
}
