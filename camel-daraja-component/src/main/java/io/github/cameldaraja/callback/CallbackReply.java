package io.github.cameldaraja.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What is answered to a callback.
 *
 * @param status HTTP
 * @param body   null for none
 */
public record CallbackReply(int status, JsonNode body) {

    /** Kept. What Safaricom's messages about requests are customarily answered. */
    public static CallbackReply accepted() {
        return ok(JsonNodeFactory.instance.objectNode().put("ResultCode", 0).put("ResultDesc", "Accepted"));
    }

    public static CallbackReply ok(JsonNode body) {
        return new CallbackReply(200, body);
    }

    /** Not kept, or nobody can say anything: Safaricom goes its own way. */
    public static CallbackReply unavailable() {
        return new CallbackReply(503, null);
    }
}
