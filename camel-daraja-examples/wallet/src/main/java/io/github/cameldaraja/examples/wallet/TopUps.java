package io.github.cameldaraja.examples.wallet;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PhoneNumbers;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks customers for money, and says how far it has got. The wallet is not its business: only an outcome credits that. */
public class TopUps {

    private static final Logger LOG = LoggerFactory.getLogger(TopUps.class);
    private static final String EXAMPLE = "send JSON such as {\"orderId\": \"7d3f0a52\", \"amount\": 250}";

    /** What the push asks for. Its account is the wallet's number, as if the customer had typed it: each door names the wallet. */
    public Map<String, Object> request(@Body TopUp topUp, @Header("phone") String phone) {
        if (topUp == null) {
            throw new InvalidFieldException("body", "is missing", EXAMPLE);
        }
        if (topUp.orderId() == null || topUp.orderId().isBlank()) {
            throw new InvalidFieldException("orderId", "is missing", "choose one for each top-up, a UUID for instance");
        }
        String wallet = PhoneNumbers.normalise("phone", phone);
        Map<String, Object> request = new HashMap<>();
        request.put("PhoneNumber", wallet);
        request.put("AccountReference", wallet);
        request.put("Amount", topUp.amount());
        return request;
    }

    /** The first time an acknowledgement, later perhaps the outcome: the headers say the same of both. */
    public TopUpAnswer sent(@Header(DarajaConstants.REFERENCE) String reference,
                            @Header(DarajaConstants.STATUS) PaymentStatus status,
                            @Header(DarajaConstants.RESULT_DESCRIPTION) String description) {
        boolean failed = status.isFinal() && status != PaymentStatus.COMPLETED;
        return new TopUpAnswer(reference, status.name(), failed ? description : null, status.isFinal() ? 200 : 202);
    }

    /** Answers a failure. Only what was certainly not sent is called refused. */
    public TopUpAnswer refuse(@Header(DarajaConstants.REFERENCE) String reference,
                              @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        if (failure instanceof JsonProcessingException) {
            return new TopUpAnswer(null, "REFUSED", "body: is not what was expected; " + EXAMPLE, 400);
        }
        if (failure instanceof InvalidFieldException || failure instanceof DarajaRequestException) {
            // the component's refusal wraps the rule of the field
            return new TopUpAnswer(null, "REFUSED", failure.getCause() instanceof InvalidFieldException rule ? rule.getMessage()
                    : failure.getMessage(), 400);
        }
        if (failure instanceof DarajaException && !(failure instanceof DarajaOutcomeUnknownException)) {
            return new TopUpAnswer(null, "REFUSED", "M-Pesa does not take it now; send the same order again later", 503);
        }
        LOG.warn("What becomes of {} is not known yet: {}", reference, failure.toString());
        return new TopUpAnswer(reference, "UNKNOWN", "the payment is still being looked at; do not choose another order", 202);
    }
}
