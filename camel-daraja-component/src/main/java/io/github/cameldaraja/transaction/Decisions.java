package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.ApiTable;
import io.github.cameldaraja.api.Field;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what a person decides: through the one door like any other word about a payment, with his name, his reason and his evidence
 * in the outcome's details. He may decide what is in doubt, and nothing else.
 */
public final class Decisions {

    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);
    private static final Set<PaymentStatus> POSSIBLE = Set.of(PaymentStatus.COMPLETED, PaymentStatus.FAILED, PaymentStatus.CANCELLED);
    private static final Field RECEIPT = Field.receipt("receiptNumber");
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 2_000;

    private final Clock clock;
    private final TransactionRepository repository;
    private final Door door;
    private final ApiTable operations;

    public Decisions(Clock clock, TransactionRepository repository, Door door, ApiTable operations) {
        this.clock = clock;
        this.repository = repository;
        this.door = door;
        this.operations = operations;
    }

    /**
     * Decides.
     *
     * @return what routes are told; fails with an {@link IllegalStateException} that says why nothing was changed, if the payment is
     *         not in doubt, may still come to its own end, or its receipt counts already
     * @throws InvalidFieldException naming field, rule and cure
     */
    public CompletableFuture<Outcome> resolve(Decision decision) {
        require("reference", decision.reference(), 64);
        require("who", decision.who(), LONGEST_NAME);
        require("why", decision.why(), LONGEST_TEXT);
        require("evidence", decision.evidence(), LONGEST_TEXT);
        if (decision.status() == null || !POSSIBLE.contains(decision.status())) {
            throw new InvalidFieldException("status", "must be COMPLETED, FAILED or CANCELLED", "choose one of them");
        }
        return repository.find(decision.reference()).thenCompose(payment -> {
            String receipt = check(decision, payment);
            return holder(payment, receipt).thenCompose(holder -> {
                if (holder != null && !holder.reference().equals(payment.reference())) {
                    throw new IllegalStateException("receipt " + receipt + " counts already, with the payment " + holder.reference()
                            + " of " + holder.operation() + "; if that is the same money, this one was not paid beside it");
                }
                return door.settle(said(decision, receipt)).thenApply(passed -> done(decision, passed.settlement()));
            });
        });
    }

    // the receipt as it is compared, or null
    private String check(Decision decision, Transaction payment) {
        if (payment == null || payment.isQuestion()) {
            throw new IllegalStateException("no payment is stored under the reference " + decision.reference());
        }
        if (payment.status().isFinal() && !payment.disputed()) {
            throw new IllegalStateException(payment + " is not in doubt: it ended by " + payment.toOutcome().source()
                    + "; if that is wrong, Safaricom's next word or a reversal must say so");
        }
        if (payment.status() == PaymentStatus.HELD || payment.waitsToBeSent()) {
            throw new IllegalStateException(payment + " was not sent yet; approve or reject it instead");
        }
        boolean paid = decision.status() == PaymentStatus.COMPLETED;
        if (!paid && !payment.needsPerson() && !payment.status().isFinal() && isYoung(payment)) {
            throw new IllegalStateException(payment + " may be paid yet; decide that it was not when it is UNRESOLVED");
        }
        boolean named = decision.receiptNumber() != null && !decision.receiptNumber().isBlank();
        if (named && !paid) {
            throw new InvalidFieldException("receiptNumber", "is of a payment that was made", "leave it out, or set COMPLETED");
        }
        if (paid && !named && api(payment) != null && api(payment).hasReceipt()) {
            throw new InvalidFieldException("receiptNumber", "is missing", "take it from the portal: without one nobody knows that it"
                    + " was paid");
        }
        String receipt = named ? (String) RECEIPT.rule().apply("receiptNumber", decision.receiptNumber()) : null;
        String known = payment.toOutcome().receiptNumber();
        if (receipt != null && known != null && payment.status() == PaymentStatus.COMPLETED
                && !References.canonical(known).equals(receipt)) {
            throw new IllegalStateException(payment + " has the receipt " + known + "; another one is another payment");
        }
        return receipt;
    }

    private boolean isYoung(Transaction payment) {
        return api(payment) != null && payment.createdAt().plus(api(payment).patience()).isAfter(clock.instant());
    }

    private PaymentApi api(Transaction payment) {
        return operations.find(payment.operation()) instanceof PaymentApi api ? api : null;
    }

    private CompletableFuture<Transaction> holder(Transaction payment, String receipt) {
        return receipt == null ? CompletableFuture.completedFuture(null)
                : repository.find(payment.shortCode(), PaymentIds.receipt(receipt));
    }

    private Outcome said(Decision decision, String receipt) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("decidedBy", decision.who());
        details.put("decidedAt", clock.instant().toString());
        details.put("why", decision.why());
        details.put("evidence", decision.evidence());
        return Outcome.builder().reference(decision.reference()).status(decision.status()).receiptNumber(receipt).source(Source.PERSON)
                .resultDescription(decision.why()).details(details).build();
    }

    private static Outcome done(Decision decision, Settlement settlement) {
        if (!settlement.verdict().isDelivered() && settlement.verdict() != Verdict.LATE) {
            throw new IllegalStateException("the payment " + decision.reference() + " has changed meanwhile, or the receipt counts"
                    + " already; nothing was decided, look at it again");
        }
        LOG.info("{}", decision);
        return settlement.outcome();
    }

    private static void require(String field, String text, int longest) {
        if (text == null || text.isBlank() || text.length() > longest) {
            throw new InvalidFieldException(field, "must be there, with at most " + longest + " characters",
                    "who reads it in a year must understand it");
        }
    }
}
