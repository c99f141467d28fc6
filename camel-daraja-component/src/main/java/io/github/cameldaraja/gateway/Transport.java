package io.github.cameldaraja.gateway;

import java.util.concurrent.CompletableFuture;
import org.apache.camel.Service;

/**
 * Carries bytes to Daraja and back; knows nothing of tokens or JSON. Never sends a request a second time by itself, follows
 * no redirect and keeps no cookie.
 */
interface Transport extends Service {

    /**
     * Sends; the future is completed on every path, with an answer of whatever status or with a {@link TransportException}
     * and nothing else.
     */
    CompletableFuture<TransportAnswer> send(TransportRequest request);
}
