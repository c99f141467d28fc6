package io.github.cameldaraja.gateway;

import java.net.URI;

/**
 * Bytes to send.
 *
 * @param url           with query, if any
 * @param authorization the header's value; never shown
 * @param body          JSON of a POST, or null for a GET
 */
record TransportRequest(URI url, String authorization, byte[] body) {

    String method() {
        return body == null ? "GET" : "POST";
    }

    @Override
    public String toString() {
        return method() + " " + url;
    }
}
