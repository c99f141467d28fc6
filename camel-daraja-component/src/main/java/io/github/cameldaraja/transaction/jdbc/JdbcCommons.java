package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.account.SharedToken;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What nodes have in common, in the payments' own database. */
final class JdbcCommons implements Commons {

    private final Workers workers;
    private final Supplier<TokenTable> tokens;
    private final LeaseTable leases = new LeaseTable();

    /**
     * @param tokens known once the repository runs
     */
    JdbcCommons(Workers workers, Supplier<TokenTable> tokens) {
        this.workers = workers;
        this.tokens = tokens;
    }

    @Override
    public CompletableFuture<Instant> lease(String name, String holder, Instant now, Instant until) {
        return workers.submit(session -> leases.take(session, name, holder, now, until));
    }

    @Override
    public CompletableFuture<Boolean> prolong(String name, String holder, Instant until) {
        return workers.submit(session -> leases.prolong(session, name, holder, until));
    }

    @Override
    public CompletableFuture<Void> release(String name, String holder) {
        return workers.submit(session -> {
            leases.release(session, name, holder);
            return null;
        });
    }

    @Override
    public CompletableFuture<SharedToken> token(String app) {
        return workers.submit(session -> tokens.get().find(session, app));
    }

    @Override
    public CompletableFuture<Boolean> putToken(String app, String holder, SharedToken token) {
        return workers.submit(session -> {
            if (!leases.release(session, app, holder)) {
                return false;
            }
            tokens.get().put(session, app, token);
            return true;
        });
    }
}
