package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what a second person says of payouts that are held: who has asked for one may not approve it. */
public final class Approvals {

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 2_000;

    private final Clock clock;
    private final String application;
    private final TransactionRepository repository;

    /**
     * @param application whose payouts
     */
    public Approvals(Clock clock, String application, TransactionRepository repository) {
        this.clock = clock;
        this.application = application;
        this.repository = repository;
    }

    /** Those that wait, the oldest first. */
    public CompletableFuture<List<Transaction>> held(int limit) {
        return repository.findHeld(application, limit);
    }

    /**
     * Lets a payout go; whichever node comes first sends it.
     *
     * @return as it is now; fails with an {@link IllegalStateException} that says why it is not approved
     * @throws InvalidFieldException naming field, rule and cure
     */
    public CompletableFuture<Transaction> approve(String reference, String who, String why) {
        String name = name(reference, who);
        require("why", why, LONGEST_TEXT);
        AtomicBoolean done = new AtomicBoolean();
        Instant now = clock.instant();
        return repository.find(reference).thenCompose(payment -> {
            check(reference, payment, name, now);
            return repository.update(reference, current -> {
                done.set(mayBeApproved(current, now));
                return done.get() ? current.approved(name, why.strip(), now) : current;
            });
        }).thenApply(after -> {
            if (!done.get()) {
                throw new IllegalStateException(state(reference, after));
            }
            LOG.info("{}, asked for by {}, is approved by {}", after, after.departure().askedBy(), name);
            return after;
        });
    }

    /**
     * Ends a payout that is held: nothing was sent, its key is free, and its route is told.
     *
     * @return as it is now; fails as above
     */
    public CompletableFuture<Transaction> reject(String reference, String who, String why) {
        String name = name(reference, who);
        require("why", why, LONGEST_TEXT);
        AtomicBoolean done = new AtomicBoolean();
        return repository.abandon(reference, Outcome.builder().status(PaymentStatus.FAILED).resultDescription("rejected by " + name + ": "
                + why.strip() + "; it was not sent").build(), current -> {
                    done.set(current.status() == PaymentStatus.HELD);
                    return done.get();
                }).thenApply(after -> {
                    if (!done.get()) {
                        throw new IllegalStateException(state(reference, after));
                    }
                    LOG.info("{} is rejected by {}", after, name);
                    return after;
                });
    }

    private static boolean mayBeApproved(Transaction payment, Instant now) {
        // what is past its time waits for its end
        return payment.status() == PaymentStatus.HELD && payment.departure().notBefore() == null
                && (payment.dueAt() == null || payment.dueAt().isAfter(now));
    }

    private static void check(String reference, Transaction payment, String name, Instant now) {
        if (payment == null || !mayBeApproved(payment, now)) {
            throw new IllegalStateException(state(reference, payment));
        }
        if (payment.departure().askedBy().strip().equalsIgnoreCase(name)) {
            throw new IllegalStateException("who: " + name + " has asked for this payout, and may not approve it; another person must");
        }
    }

    private static String state(String reference, Transaction payment) {
        if (payment == null || payment.isQuestion()) {
            return "no payment is stored under the reference " + reference;
        }
        String by = payment.departure() == null || payment.departure().approvedBy() == null ? ""
                : "; it was approved by " + payment.departure().approvedBy() + " at " + payment.departure().approvedAt();
        return payment.status() == PaymentStatus.HELD ? payment + " is past its time, and is not sent" : payment + " is not held" + by;
    }

    private static String name(String reference, String who) {
        require("reference", reference, 64);
        require("who", who, LONGEST_NAME);
        return who.strip();
    }

    private static void require(String field, String text, int longest) {
        if (text == null || text.isBlank() || text.length() > longest) {
            throw new InvalidFieldException(field, "must be there, with at most " + longest + " characters",
                    "who reads it in a year must understand it");
        }
    }
}
