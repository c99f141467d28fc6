package io.github.cameldaraja.gateway;

import java.time.Instant;

/**
 * What came back.
 *
 * @param status the HTTP status
 * @param body   empty if there was none, or more than anybody should read
 * @param date   when it was sent by the sender's clock, to the second; null if he does not say
 */
record TransportAnswer(int status, byte[] body, Instant date) {

    TransportAnswer(int status, byte[] body) {
        this(status, body, null);
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}
