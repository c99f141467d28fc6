package io.github.cameldaraja.examples.paybill;

import io.github.cameldaraja.api.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Credits what customers have paid, whoever told of it. */
public class Cashier {

    private static final Logger LOG = LoggerFactory.getLogger(Cashier.class);

    private final AccountBook book;

    public Cashier(AccountBook book) {
        this.book = book;
    }

    /**
     * Credits a payment once. Without a receipt it waits: that a push was paid is sometimes known from a query alone, and the
     * confirmation or Pull brings the receipt, by which the payment is the same one for everybody, and after every restart.
     */
    public void credit(Outcome outcome) {
        if (!outcome.isCompleted()) {
            LOG.info("{} is {}: {}", outcome.reference(), outcome.status(), outcome.resultDescription());
            return;
        }
        if (outcome.receiptNumber() == null) {
            LOG.info("{} is paid; its receipt follows", outcome.reference());
            return;
        }
        Payment payment = Payment.of(outcome);
        switch (book.enter(payment)) {
            case CREDITED -> LOG.info("Credited: {}", payment);
            case SUSPENDED -> LOG.warn("A person must look: {} names no account and is in suspense", payment);
            case KNOWN -> LOG.info("Credited before: {}", payment);
            default -> throw new IllegalStateException("there is no other");
        }
    }
}
