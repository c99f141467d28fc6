package io.github.cameldaraja.simulator.wire;

/**
 * A callback ready to be sent.
 *
 * @param shortCode value of the header {@code Businessshortcode}
 * @param epoch     the recorder's epoch in which it was written
 */
public record Callback(String url, String body, String shortCode, int epoch) {

    /** The same to the same receiver, with another text. */
    public Callback saying(String otherBody) {
        return new Callback(url, otherBody, shortCode, epoch);
    }
}
