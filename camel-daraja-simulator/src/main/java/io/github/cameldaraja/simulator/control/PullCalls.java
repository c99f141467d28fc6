package io.github.cameldaraja.simulator.control;


import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.PullOddity;
import io.github.cameldaraja.simulator.PullTransactions;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Says how the pull API behaves.
 */
public final class PullCalls {

    private final PullTransactions pull;

    public PullCalls(PullTransactions pull) {
        this.pull = pull;
    }

    /** Names its calls. */
    public void mount(ControlPaths paths) {
        paths.post("/pull/delay", call -> {
            pull.delay(Values.seconds(call.body().path("seconds")));
            return paths.done();
        });
        paths.post("/pull/oddities", call -> {
            set(call.body());
            return paths.done();
        });
        new RequestFaultCalls()
                .call("register", pull::nextRegistration, pull::nextRegistrationError)
                .call("query", pull::nextQuery, pull::nextQueryError)
                .mount(paths, "/pull/faults");
    }

    private void set(ObjectNode body) {
        body.properties().forEach(field -> pull.odd(
                Values.name(PullOddity.class, field.getKey()), field.getValue().asBoolean()));
    }
}
