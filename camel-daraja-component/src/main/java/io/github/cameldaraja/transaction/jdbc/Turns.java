package io.github.cameldaraja.transaction.jdbc;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one transaction after the other change a database that does not keep two apart when its process dies: H2 writes with each
 * commit what all others have changed so far, table by table while they go on, so that a crash may leave half of theirs.
 */
final class Turns {

    /** For a database that needs none of this. */
    static final Turns NONE = new Turns(false);

    // a route may take hours; once it has taken longer than this nobody waits for its steps, only for its commit
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final boolean needed;
    private final ReentrantLock changes = new ReentrantLock(true);
    private final ReentrantLock commits = new ReentrantLock(true);
    private volatile long begun = System.nanoTime();

    private Turns(boolean needed) {
        this.needed = needed;
    }

    static Turns of(Dialect dialect) {
        return dialect.changesOneByOne() ? new Turns(true) : NONE;
    }

    /** Waits until those before have ended, if that is soon. Taken before a connection is, and closed by the same thread. */
    DatabaseTurn take() {
        if (!needed) {
            return DatabaseTurn.FREE;
        }
        boolean first = false;
        try {
            first = changes.tryLock(PATIENCE_NANOS - (System.nanoTime() - begun), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (first) {
            begun = System.nanoTime();
        }
        return new Taken(first);
    }

    private final class Taken implements DatabaseTurn {

        private boolean first;
        private boolean ending;

        private Taken(boolean first) {
            this.first = first;
        }

        @Override
        public void end() {
            if (!ending) {
                commits.lock();
                ending = true;
            }
        }

        @Override
        public void close() {
            if (ending) {
                ending = false;
                commits.unlock();
            }
            if (first) {
                first = false;
                changes.unlock();
            }
        }
    }
}
