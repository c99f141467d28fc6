package io.github.cameldaraja.reconcile;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.Alarms;
import io.github.cameldaraja.transaction.RawCallback;
import io.github.cameldaraja.transaction.References;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rows of statements that cannot be read, and tells of them: each may be a payment that nobody else tells of. A row is read
 * several times; it is kept once by each process, and an alert is raised once.
 */
final class OddRows {

    private static final Logger LOG = LoggerFactory.getLogger(OddRows.class);
    /** How many are remembered; what is forgotten is kept once more. */
    private static final int REMEMBERED = 1_000;

    private final Clock clock;
    private final TransactionRepository repository;
    private final Alarms alarms;
    // digests, for rows tell of people; the oldest first, guarded by itself
    private final Set<String> kept = new LinkedHashSet<>();

    OddRows(Clock clock, TransactionRepository repository, Alarms alarms) {
        this.clock = clock;
        this.repository = repository;
        this.alarms = alarms;
    }

    /**
     * Keeps one; done when it is kept, fails if it could not be.
     *
     * @param from  of the period in which it stands
     * @param until of the same
     */
    CompletableFuture<Void> keep(String operation, Account account, Map<String, Object> row, Instant from, Instant until) {
        byte[] body = Json.write(row);
        String name = References.ofMatter(operation, account.name(), new String(body, StandardCharsets.UTF_8));
        if (isKept(name)) {
            return CompletableFuture.completedFuture(null);
        }
        RawCallback raw = new RawCallback(operation, account.name(), clock.instant(), Verdict.UNMATCHED, null, body);
        return repository.keep(raw).thenCompose(done -> {
            remember(name);
            // neither names nor values: both may tell of people
            LOG.warn("A row of the statement of {} between {} and {} cannot be read and is kept raw: it may be a payment that nobody"
                    + " tells of, so compare the portal; the other rows count", account, from, until);
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("message", operation);
            details.put("from", from);
            details.put("until", until);
            return alarms.raise(AlertKind.UNREADABLE, account.name(), "a row of the statement cannot be read and is kept raw; it may be a"
                    + " payment that nobody tells of: compare the portal", details, operation, account.shortCode(),
                    new String(body, StandardCharsets.UTF_8));
        });
    }

    private boolean isKept(String name) {
        synchronized (kept) {
            return kept.contains(name);
        }
    }

    private void remember(String name) {
        synchronized (kept) {
            kept.add(name);
            if (kept.size() > REMEMBERED) {
                kept.remove(kept.iterator().next());
            }
        }
    }
}
