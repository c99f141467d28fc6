package io.github.cameldaraja.gateway;

/**
 * What came back.
 *
 * @param status the HTTP status
 * @param body   empty if there was none, or more than anybody should read
 * @param date   when it was sent by the sender's clock, as he says it; null if he does not
 */
record TransportAnswer(int status, byte[] body, String date) {

    TransportAnswer(int status, byte[] body) {
        this(status, body, null);
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}
