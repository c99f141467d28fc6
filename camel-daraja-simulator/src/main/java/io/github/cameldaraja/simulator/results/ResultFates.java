package io.github.cameldaraja.simulator.results;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.results.ResultFate.Decision;
import io.github.cameldaraja.simulator.wire.Attempts;

/**
 * Which request is to have which fate.
 */
public final class ResultFates {

    private static final ResultFate USUAL = ResultFate.of(Decision.BOOKS, null);

    private final Map<String, Deque<ResultFate>> once = new HashMap<>();
    private final Map<ResultApi, Deque<ResultFate>> next = new EnumMap<>(ResultApi.class);
    private final Map<String, ResultFate> receivers = new HashMap<>();
    private final Map<ResultApi, ResultFate> apis = new EnumMap<>(ResultApi.class);
    private final Attempts<About, ResultFate> planned;

    /** With a plan that comes last. */
    public ResultFates(Attempts<About, ResultFate> planned) {
        this.planned = planned;
    }

    /** For the next request of an API. */
    public synchronized void next(ResultApi api, ResultFate fate) {
        next.computeIfAbsent(api, any -> new ArrayDeque<>()).add(Objects.requireNonNull(fate));
    }

    /** For all requests of an API. */
    public synchronized void always(ResultApi api, ResultFate fate) {
        apis.put(api, Objects.requireNonNull(fate));
    }

    /** For all requests about a receiver. */
    public synchronized void forReceiver(String receiver, ResultFate fate) {
        receivers.put(receiver, Objects.requireNonNull(fate));
    }

    /** For the next request about a receiver. */
    public synchronized void forReceiverOnce(String receiver, ResultFate fate) {
        once.computeIfAbsent(receiver, any -> new ArrayDeque<>()).add(Objects.requireNonNull(fate));
    }

    /** The fate that a request would have now. */
    synchronized ResultFate peek(About about) {
        Deque<ResultFate> queue = queue(about.api(), about.receiver());
        if (queue != null) {
            return queue.peek();
        }
        ResultFate fate = lasting(about);
        if (fate == null) {
            fate = planned.peek(about);
        }
        return fate == null ? USUAL : fate;
    }

    /** Uses up the fate that {@link #peek} showed. */
    synchronized void take(About about) {
        Deque<ResultFate> queue = queue(about.api(), about.receiver());
        if (queue != null) {
            queue.poll();
        } else if (lasting(about) == null) {
            planned.take(about);
        }
    }

    /** Puts a fate before all others of that receiver. */
    synchronized void putBack(String receiver, ResultFate fate) {
        once.computeIfAbsent(receiver, any -> new ArrayDeque<>()).addFirst(fate);
    }

    synchronized void reset() {
        once.clear();
        next.clear();
        receivers.clear();
        apis.clear();
    }

    private ResultFate lasting(About about) {
        ResultFate fate = receivers.get(about.receiver());
        return fate == null ? apis.get(about.api()) : fate;
    }

    /** The queue that is next in turn, or null if nothing is queued. */
    private Deque<ResultFate> queue(ResultApi api, String receiver) {
        Deque<ResultFate> queued = once.get(receiver);
        if (queued == null || queued.isEmpty()) {
            queued = next.get(api);
        }
        return queued == null || queued.isEmpty() ? null : queued;
    }
}
