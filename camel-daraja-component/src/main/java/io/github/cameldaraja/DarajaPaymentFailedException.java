package io.github.cameldaraja;

import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.Outcome;

/** An awaited payment that did not happen, thrown only with {@code throwExceptionOnFailure=true}. */
public class DarajaPaymentFailedException extends DarajaException {

    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    public DarajaPaymentFailedException(Outcome outcome) {
        super("the payment " + outcome.reference() + " is " + outcome.status(), new ErrorDetails(outcome.operation(),
                outcome.account(), 0, outcome.resultCode(), outcome.resultDescription(), null), null);
        this.outcome = outcome;
    }

    public Outcome getOutcome() {
        return outcome;
    }
}
