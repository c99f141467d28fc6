package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one door: whatever speaks about a payment is settled here, and told to whom it concerns. */
public final class Door {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    /**
     * What happened at the door.
     *
     * @param settlement what became of the message; it is stored
     * @param delivered  done when the first taker has ended
     */
    public record Passed(Settlement settlement, CompletableFuture<Void> delivered) {
    }

    private final TransactionRepository repository;
    private final Deliveries deliveries;

    public Door(TransactionRepository repository, Deliveries deliveries) {
        this.repository = repository;
        this.deliveries = deliveries;
    }

    /** Settles a message and starts its delivery; fails if it could not be stored. */
    public CompletableFuture<Passed> settle(Outcome message) {
        return repository.settle(message, deliveries.node().id()).thenApply(settlement -> {
            log(settlement);
            return new Passed(settlement, settlement.delivery() == null ? CompletableFuture.completedFuture(null)
                    : deliveries.bring(settlement.delivery()));
        });
    }

    private static void log(Settlement settlement) {
        Verdict verdict = settlement.verdict();
        if (settlement.rival() != null) {
            LOG.error("A person must look: {} shares its idempotency key with {}", settlement.outcome(), settlement.rival());
        }
        // what came by itself has a row of its own, or counts with another
        boolean arrived = settlement.outcome().source() == Source.CONFIRMATION || settlement.outcome().source() == Source.PULL;
        if (verdict == Verdict.CONFLICT || !arrived && (verdict == Verdict.ORPHAN || verdict == Verdict.UNMATCHED)) {
            LOG.error("A person must look: {} {}", verdict, settlement.outcome());
        } else {
            LOG.debug("{}", settlement.outcome());
        }
    }
}
