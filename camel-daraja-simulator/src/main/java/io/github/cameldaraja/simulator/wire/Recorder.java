package io.github.cameldaraja.simulator.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.cameldaraja.simulator.RecordedCallback;
import io.github.cameldaraja.simulator.RecordedRequest;

/**
 * Keeps what was received and what was sent.
 */
public final class Recorder {

    /** A request that may still wait for its answer. */
    static final class Slot {
        private final List<Consumer<RecordedRequest>> listeners;
        private volatile RecordedRequest request;

        private Slot(RecordedRequest request, List<Consumer<RecordedRequest>> listeners) {
            this.request = request;
            this.listeners = listeners;
        }

        RecordedRequest request() {
            return request;
        }

        void answered(Answer answer) {
            RecordedRequest r = request;
            RecordedRequest answered = new RecordedRequest(
                    r.at(), r.method(), r.path(), r.headers(), r.body(), answer.status(), answer.body());
            request = answered;
            listeners.forEach(listener -> listener.accept(answered));
        }
    }

    private final Clock clock;
    private final int kept;
    private final Deque<Slot> requests = new ArrayDeque<>();
    private final Deque<RecordedCallback> callbacks = new ArrayDeque<>();
    private final List<Consumer<RecordedRequest>> requestListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<RecordedCallback>> callbackListeners = new CopyOnWriteArrayList<>();
    private int epoch;

    /** Keeps so many of each, the last ones. */
    public Recorder(Clock clock, int kept) {
        this.clock = clock;
        this.kept = kept;
    }

    /** Is told of every request when it is answered, on the thread that answers. */
    public void onRequest(Consumer<RecordedRequest> listener) {
        requestListeners.add(listener);
    }

    /** Is told of every callback when it was answered or given up, on the thread that has sent it. */
    public void onCallback(Consumer<RecordedCallback> listener) {
        callbackListeners.add(listener);
    }

    Instant now() {
        return clock.instant();
    }

    public synchronized Slot request(String method, String path, Map<String, String> headers, String body) {
        Slot slot = new Slot(new RecordedRequest(clock.instant(), method, path, headers, body, 0, ""), requestListeners);
        keep(requests, slot);
        return slot;
    }

    /** Changes with every reset. */
    public synchronized int epoch() {
        return epoch;
    }

    /** Keeps a callback unless there was a reset since it was sent. */
    public void callback(int sentIn, Instant at, String url, String body, int status, Duration took) {
        RecordedCallback callback = new RecordedCallback(at, url, body, status, took);
        synchronized (this) {
            if (sentIn != epoch) {
                return;
            }
            keep(callbacks, callback);
        }
        callbackListeners.forEach(listener -> listener.accept(callback));
    }

    public synchronized List<RecordedRequest> requests() {
        return requests.stream().map(Slot::request).toList();
    }

    public synchronized List<RecordedCallback> callbacks() {
        return List.copyOf(callbacks);
    }

    public synchronized void reset() {
        epoch++;
        requests.clear();
        callbacks.clear();
    }

    private <T> void keep(Deque<T> all, T one) {
        all.addLast(one);
        if (all.size() > kept) {
            all.removeFirst();
        }
    }
}
