package io.github.cameldaraja.transaction;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done at a time of the component's clock, which a test or a simulation may move. Somebody must {@link #tick()}.
 */
public final class Deadlines {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private record Key(Instant at, long number) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final Clock clock;
    private final Executor executor;
    private final ConcurrentNavigableMap<Key, Runnable> tasks = new ConcurrentSkipListMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /**
     * @param executor runs what is due; it must not be the thread that ticks if tasks take long
     */
    public Deadlines(Clock clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    /**
     * Runs the task once at that time or soon after.
     *
     * @return cancels it; harmless when it has run
     */
    public Runnable at(Instant time, Runnable task) {
        Key key = new Key(time, numbers.incrementAndGet());
        tasks.put(key, task);
        return () -> tasks.remove(key);
    }

    /** Starts everything that is due. */
    public void tick() {
        Instant now = clock.instant();
        for (Map.Entry<Key, Runnable> first = tasks.firstEntry(); first != null && !first.getKey().at().isAfter(now);
             first = tasks.firstEntry()) {
            // whoever removes it runs it
            if (tasks.remove(first.getKey(), first.getValue())) {
                start(first.getValue());
            }
        }
    }

    public void clear() {
        tasks.clear();
    }

    private void start(Runnable task) {
        try {
            executor.execute(task);
        } catch (RuntimeException e) {
            LOG.warn("A deadline could not be run: {}", e.toString());
        }
    }
}
