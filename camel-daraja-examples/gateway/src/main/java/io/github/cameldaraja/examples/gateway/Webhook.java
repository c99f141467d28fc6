package io.github.cameldaraja.examples.gateway;

/**
 * What a client is told.
 *
 * @param event    its name, the same however often it is sent
 * @param attempts how often it was sent, with this time
 */
public record Webhook(long id, String event, String client, String body, int attempts) {
}
