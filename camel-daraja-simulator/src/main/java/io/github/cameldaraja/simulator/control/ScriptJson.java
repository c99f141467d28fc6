package io.github.cameldaraja.simulator.control;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Reads scripts from JSON: the names are those of the methods of {@link Script}, durations are in seconds.
 */
public final class ScriptJson {

    private static final String RESULT = "result";
    private static final String NEVER_ANSWERS = "neverAnswers";

    private final Map<String, BiFunction<Script, JsonNode, Script>> steps = new TreeMap<>();

    public ScriptJson() {
        flag("offeredToHandset", Script::offeredToHandset);
        flag("lostCallback", Script::lostCallback);
        flag("duplicateCallback", Script::duplicateCallback);
        flag("callbackBeforeAnswer", Script::callbackBeforeAnswer);
        flag("resetBeforeAccepting", Script::resetBeforeAccepting);
        flag("resetAfterAccepting", Script::resetAfterAccepting);
        flag("errorAfterAccepting", Script::errorAfterAccepting);
        flag("html503", Script::html503);
        flag("html503AfterAccepting", Script::html503AfterAccepting);
        flag("empty401", Script::empty401);
        flag("emptyBody", Script::emptyBody);
        flag("spikeArrest", Script::spikeArrest);
        flag("spikeArrestGateway", Script::spikeArrestGateway);
        flag("quota", Script::quota);
        flag("systemBusy", Script::systemBusy);
        flag("unableToLock", Script::unableToLock);
        flag("revokedToken", Script::revokedToken);
        flag("apiProductFault", Script::apiProductFault);
        flag("errorWith200", Script::errorWith200);
        flag("soapFault", Script::soapFault);
        flag("maskedPhone", Script::maskedPhone);
        flag("withoutBalanceItem", Script::withoutBalanceItem);
        flag("balanceWithoutValue", Script::balanceWithoutValue);
        flag("prefixedText", Script::prefixedText);
        flag("noReceipt", Script::noReceipt);
        flag("stringResultCode", Script::stringResultCode);
        steps.put("callbackTimes", (script, value) -> script.callbackTimes(Values.small(value)));
        steps.put("callbackAfter", (script, value) -> script.callbackAfter(Values.seconds(value)));
        steps.put("slowAnswer", (script, value) -> script.slowAnswer(Values.seconds(value)));
        steps.put("contradicting", (script, value) -> script.contradicting(value.asText()));
        steps.put("contradictingFirst", (script, value) -> script.contradictingFirst(value.asText()));
        steps.put("amountAs", (script, value) -> script.amountAs(value.asText()));
        steps.put("wrongAmount", (script, value) -> script.wrongAmount(new BigDecimal(value.asText())));
        steps.put("callbackBody", (script, value) -> script.callbackBody(value.asText()));
        steps.put("errorBeforeAccepting", (script, value) -> script.errorBeforeAccepting(
                Values.status(value), value.path("errorCode").asText(),
                value.path("errorMessage").asText()));
    }

    /** The script in an object, without looking at the names to be ignored; refuses unknown names. */
    public Script read(ObjectNode json, Set<String> ignored) {
        Script script = json.path(NEVER_ANSWERS).asBoolean()
                ? Script.neverAnswers()
                : Script.result(json.path(RESULT).asText("0"));
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            String name = field.getKey();
            if (ignored.contains(name) || RESULT.equals(name) || NEVER_ANSWERS.equals(name)) {
                continue;
            }
            BiFunction<Script, JsonNode, Script> step = steps.get(name);
            if (step == null) {
                throw new IllegalArgumentException("unknown: " + name + "; known are " + RESULT + ", "
                        + NEVER_ANSWERS + ", " + String.join(", ", steps.keySet()));
            }
            script = step.apply(script, field.getValue());
        }
        return script;
    }

    private void flag(String name, UnaryOperator<Script> step) {
        steps.put(name, (script, value) -> value.asBoolean() ? step.apply(script) : script);
    }
}
