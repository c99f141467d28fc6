package io.github.cameldaraja.simulator.control;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultRequest;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Results;
import io.github.cameldaraja.simulator.wire.Call;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Times;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Writes scripts for requests with results, and shows what became of them.
 */
public final class ResultCalls {

    private static final String API = "api";
    private static final String RECEIVER = "receiver";
    private static final String ONCE = "once";
    private static final String ALWAYS = "always";
    private static final Set<String> NOT_SCRIPT = Set.of(API, RECEIVER, ONCE, ALWAYS);

    private final Results results;
    private final Json json;
    private final ResultScriptJson scripts = new ResultScriptJson();

    public ResultCalls(Results results, Json json) {
        this.results = results;
        this.json = json;
    }

    /** Names its calls. */
    public void mount(ControlPaths paths) {
        paths.get("/results", call -> requests());
        paths.post("/results/faults", call -> {
            write(call.body());
            return paths.done();
        });
        paths.get("/operator", call -> operator());
        paths.post("/operator/lock", call -> {
            results.lockOperator();
            return operator();
        });
        paths.post("/operator/unlock", call -> {
            results.unlockOperator();
            return operator();
        });
        paths.post("/identities", call -> {
            identify(call);
            return paths.done();
        });
    }

    private void write(ObjectNode body) {
        ResultScript script = scripts.read(body, NOT_SCRIPT);
        String receiver = body.path(RECEIVER).asText("");
        if (receiver.isEmpty()) {
            ResultApi api = Values.name(ResultApi.class, body.path(API).asText());
            if (body.path(ALWAYS).asBoolean()) {
                results.always(api, script);
            } else {
                results.next(api, script);
            }
        } else if (body.path(ONCE).asBoolean()) {
            results.forReceiverOnce(receiver, script);
        } else {
            results.forReceiver(receiver, script);
        }
    }

    private ArrayNode requests() {
        ArrayNode list = json.array();
        for (ResultRequest request : results.requests()) {
            list.addObject()
                    .put(API, request.api().name())
                    .put("originatorConversationId", request.originatorConversationId())
                    .put("conversationId", request.conversationId())
                    .put("acceptedAt", Times.iso(request.acceptedAt()))
                    .put("resultCode", request.resultCode())
                    .put("transactionId", request.transactionId());
        }
        return list;
    }

    private ObjectNode operator() {
        return json.object().put("locked", results.operatorLocked())
                .put("wrongPasswords", results.wrongPasswords());
    }

    private void identify(Call call) {
        ObjectNode body = call.body();
        results.registerIdentity(body.path("phone").asText(), body.path("idType").asText(),
                body.path("idNumber").asText());
    }
}
