package io.github.cameldaraja.gateway;

import java.net.URI;
import java.util.Map;

/**
 * Bytes to send.
 *
 * @param url           with query, if any
 * @param authorization the header's value; never shown
 * @param body          JSON of a POST, or null for a GET
 * @param headers       further ones; never shown
 */
record TransportRequest(URI url, String authorization, byte[] body, Map<String, String> headers) {

    TransportRequest(URI url, String authorization, byte[] body) {
        this(url, authorization, body, Map.of());
    }

    String method() {
        return body == null ? "GET" : "POST";
    }

    @Override
    public String toString() {
        return method() + " " + url;
    }
}
