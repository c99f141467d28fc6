package io.github.cameldaraja.simulator.stk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import io.github.cameldaraja.simulator.wire.Attempts;

/**
 * Which push is to have which fate.
 */
public final class Fates {

    private final Fate usual;
    private final Function<String, Optional<Fate>> testNumbers;
    private final Attempts<String, Fate> planned;
    private final Deque<Fate> next = new ArrayDeque<>();
    private final Map<String, Deque<Fate>> once = new HashMap<>();
    private final Map<String, Fate> lasting = new HashMap<>();

    /** With the fate of those for whom nothing was said, and a plan that comes last. */
    public Fates(Fate usual, Function<String, Optional<Fate>> testNumbers, Attempts<String, Fate> planned) {
        this.usual = usual;
        this.testNumbers = testNumbers;
        this.planned = planned;
    }

    /** For the next push that comes in. */
    public synchronized void next(Fate fate) {
        next.add(Objects.requireNonNull(fate));
    }

    /** For all pushes to this phone. */
    public synchronized void forPhone(String phone, Fate fate) {
        lasting.put(phone, Objects.requireNonNull(fate));
    }

    /** For the next push to this phone. */
    public synchronized void forPhoneOnce(String phone, Fate fate) {
        once.computeIfAbsent(phone, any -> new ArrayDeque<>()).add(Objects.requireNonNull(fate));
    }

    /** The fate that a push to this phone would have now. */
    synchronized Fate peek(String phone) {
        Deque<Fate> queued = once.get(phone);
        if (queued != null && !queued.isEmpty()) {
            return queued.peek();
        }
        if (!next.isEmpty()) {
            return next.peek();
        }
        return named(phone).orElseGet(() -> Optional.ofNullable(planned.peek(phone)).orElse(usual));
    }

    /** Uses up the fate that {@link #peek} showed. */
    synchronized void take(String phone) {
        Deque<Fate> queued = once.get(phone);
        if (queued != null && !queued.isEmpty()) {
            queued.poll();
        } else if (next.poll() == null && named(phone).isEmpty()) {
            planned.take(phone);
        }
    }

    /** Puts a fate before all others of that phone. */
    synchronized void putBack(String phone, Fate fate) {
        once.computeIfAbsent(phone, any -> new ArrayDeque<>()).addFirst(fate);
    }

    synchronized void reset() {
        next.clear();
        once.clear();
        lasting.clear();
    }

    private Optional<Fate> named(String phone) {
        return Optional.ofNullable(lasting.get(phone)).or(() -> testNumbers.apply(phone));
    }
}
