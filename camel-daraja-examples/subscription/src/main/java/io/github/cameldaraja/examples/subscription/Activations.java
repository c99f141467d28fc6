package io.github.cameldaraja.examples.subscription;

import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans are activated by the code of a payment, once Safaricom has confirmed it, and by nothing else. */
public class Activations {

    private static final Logger LOG = LoggerFactory.getLogger(Activations.class);
    private static final String EXAMPLE = "{\"account\": \"ANNE01\", \"phone\": \"0712345678\", \"code\": \"UKL8VWQ0JH\"}";

    private final Verification verification;
    private final Payments payments;
    private final Subscribers subscribers;
    private final Plans plans;

    public Activations(Offer offer, Payments payments, Subscribers subscribers, Plans plans) {
        this.verification = new Verification(offer);
        this.payments = payments;
        this.subscribers = subscribers;
        this.plans = plans;
    }

    /** Reads a request, and looks whether its code was counted before. */
    public Claim open(ActivationRequest request) {
        if (request == null) {
            throw new InvalidFieldException("body", "is missing", "send JSON such as " + EXAMPLE);
        }
        String code = Typed.code(request.code());
        return new Claim(Typed.account(request.account()), Typed.phone(request.phone()), code, payments.accountOf(code));
    }

    /** The answer if the code was counted before: to its owner as often as he likes. */
    public Answer known(Claim claim) {
        return answer(claim, claim.owner());
    }

    /** Counts the payment, if what Safaricom says of it fits. */
    public Answer verify(Outcome said, @Variable("claim") Claim claim) {
        Answer objection = verification.objection(said, claim);
        if (objection != null) {
            if (verification.isOurs(said, claim)) {
                // it pays no plan, but it is money that we have
                payments.write(new Payment(claim.code(), said.amount(), said.transactionDate(), null));
            }
            return objection;
        }
        subscribers.remember(claim.account());
        return answer(claim, payments.write(new Payment(claim.code(), said.amount(), said.transactionDate(), claim.account())));
    }

    /** Answers a failure: nothing has changed. */
    public Answer failed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        Answer malformed = Answer.malformed(failure, EXAMPLE);
        if (malformed == null) {
            LOG.error("A code could not be verified", failure);
        }
        return malformed != null ? malformed : Answer.unknown("the code could not be verified: try again in a minute", true);
    }

    private Answer answer(Claim claim, String owner) {
        return claim.account().equals(owner) ? Answer.done(AnswerStatus.ACTIVATED, plans.find(claim.account()))
                : Answer.refused("this code was used before");
    }
}
