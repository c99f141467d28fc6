package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one door: whatever speaks about a payment is settled here, and told to whom it concerns. */
public final class Door {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final Map<Verdict, String> WHAT = Map.of(
            Verdict.CONFLICT, "a message contradicts what is known of this payment, or names an amount or a receipt that cannot be its own",
            Verdict.ORPHAN, "a callback carries our capability, and no such payment is stored here",
            Verdict.UNMATCHED, "a callback of this payment is about another request, or says nothing final");

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
    private final Alarms alarms;
    private final List<Consumer<Settlement>> watchers = new CopyOnWriteArrayList<>();

    public Door(TransactionRepository repository, Deliveries deliveries, Alarms alarms) {
        this.repository = repository;
        this.deliveries = deliveries;
        this.alarms = alarms;
    }

    /** Lets somebody see what has passed, after it is stored. Whoever watches must be quick. */
    public void whenSettled(Consumer<Settlement> watcher) {
        watchers.add(watcher);
    }

    /** Settles a message and starts its delivery; fails if it could not be stored. */
    public CompletableFuture<Passed> settle(Outcome message) {
        return repository.settle(message, deliveries.node().id()).thenCompose(settlement -> {
            watchers.forEach(watcher -> watched(watcher, settlement));
            CompletableFuture<Void> told = tell(settlement);
            Passed passed = new Passed(settlement, settlement.delivery() == null ? CompletableFuture.completedFuture(null)
                    : deliveries.bring(settlement.delivery()));
            // who sent the message hears that it is kept when those who must know of it will
            return told.thenApply(kept -> passed);
        });
    }

    // what is only seen must not stand in the way of money
    private static void watched(Consumer<Settlement> watcher, Settlement settlement) {
        try {
            watcher.accept(settlement);
        } catch (RuntimeException e) {
            LOG.warn("What passed the door could not be counted: {}", e.toString());
        }
    }

    Alarms alarms() {
        return alarms;
    }

    private CompletableFuture<Void> tell(Settlement settlement) {
        Verdict verdict = settlement.verdict();
        Outcome outcome = settlement.outcome();
        CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
        if (settlement.rival() != null) {
            LOG.error("A person must look: {} shares its idempotency key with {}", outcome, settlement.rival());
            told = alarms.raise(AlertKind.TWO_PAYMENTS, outcome, "two payments share an idempotency key: this one was paid, and the other"
                    + " one was paid, too, or may still be", details(outcome, "rival", settlement.rival().reference()),
                    settlement.rival().reference());
        }
        // what came by itself has a row of its own, or counts with another
        boolean arrived = outcome.source() == Source.CONFIRMATION || outcome.source() == Source.PULL;
        if (verdict == Verdict.CONFLICT || !arrived && (verdict == Verdict.ORPHAN || verdict == Verdict.UNMATCHED)) {
            LOG.error("A person must look: {} {}", verdict, outcome);
            CompletableFuture<Void> raised = alarms.raise(kind(verdict), outcome, WHAT.get(verdict), details(outcome, "verdict", verdict),
                    verdict, outcome.source(), outcome.resultCode(), outcome.receiptNumber(), outcome.amount());
            return told.thenCompose(first -> raised);
        }
        LOG.debug("{}", outcome);
        return told;
    }

    private static AlertKind kind(Verdict verdict) {
        return verdict == Verdict.CONFLICT ? AlertKind.CONFLICT : verdict == Verdict.ORPHAN ? AlertKind.ORPHAN : AlertKind.UNMATCHED;
    }

    private static Map<String, Object> details(Outcome outcome, String name, Object value) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(name, value);
        details.put("status", outcome.status());
        details.put("resultCode", outcome.resultCode());
        details.put("receiptNumber", outcome.receiptNumber());
        details.put("amount", outcome.amount());
        details.put("source", outcome.source());
        return details;
    }
}
