package io.github.cameldaraja;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All exchanges that wait for an outcome; when it closes they go on at once, and no more are let in. */
final class Waiting {

    private final Set<WaitingExchange> exchanges = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    void open() {
        closed = false;
    }

    /** False when no new payments are started any more. */
    boolean isOpen() {
        return !closed;
    }

    void add(WaitingExchange exchange) {
        exchanges.add(exchange);
        if (closed) {
            exchange.giveUp();
        }
    }

    void remove(WaitingExchange exchange) {
        exchanges.remove(exchange);
    }

    void close() {
        closed = true;
        exchanges.forEach(WaitingExchange::giveUp);
    }
}
