package io.github.cameldaraja.examples.subscription;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PhoneMatch;
import io.github.cameldaraja.api.TransactionStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds Safaricom's answer about a code against what the customer says. Whatever is not said is not believed. */
final class Verification {

    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

    private final Offer offer;

    Verification(Offer offer) {
        this.offer = offer;
    }

    /** Whether the answer tells of a payment to us, complete enough for the ledger. */
    boolean isOurs(Outcome said, Claim claim) {
        return said.isCompleted() && claim.code().equalsIgnoreCase(said.receiptNumber()) && said.amount() != null
                && said.transactionDate() != null && offer.shortCode().equals(TransactionStatus.receiver(said));
    }

    /** Why the plan cannot be activated; null if it can. */
    Answer objection(Outcome said, Claim claim) {
        if (!said.status().isFinal()) {
            return Answer.unknown("M-Pesa has not confirmed this code yet: check it, and try again in a minute", true);
        }
        if (!said.isCompleted()) {
            return Answer.refused("that payment was not completed");
        }
        String receiver = TransactionStatus.receiver(said);
        if (receiver != null && !receiver.equals(offer.shortCode())) {
            return Answer.refused("that payment was not made to " + offer.shortCode());
        }
        if (!isOurs(said, claim) || said.phoneNumber() == null) {
            LOG.error("A person must look: the answer about {} leaves something out: {}", claim.code(), said);
            return Answer.unknown("M-Pesa's answer about this code is not complete: ask us to look at it", false);
        }
        if (!PhoneMatch.fits(said.phoneNumber(), claim.phone())) {
            // nothing more: who types another's code is not told what that one has paid
            return Answer.refused("that payment was made from another phone");
        }
        return offer.costs(said.amount()) ? null : Answer.refused("the plan costs KES " + offer.price().toPlainString()
                + ", and that payment was of KES " + said.amount().toPlainString());
    }
}
