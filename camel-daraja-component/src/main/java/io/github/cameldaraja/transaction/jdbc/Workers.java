package io.github.cameldaraja.transaction.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's own threads. What a caller reads or claims is a transaction of its own; changes share one with all that wait at that
 * moment, for the commit is what costs. Where nobody waits a change begins at once and is alone.
 */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    /** How many changes share a commit at most. */
    static final int LARGEST_BATCH = 64;
    // more than any peak that the database could still work off while Safaricom waits
    static final int MOST_WAITING = 10_000;
    private static final long LONGEST_STOP_SECONDS = 10;

    // for each one a drain is on its way to a thread
    private final Queue<Change<?>> waiting = new ConcurrentLinkedQueue<>();
    private CamelContext camelContext;
    private volatile Database database;
    private volatile ExecutorService threads;

    /** Begins to work. */
    void start(CamelContext camelContext, String name, int size, Database database) {
        this.camelContext = camelContext;
        this.database = database;
        threads = camelContext.getExecutorServiceManager().newThreadPool(this, name, profile(name, size));
    }

    /** Ends what was begun, and what waits. */
    void stop() throws InterruptedException {
        ExecutorService ending = threads;
        threads = null;
        if (ending == null) {
            return;
        }
        // an interrupted thread closes the file of an H2 database under the others
        camelContext.getExecutorServiceManager().shutdown(ending);
        if (!ending.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
            camelContext.getExecutorServiceManager().shutdownNow(ending).stream()
                    .filter(Alone.class::isInstance).forEach(left -> ((Alone) left).change().fail(stopped()));
            for (Change<?> left = waiting.poll(); left != null; left = waiting.poll()) {
                left.fail(stopped());
            }
        }
    }

    /** Does it in a transaction of its own. */
    <T> CompletableFuture<T> submit(Work<T> work) {
        Change<T> change = new Change<>(Turn.LAST, work, new CompletableFuture<>());
        try {
            execute(new Alone(change));
        } catch (RejectedExecutionException e) {
            change.fail(e);
        }
        return change.result();
    }

    /** Does it, maybe in one transaction with others; work that throws fails alone all the same. */
    <T> CompletableFuture<T> share(Turn turn, Work<T> work) {
        Change<T> change = new Change<>(turn, work, new CompletableFuture<>());
        waiting.add(change);
        try {
            execute(this::drain);
        } catch (RejectedExecutionException e) {
            // unless another one's drain has taken it
            if (waiting.remove(change)) {
                change.fail(e);
            }
        }
        return change.result();
    }

    private void execute(Runnable task) {
        ExecutorService now = threads;
        if (now == null) {
            throw stopped();
        }
        try {
            now.execute(task);
        } catch (RejectedExecutionException e) {
            throw now.isShutdown() ? stopped() : new RejectedExecutionException("the payments' database does not keep up: "
                    + MOST_WAITING + " callers wait for it already, so this was not stored", e);
        }
    }

    private static RejectedExecutionException stopped() {
        return new RejectedExecutionException("the payments' database is not started, or stopped");
    }

    private void drain() {
        List<Change<?>> batch = new ArrayList<>();
        while (batch.size() < LARGEST_BATCH) {
            Change<?> next = waiting.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        if (batch.size() == 1) {
            batch.get(0).alone(database);
        } else if (!batch.isEmpty()) {
            together(batch);
        }
    }

    private void together(List<Change<?>> batch) {
        batch.sort(Comparator.comparing(Change::turn));
        Shared shared;
        try {
            shared = database.runShared(session -> share(session, batch));
        } catch (SharedFailureException e) {
            batch.forEach(change -> change.fail(e));
            return;
        } catch (SQLException | RuntimeException | Error e) {
            LOG.debug("One of {} changes has failed, so each is made alone: {}", batch.size(), e.toString());
            batch.forEach(this::alone);
            return;
        }
        // nobody hears of it before it is committed
        shared.results().forEach(Runnable::run);
        shared.left().forEach(this::alone);
    }

    private Shared share(Session session, List<Change<?>> batch) throws SQLException {
        List<Runnable> results = new ArrayList<>();
        List<Change<?>> left = new ArrayList<>();
        for (Change<?> change : batch) {
            try {
                results.add(change.in(session));
            } catch (BusyException e) {
                left.add(change);
            }
        }
        return new Shared(results, left);
    }

    private void alone(Change<?> change) {
        try {
            execute(new Alone(change));
        } catch (RejectedExecutionException e) {
            // it was accepted once
            change.alone(database);
        }
    }

    private static ThreadPoolProfile profile(String name, int size) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(size);
        profile.setMaxPoolSize(size);
        profile.setMaxQueueSize(MOST_WAITING);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setKeepAliveTime(30L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        // not the caller's thread: it is the listener's
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /**
     * What has become of a batch.
     *
     * @param results told once it is committed
     * @param left    whose payments somebody else was changing
     */
    private record Shared(List<Runnable> results, List<Change<?>> left) {
    }

    private final class Alone implements Runnable {

        private final Change<?> change;

        Alone(Change<?> change) {
            this.change = change;
        }

        Change<?> change() {
            return change;
        }

        @Override
        public void run() {
            change.alone(database);
        }
    }
}
