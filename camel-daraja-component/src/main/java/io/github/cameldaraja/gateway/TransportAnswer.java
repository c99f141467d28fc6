package io.github.cameldaraja.gateway;

/**
 * What came back.
 *
 * @param status the HTTP status
 * @param body   empty if there was none, or more than anybody should read
 */
record TransportAnswer(int status, byte[] body) {

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}
