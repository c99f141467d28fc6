package io.github.cameldaraja.simulator.express;

import io.github.cameldaraja.simulator.wire.CallbackFate;

/**
 * What is to become of a prompt.
 *
 * @param code result code; null if the till's money decides
 */
public record ExpressFate(String code, CallbackFate callback) {

    /** The operator agrees. */
    public static final ExpressFate USUAL = new ExpressFate(null, CallbackFate.USUAL);

    /** The same with another callback. */
    public ExpressFate with(CallbackFate other) {
        return new ExpressFate(code, other);
    }
}
