package io.github.cameldaraja.simulator.control;

import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.AnswerScript;
import io.github.cameldaraja.simulator.B2bExpress;
import io.github.cameldaraja.simulator.BillManager;
import io.github.cameldaraja.simulator.CallFaults;
import io.github.cameldaraja.simulator.CallbackScript;
import io.github.cameldaraja.simulator.ExpressScript;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Writes scripts of calls other than pushes.
 */
public final class CallFaultCalls {

    private static final String PATH = "path";
    private static final String TILL = "till";
    private static final String RESULT = "result";

    private final CallFaults calls;
    private final B2bExpress express;
    private final BillManager bills;
    private final ScriptFields<AnswerScript> answers = answers();
    private final ScriptFields<CallbackScript> callbacks = callbacks();
    private final ScriptFields<ExpressScript> prompts = prompts();

    public CallFaultCalls(CallFaults calls, B2bExpress express, BillManager bills) {
        this.calls = calls;
        this.express = express;
        this.bills = bills;
    }

    /** Names its calls. */
    public void mount(ControlPaths paths) {
        paths.post("/calls/faults", call -> {
            answer(call.body());
            return paths.done();
        });
        paths.post("/b2b-express/faults", call -> {
            prompt(call.body());
            return paths.done();
        });
        paths.post("/bills/notifications/faults", call -> {
            bills.nextNotification(callbacks.read(CallbackScript.usual(), call.body(), Set.of()));
            return paths.done();
        });
    }

    private void answer(ObjectNode body) {
        calls.next(body.path(PATH).asText(), answers.read(AnswerScript.usual(), body, Set.of(PATH)));
    }

    private void prompt(ObjectNode body) {
        ExpressScript script = prompts.read(
                ExpressScript.result(body.path(RESULT).asText("0")), body, Set.of(RESULT, TILL));
        String till = body.path(TILL).asText("");
        if (till.isEmpty()) {
            express.next(script);
        } else {
            express.forTill(till, script);
        }
    }

    private static ScriptFields<AnswerScript> answers() {
        return new ScriptFields<AnswerScript>()
                .step("slow", (script, value) -> script.slow(Values.seconds(value)))
                .flag("resetBeforeAccepting", AnswerScript::resetBeforeAccepting)
                .flag("resetAfterAccepting", AnswerScript::resetAfterAccepting)
                .step("errorBeforeAccepting", (script, value) -> script.errorBeforeAccepting(
                        Values.status(value), value.path("errorCode").asText(),
                        value.path("errorMessage").asText()))
                .flag("errorAfterAccepting", AnswerScript::errorAfterAccepting)
                .flag("errorWith200", AnswerScript::errorWith200)
                .flag("html503", AnswerScript::html503)
                .flag("html503AfterAccepting", AnswerScript::html503AfterAccepting)
                .flag("empty401", AnswerScript::empty401)
                .flag("emptyBody", AnswerScript::emptyBody)
                .flag("spikeArrest", AnswerScript::spikeArrest)
                .flag("revokedToken", AnswerScript::revokedToken)
                .flag("apiProductFault", AnswerScript::apiProductFault)
                .flag("soapFault", AnswerScript::soapFault)
                .step("status", (script, value) -> script.status(Values.small(value)))
                .step("field", (script, value) -> eachField(script, value, AnswerScript::field))
                .step("without", (script, value) -> eachName(script, value, AnswerScript::without))
                .flag("reversed", AnswerScript::reversed)
                .step("body", (script, value) -> script.body(value.asText()));
    }

    private static ScriptFields<CallbackScript> callbacks() {
        return new ScriptFields<CallbackScript>()
                .flag("lost", CallbackScript::lost)
                .flag("twice", CallbackScript::twice)
                .step("times", (script, value) -> script.times(Values.small(value)))
                .step("after", (script, value) -> script.after(Values.seconds(value)))
                .step("field", (script, value) -> eachField(script, value, CallbackScript::field))
                .step("without", (script, value) -> eachName(script, value, CallbackScript::without))
                .flag("reversed", CallbackScript::reversed)
                .step("body", (script, value) -> script.body(value.asText()));
    }

    private ScriptFields<ExpressScript> prompts() {
        return new ScriptFields<ExpressScript>()
                .step("callback", (script, value) -> script.callback(callback(value)))
                .flag("callbackBeforeAnswer", ExpressScript::callbackBeforeAnswer)
                .step("contradicting", (script, value) -> script.contradicting(value.asText()))
                .step("contradictingFirst", (script, value) -> script.contradictingFirst(value.asText()));
    }

    private CallbackScript callback(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return callbacks.read(CallbackScript.usual(), object, Set.of());
        }
        throw new IllegalArgumentException("not an object: " + value);
    }

    private interface FieldStep<S> {
        S apply(S script, String name, Object value);
    }

    private static <S> S eachField(S script, JsonNode values, FieldStep<S> step) {
        S changed = script;
        for (Map.Entry<String, JsonNode> field : values.properties()) {
            changed = step.apply(changed, field.getKey(), field.getValue());
        }
        return changed;
    }

    /** One name, or a list of names. */
    private static <S> S eachName(S script, JsonNode names, BiFunction<S, String, S> step) {
        S changed = script;
        if (names.isTextual()) {
            return step.apply(changed, names.textValue());
        }
        for (JsonNode name : names) {
            changed = step.apply(changed, name.asText());
        }
        return changed;
    }
}
