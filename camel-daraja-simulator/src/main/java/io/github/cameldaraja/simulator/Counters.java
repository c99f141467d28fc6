package io.github.cameldaraja.simulator;

import io.github.cameldaraja.simulator.stk.StkCounts;
import io.github.cameldaraja.simulator.wire.CallbackSender;
import io.github.cameldaraja.simulator.wire.Tally;
import io.github.cameldaraja.simulator.wire.TokenEndpoint;

/**
 * How often things happened since the start or the last reset.
 */
public final class Counters {

    private final Tally counts;
    private final Tally prompts;

    Counters(Tally counts, Tally prompts) {
        this.counts = counts;
        this.prompts = prompts;
    }

    /** How often something happened, by its name at {@code /simulator/counters}; 0 for unknown names. */
    public int count(String name) {
        return counts.count(name);
    }

    /** Token requests, answered well or not. */
    public int tokenCalls() {
        return count(TokenEndpoint.COUNTER);
    }

    /** Push requests received. */
    public int pushes() {
        return count(StkCounts.PUSHES);
    }

    /** Pushes that were accepted, whatever the HTTP answer said. */
    public int acceptedPushes() {
        return count(StkCounts.ACCEPTED);
    }

    /** STK queries received. */
    public int queries() {
        return count(StkCounts.QUERIES);
    }

    /** Callbacks sent, repeats included. */
    public int callbacksSent() {
        return count(CallbackSender.COUNTER);
    }

    /** Pushes that were not accepted. */
    public int refused() {
        return count(StkCounts.REFUSED);
    }

    /** Prompts that a phone has shown. */
    public int prompts(String phone) {
        return prompts.count(phone);
    }
}
