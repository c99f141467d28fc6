package io.github.cameldaraja.simulator.control;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Reads scripts of results from JSON: the names are those of the methods of {@link ResultScript}, durations are in
 * seconds.
 */
public final class ResultScriptJson {

    private static final String RESULT = "result";
    private static final String TIMES_OUT = "timesOut";
    private static final String STAYS_PENDING = "staysPending";
    private static final Set<String> BEGINNINGS = Set.of(RESULT, TIMES_OUT, STAYS_PENDING);

    private final Map<String, BiFunction<ResultScript, JsonNode, ResultScript>> steps = new TreeMap<>();

    public ResultScriptJson() {
        answers();
        deliveries();
        looks();
    }

    /** The script in an object, without looking at the names to be ignored; refuses unknown names. */
    public ResultScript read(ObjectNode json, Set<String> ignored) {
        ResultScript script = beginning(json);
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            String name = field.getKey();
            if (ignored.contains(name) || BEGINNINGS.contains(name)) {
                continue;
            }
            BiFunction<ResultScript, JsonNode, ResultScript> step = steps.get(name);
            if (step == null) {
                throw new IllegalArgumentException("unknown: " + name + "; known are "
                        + String.join(", ", BEGINNINGS) + ", " + String.join(", ", steps.keySet()));
            }
            script = step.apply(script, field.getValue());
        }
        return script;
    }

    private static ResultScript beginning(ObjectNode json) {
        if (json.path(TIMES_OUT).asBoolean()) {
            return ResultScript.timesOut();
        }
        return json.path(STAYS_PENDING).asBoolean()
                ? ResultScript.staysPending()
                : ResultScript.result(json.path(RESULT).asText("0"));
    }

    private void answers() {
        flag("resetBeforeAccepting", ResultScript::resetBeforeAccepting);
        flag("resetAfterAccepting", ResultScript::resetAfterAccepting);
        flag("errorAfterAccepting", ResultScript::errorAfterAccepting);
        flag("html503", ResultScript::html503);
        flag("html503AfterAccepting", ResultScript::html503AfterAccepting);
        flag("empty401", ResultScript::empty401);
        flag("emptyBody", ResultScript::emptyBody);
        flag("spikeArrest", ResultScript::spikeArrest);
        flag("spikeArrestGateway", ResultScript::spikeArrestGateway);
        flag("quota", ResultScript::quota);
        flag("systemBusy", ResultScript::systemBusy);
        flag("internalError", ResultScript::internalError);
        flag("revokedToken", ResultScript::revokedToken);
        flag("apiProductFault", ResultScript::apiProductFault);
        flag("errorWith200", ResultScript::errorWith200);
        flag("soapFault", ResultScript::soapFault);
        steps.put("slowAnswer", (script, value) -> script.slowAnswer(Values.seconds(value)));
        steps.put("errorBeforeAccepting", (script, value) -> script.errorBeforeAccepting(
                Values.status(value), value.path("errorCode").asText(),
                value.path("errorMessage").asText()));
    }

    private void deliveries() {
        flag("toldAsTimeout", ResultScript::toldAsTimeout);
        flag("timeoutEchoesRequest", ResultScript::timeoutEchoesRequest);
        flag("lostCallback", ResultScript::lostCallback);
        flag("duplicateCallback", ResultScript::duplicateCallback);
        flag("callbackBeforeAnswer", ResultScript::callbackBeforeAnswer);
        steps.put("callbackTimes", (script, value) -> script.callbackTimes(Values.small(value)));
        steps.put("callbackAfter", (script, value) -> script.callbackAfter(Values.seconds(value)));
        text("contradicting", ResultScript::contradicting);
        text("contradictingFirst", ResultScript::contradictingFirst);
    }

    private void looks() {
        flag("oldForm", ResultScript::oldForm);
        flag("singleParameter", ResultScript::singleParameter);
        flag("parameterList", ResultScript::parameterList);
        flag("singleReference", ResultScript::singleReference);
        flag("referenceList", ResultScript::referenceList);
        flag("withoutParameters", ResultScript::withoutParameters);
        flag("withoutReferences", ResultScript::withoutReferences);
        flag("permuted", ResultScript::permuted);
        flag("numbersAsText", ResultScript::numbersAsText);
        flag("stringCodes", ResultScript::stringCodes);
        flag("numericCodes", ResultScript::numericCodes);
        flag("shortOriginatorConversationId", ResultScript::shortOriginatorConversationId);
        flag("escapedSlashes", ResultScript::escapedSlashes);
        text("text", ResultScript::text);
        text("withoutParameter", ResultScript::withoutParameter);
        text("parameterWithoutValue", ResultScript::parameterWithoutValue);
        text("transactionId", ResultScript::transactionId);
        text("callbackBody", ResultScript::callbackBody);
        steps.put("parameter", ResultScriptJson::parameters);
    }

    /** One or more of them: {@code {"Amount": 5}}. */
    private static ResultScript parameters(ResultScript script, JsonNode values) {
        ResultScript changed = script;
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            changed = value.getValue().isNumber()
                    ? changed.parameter(value.getKey(), new BigDecimal(value.getValue().asText()))
                    : changed.parameter(value.getKey(), value.getValue().asText());
        }
        return changed;
    }

    private void flag(String name, UnaryOperator<ResultScript> step) {
        steps.put(name, (script, value) -> value.asBoolean() ? step.apply(script) : script);
    }

    private void text(String name, BiFunction<ResultScript, String, ResultScript> step) {
        steps.put(name, (script, value) -> step.apply(script, value.asText()));
    }
}
