package io.github.cameldaraja.simulator.control;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.Faults;
import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.TokenFault;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Writes scripts.
 */
public final class FaultCalls {

    private static final String PHONE = "phone";
    private static final String ONCE = "once";
    private static final Set<String> NOT_SCRIPT = Set.of(PHONE, ONCE);

    private final Faults faults;
    private final ScriptJson scripts = new ScriptJson();

    public FaultCalls(Faults faults) {
        this.faults = faults;
    }

    /** Names its calls. */
    public void mount(ControlPaths paths) {
        paths.post("/faults", call -> {
            write(call.body());
            return paths.done();
        });
    }

    private void write(ObjectNode body) {
        if (body.has("query")) {
            faults.nextQuery(Values.name(QueryFault.class, body.path("query").asText()));
        } else if (body.has("token")) {
            faults.nextToken(Values.name(TokenFault.class, body.path("token").asText()));
        } else if (body.has("spuriousQueries")) {
            faults.spuriousQueries(Values.small(body.path("spuriousQueries")));
        } else {
            script(body);
        }
    }

    private void script(ObjectNode body) {
        Script script = scripts.read(body, NOT_SCRIPT);
        String phone = body.path(PHONE).asText("");
        if (phone.isEmpty()) {
            faults.nextPush(script);
        } else if (body.path(ONCE).asBoolean()) {
            faults.forPhoneOnce(phone, script);
        } else {
            faults.forPhone(phone, script);
        }
    }
}
