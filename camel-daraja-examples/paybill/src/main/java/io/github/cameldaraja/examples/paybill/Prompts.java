package io.github.cameldaraja.examples.paybill;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.PaymentStatus;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Asks customers for money instead of waiting for it. Their payments come in like all others. */
public class Prompts {

    private final AccountBook book;

    public Prompts(AccountBook book) {
        this.book = book;
    }

    /** What the push asks for: the account stands in it as the customer would have typed it. */
    public Map<String, Object> request(Prompt prompt) {
        if (prompt == null || prompt.id() == null || prompt.id().isBlank()) {
            throw new InvalidFieldException("id", "is missing", "choose one for each payment that you ask for");
        }
        String account = AccountNumber.normalise(prompt.account());
        if (book.find(account).isEmpty()) {
            throw new InvalidFieldException("account", "does not exist", "look at /accounts");
        }
        Map<String, Object> request = new HashMap<>();
        request.put("PhoneNumber", prompt.phone());
        request.put("Amount", prompt.amount());
        request.put("AccountReference", account);
        return request;
    }

    /** The first time an acknowledgement, later perhaps the outcome: the headers say the same of both. */
    public PromptAnswer sent(@Header(DarajaConstants.REFERENCE) String reference,
                             @Header(DarajaConstants.STATUS) PaymentStatus status,
                             @Header(DarajaConstants.RESULT_DESCRIPTION) String description) {
        boolean failed = status.isFinal() && status != PaymentStatus.COMPLETED;
        return new PromptAnswer(reference, status.name(), failed ? description : null, status.isFinal() ? 200 : 202);
    }

    /** Answers a failure. Only what was certainly not sent is called refused. */
    public PromptAnswer refuse(@Header(DarajaConstants.REFERENCE) String reference,
                               @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        if (failure instanceof JsonProcessingException) {
            return new PromptAnswer(null, "REFUSED", "send JSON with id, account, phone and amount", 400);
        }
        if (failure instanceof InvalidFieldException || failure instanceof DarajaRequestException) {
            return new PromptAnswer(null, "REFUSED", failure.getMessage(), 400);
        }
        return failure instanceof DarajaException && !(failure instanceof DarajaOutcomeUnknownException)
                ? new PromptAnswer(null, "REFUSED", "try again later", 503)
                : new PromptAnswer(reference, "UNKNOWN", "do not ask again; the payment is still being looked at", 202);
    }
}
