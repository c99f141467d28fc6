package io.github.cameldaraja.simulator;

import java.time.Duration;

import io.github.cameldaraja.simulator.wire.CallbackFate;

/**
 * The fate of a callback; immutable, every method gives a changed copy.
 *
 * <p>Fields are named as at the top, or by a JSON pointer.
 */
public final class CallbackScript {

    private final CallbackFate fate;

    private CallbackScript(CallbackFate fate) {
        this.fate = fate;
    }

    /** Nothing out of the ordinary. */
    public static CallbackScript usual() {
        return new CallbackScript(CallbackFate.USUAL);
    }

    /** It is never sent. */
    public CallbackScript lost() {
        return times(0);
    }

    /** It is sent twice. */
    public CallbackScript twice() {
        return times(2);
    }

    /** It is sent so many times, one after the other. */
    public CallbackScript times(int times) {
        return new CallbackScript(fate.with(fate.delivery().times(times)));
    }

    /** It is sent so much later, on the simulator's clock. */
    public CallbackScript after(Duration wait) {
        return new CallbackScript(fate.with(fate.delivery().after(wait)));
    }

    /** A field has another value, or there is one more. */
    public CallbackScript field(String name, Object value) {
        return new CallbackScript(fate.with(fate.edits().set(name, value)));
    }

    /** A field is missing. */
    public CallbackScript without(String name) {
        return new CallbackScript(fate.with(fate.edits().remove(name)));
    }

    /** The fields come in the opposite order. */
    public CallbackScript reversed() {
        return new CallbackScript(fate.with(fate.edits().reversed()));
    }

    /** This text instead of the usual one. */
    public CallbackScript body(String text) {
        return new CallbackScript(fate.saying(text));
    }

    CallbackFate fate() {
        return fate;
    }
}
