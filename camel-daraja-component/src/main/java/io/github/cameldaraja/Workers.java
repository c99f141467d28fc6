package io.github.cameldaraja;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** Hands work to the pool, and does it here when the pool is gone: a waiting exchange is continued in any case. */
final class Workers {

    private Workers() {
    }

    static void run(ExecutorService workers, Runnable work) {
        try {
            workers.execute(work);
        } catch (RejectedExecutionException e) {
            work.run();
        }
    }
}
