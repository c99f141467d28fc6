package io.github.cameldaraja.transaction.jdbc;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/**
 * Work that waits for a thread, and whoever waits for its result.
 *
 * @param turn when it is done among others in one transaction
 */
record Change<T>(Turn turn, Work<T> work, CompletableFuture<T> result) {

    /** Does it in a transaction that others share; nobody hears of it before {@link Runnable#run} of what it returns. */
    Runnable in(Session session) throws SQLException {
        T done = work.in(session);
        return () -> result.complete(done);
    }

    /** Does it in a transaction of its own. */
    void alone(Database database) {
        T done;
        try {
            done = database.run(work);
        } catch (SQLException | RuntimeException | Error e) {
            fail(e);
            return;
        }
        result.complete(done);
    }

    void fail(Throwable why) {
        result.completeExceptionally(why);
    }
}
