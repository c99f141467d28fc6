package io.github.cameldaraja.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** One request on its way through the pool; its future is completed on every path. */
final class Sending implements Runnable {

    private final CompletableFuture<TransportAnswer> answer = new CompletableFuture<>();
    private final long created = System.nanoTime();
    private final TransportRequest request;
    private final Exchanger exchanger;
    private final BooleanSupplier accepting;
    private final Duration longestWait;
    private final WatchedBody body;
    // whoever gets it decides the fate: the thread that sends, or whoever gives up before
    private final AtomicBoolean taken = new AtomicBoolean();

    Sending(TransportRequest request, Exchanger exchanger, BooleanSupplier accepting, Duration longestWait) {
        this.request = request;
        this.exchanger = exchanger;
        this.accepting = accepting;
        this.longestWait = longestWait;
        this.body = request.body() == null ? null : new WatchedBody(request.body());
    }

    CompletableFuture<TransportAnswer> answer() {
        return answer;
    }

    @Override
    public void run() {
        if (!taken.compareAndSet(false, true)) {
            return;
        }
        if (!accepting.getAsBoolean()) {
            neverLeft("stopping", null);
        } else if (System.nanoTime() - created > longestWait.toNanos()) {
            neverLeft("no free connection within " + longestWait.toMillis() + " ms", null);
        } else {
            exchange();
        }
    }

    private void exchange() {
        TransportAnswer received;
        try {
            received = exchanger.exchange(request, body);
        } catch (Throwable e) {
            answer.completeExceptionally(failure(e));
            return;
        }
        if (body != null && !body.isBegun()) {
            // a proxy that would not open a tunnel
            neverLeft("the proxy answered HTTP " + received.status() + " instead of opening a tunnel", null);
        } else {
            answer.complete(received);
        }
    }

    private TransportException failure(Throwable e) {
        String text = (e instanceof IOException ? "" : e.getClass().getSimpleName() + ": ") + e.getMessage();
        return body != null && !body.isBegun() ? TransportException.neverLeft(text, e)
                : TransportException.fateUnknown(text, e);
    }

    /** Ends it, unless it has begun; it will never begin. */
    boolean refuse(String reason, Throwable cause) {
        boolean mine = taken.compareAndSet(false, true);
        if (mine) {
            neverLeft(reason, cause);
        }
        return mine;
    }

    /** Ends it wherever it is. */
    void abandon() {
        if (!refuse("stopped", null)) {
            answer.completeExceptionally(TransportException.fateUnknown("stopped before the answer came", null));
        }
    }

    private void neverLeft(String reason, Throwable cause) {
        answer.completeExceptionally(TransportException.neverLeft(reason, cause));
    }

    /** Sends and waits. */
    @FunctionalInterface
    interface Exchanger {
        TransportAnswer exchange(TransportRequest request, WatchedBody body) throws Exception;
    }
}
