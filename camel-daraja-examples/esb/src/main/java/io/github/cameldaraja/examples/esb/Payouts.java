package io.github.cameldaraja.examples.esb;

import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Outcome;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the bus knows of a payout: its key, when to give it up, and how its outcome is told. The routes call it by name. */
public class Payouts {

    /** A message's own name for what it pays; the same in every message that means the same payment. */
    static final String PAYOUT_ID = "PayoutId";
    /** Why a message is dead. */
    static final String REASON = "DarajaReason";

    private static final Logger LOG = LoggerFactory.getLogger(Payouts.class);
    private static final String DUPLICATE = "_AMQ_DUPL_ID";

    private final int deliveries;

    /**
     * @param deliveries how often a message is taken
     */
    Payouts(int deliveries) {
        this.deliveries = deliveries;
    }

    /**
     * What the payment is called: the sender's own name for it, or else the message's, which a broker keeps when it delivers it again
     * but which is another one when the sender sends again.
     */
    public String key(@Header(PAYOUT_ID) String payoutId, @Header("JMSMessageID") String messageId) {
        if (payoutId != null && !payoutId.isBlank()) {
            return "p/" + payoutId.strip();
        }
        if (messageId == null) {
            throw new InvalidFieldException(PAYOUT_ID, "is missing, and so is JMSMessageID",
                    "set the property to the name of the payment");
        }
        return "m/" + messageId;
    }

    /** M-Pesa has taken the request, which is not a payment; or did so before. */
    public void taken(@Header(DarajaConstants.REFERENCE) String reference, @Header(DarajaConstants.STATUS) String status) {
        LOG.info("{} is {}", reference, status);
    }

    /** It may have been paid: it is stored and asked about, so the message has done its work, and the outcome will be told. */
    public void unknown(@Header(DarajaConstants.REFERENCE) String reference) {
        LOG.warn("What becomes of {} is not known yet; M-Pesa is asked", reference);
    }

    /** Whether the broker has brought the message often enough. */
    public boolean isLast(@Header("JMSXDeliveryCount") Integer count) {
        return count != null && count >= deliveries;
    }

    /** Why the message is dead: field, rule and cure, or what M-Pesa has said. It goes on as it came. */
    public void dead(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure, @Header("JMSMessageID") String messageId,
                     Exchange exchange) {
        String why = failure.getCause() instanceof InvalidFieldException rule ? rule.getMessage()
                : String.valueOf(failure.getMessage());
        LOG.error("A person must look: {} is not paid: {}", messageId, why);
        exchange.getMessage().setHeader(REASON, why);
        // should this be rolled back after all, the queue takes the second one for what it is
        exchange.getMessage().setHeader(DUPLICATE, "dead/" + messageId);
    }

    /** The outcome as it was delivered, and in properties what a selector may ask for. */
    public String tell(@Body Outcome outcome, Exchange exchange) {
        String json = exchange.getContext().getTypeConverter().convertTo(String.class, exchange, outcome);
        exchange.getMessage().removeHeaders("*");
        String key = outcome.idempotencyKey();
        exchange.getMessage().setHeader("JMSCorrelationID", key == null ? null : key.substring(key.indexOf('/') + 1));
        exchange.getMessage().setHeader("DarajaReference", outcome.reference());
        exchange.getMessage().setHeader("DarajaStatus", outcome.status().name());
        exchange.getMessage().setHeader("DarajaVerdict", String.valueOf(outcome.verdict()));
        // what is told again because nobody could note that it was told is one message
        exchange.getMessage().setHeader(DUPLICATE, outcome.reference() + "/" + outcome.status() + "/" + outcome.verdict() + "/"
                + outcome.source() + "/" + outcome.receiptNumber());
        return json;
    }
}
