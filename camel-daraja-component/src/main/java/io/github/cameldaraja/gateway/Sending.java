package io.github.cameldaraja.gateway;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request on its way through the pool; its future is completed on every path. */
final class Sending implements Runnable {

    private final CompletableFuture<TransportAnswer> answer = new CompletableFuture<>();
    private final TransportRequest request;
    private final Exchanger exchanger;
    private final WatchedBody body;
    // whoever gets it decides the fate: the thread that sends, or whoever gives up before
    private final AtomicBoolean taken = new AtomicBoolean();

    Sending(TransportRequest request, Exchanger exchanger) {
        this.request = request;
        this.exchanger = exchanger;
        this.body = request.body() == null ? null : new WatchedBody(request.body());
    }

    CompletableFuture<TransportAnswer> answer() {
        return answer;
    }

    TransportRequest request() {
        return request;
    }

    /** Null for a GET. */
    WatchedBody body() {
        return body;
    }

    @Override
    public void run() {
        if (taken.compareAndSet(false, true)) {
            exchange();
        }
    }

    private void exchange() {
        TransportAnswer received;
        try {
            received = exchanger.exchange(this);
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
    void refuse(String reason, Throwable cause) {
        if (taken.compareAndSet(false, true)) {
            neverLeft(reason, cause);
        }
    }

    /** Ends it wherever it is. */
    void abandon(String reason, Throwable cause) {
        refuse(reason, cause);
        answer.completeExceptionally(TransportException.fateUnknown(reason, cause));
    }

    private void neverLeft(String reason, Throwable cause) {
        answer.completeExceptionally(TransportException.neverLeft(reason, cause));
    }

    /** Sends and waits. */
    @FunctionalInterface
    interface Exchanger {
        TransportAnswer exchange(Sending sending) throws Exception;
    }
}
