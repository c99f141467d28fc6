package io.github.cameldaraja.simulator.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.cameldaraja.simulator.RecordedCallback;
import io.github.cameldaraja.simulator.RecordedRequest;

/**
 * Keeps what was received and what was sent.
 */
public final class Recorder {

    /** A request that may still wait for its answer. */
    static final class Slot {
        private volatile RecordedRequest request;

        private Slot(RecordedRequest request) {
            this.request = request;
        }

        RecordedRequest request() {
            return request;
        }

        void answered(Answer answer) {
            RecordedRequest r = request;
            request = new RecordedRequest(
                    r.at(), r.method(), r.path(), r.headers(), r.body(), answer.status(), answer.body());
        }
    }

    private final Clock clock;
    private final List<Slot> requests = new ArrayList<>();
    private final List<RecordedCallback> callbacks = new ArrayList<>();
    private int epoch;

    public Recorder(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    public synchronized Slot request(String method, String path, Map<String, String> headers, String body) {
        Slot slot = new Slot(new RecordedRequest(clock.instant(), method, path, headers, body, 0, ""));
        requests.add(slot);
        return slot;
    }

    /** Changes with every reset. */
    public synchronized int epoch() {
        return epoch;
    }

    /** Keeps a callback unless there was a reset since it was sent. */
    public synchronized void callback(int sentIn, Instant at, String url, String body, int status, Duration took) {
        if (sentIn == epoch) {
            callbacks.add(new RecordedCallback(at, url, body, status, took));
        }
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
}
