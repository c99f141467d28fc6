package io.github.cameldaraja.gateway;

import io.github.cameldaraja.api.JsonObject;

/**
 * A success: what Daraja said to a request it has taken. For a payment this is an acknowledgement, never a payment.
 *
 * @param httpStatus 200 to 299
 * @param body       the whole answer
 */
public record GatewayAnswer(int httpStatus, JsonObject body) {
}
