package io.github.cameldaraja;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** All exchanges that wait, for an outcome or for another try; when it closes they go on at once, and no more are let in. */
final class Waiting {

    private final Set<WaitingExchange> exchanges = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> tries = ConcurrentHashMap.newKeySet();
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

    /**
     * Lets something be tried later, or at once when this closes.
     *
     * @return what the clock is to run; it runs once in all
     */
    Runnable later(Runnable work) {
        AtomicBoolean begun = new AtomicBoolean();
        Runnable once = new Runnable() {
            @Override
            public void run() {
                tries.remove(this);
                if (begun.compareAndSet(false, true)) {
                    work.run();
                }
            }
        };
        tries.add(once);
        if (closed) {
            once.run();
        }
        return once;
    }

    void close() {
        closed = true;
        exchanges.forEach(WaitingExchange::giveUp);
        tries.forEach(Runnable::run);
    }
}
