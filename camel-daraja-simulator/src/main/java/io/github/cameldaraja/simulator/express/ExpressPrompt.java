package io.github.cameldaraja.simulator.express;

import io.github.cameldaraja.simulator.wire.Callback;

/**
 * A prompt at a till's operator; guarded by {@link ExpressDesk}.
 */
final class ExpressPrompt {

    private final ExpressRequest request;
    private final ExpressFate fate;
    private Callback callback;

    ExpressPrompt(ExpressRequest request, ExpressFate fate) {
        this.request = request;
        this.fate = fate;
    }

    ExpressRequest request() {
        return request;
    }

    ExpressFate fate() {
        return fate;
    }

    /** The callback, or null while the prompt is open. */
    Callback callback() {
        return callback;
    }

    void keepCallback(Callback written) {
        callback = written;
    }
}
