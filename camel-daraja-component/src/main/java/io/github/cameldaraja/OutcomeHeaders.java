package io.github.cameldaraja;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.DarajaAnswer;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaKeyUsedException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Reconcile;
import io.github.cameldaraja.api.ReconcileSummary;
import io.github.cameldaraja.api.Rehearsal;
import io.github.cameldaraja.api.TraceParent;
import io.github.cameldaraja.transaction.Transaction;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Writes the component's headers. What an earlier step wrote is removed first, so that two payments never mix. */
final class OutcomeHeaders {

    private OutcomeHeaders() {
    }

    static void write(Message message, Outcome outcome) {
        message.removeHeaders("CamelDaraja*");
        set(message, DarajaConstants.OPERATION, outcome.operation());
        set(message, DarajaConstants.ACCOUNT, outcome.account());
        set(message, DarajaConstants.REFERENCE, outcome.reference());
        set(message, DarajaConstants.IDEMPOTENCY_KEY, outcome.idempotencyKey());
        set(message, DarajaConstants.STATUS, name(outcome.status()));
        set(message, DarajaConstants.RESULT_CODE, outcome.resultCode());
        set(message, DarajaConstants.RESULT_DESCRIPTION, outcome.resultDescription());
        set(message, DarajaConstants.RESULT_CATEGORY, name(outcome.resultCategory()));
        set(message, DarajaConstants.RETRIABLE, outcome.retriable());
        set(message, DarajaConstants.RECEIPT_NUMBER, outcome.receiptNumber());
        set(message, DarajaConstants.AMOUNT, outcome.amount());
        set(message, DarajaConstants.PHONE_NUMBER, outcome.phoneNumber());
        set(message, DarajaConstants.TRANSACTION_DATE, outcome.transactionDate());
        set(message, DarajaConstants.ACCOUNT_REFERENCE, outcome.accountReference());
        set(message, DarajaConstants.MERCHANT_REQUEST_ID, outcome.merchantRequestId());
        set(message, DarajaConstants.CHECKOUT_REQUEST_ID, outcome.checkoutRequestId());
        set(message, DarajaConstants.CONVERSATION_ID, outcome.conversationId());
        set(message, DarajaConstants.ORIGINATOR_CONVERSATION_ID, outcome.originatorConversationId());
        set(message, DarajaConstants.SOURCE, name(outcome.source()));
        set(message, DarajaConstants.VERDICT, outcome.verdict() == null ? null : outcome.verdict().toString());
        set(message, DarajaConstants.METADATA, own(outcome.metadata()));
    }

    static void write(Message message, Acknowledgement acknowledgement, Transaction payment) {
        message.removeHeaders("CamelDaraja*");
        set(message, DarajaConstants.IDEMPOTENCY_KEY, payment.idempotencyKey());
        set(message, DarajaConstants.AMOUNT, payment.amount());
        set(message, DarajaConstants.PHONE_NUMBER, payment.phoneNumber());
        set(message, DarajaConstants.ACCOUNT_REFERENCE, payment.accountReference());
        set(message, DarajaConstants.METADATA, own(payment.metadata()));
        set(message, DarajaConstants.OPERATION, acknowledgement.operation());
        set(message, DarajaConstants.ACCOUNT, acknowledgement.account());
        set(message, DarajaConstants.REFERENCE, acknowledgement.reference());
        set(message, DarajaConstants.STATUS, name(acknowledgement.status()));
        set(message, DarajaConstants.MERCHANT_REQUEST_ID, acknowledgement.merchantRequestId());
        set(message, DarajaConstants.CHECKOUT_REQUEST_ID, acknowledgement.checkoutRequestId());
        set(message, DarajaConstants.CONVERSATION_ID, acknowledgement.conversationId());
        set(message, DarajaConstants.ORIGINATOR_CONVERSATION_ID, acknowledgement.originatorConversationId());
    }

    static void write(Message message, String operation, String account, DarajaAnswer answer) {
        message.removeHeaders("CamelDaraja*");
        set(message, DarajaConstants.OPERATION, operation);
        set(message, DarajaConstants.ACCOUNT, account);
        set(message, DarajaConstants.RESULT_CODE, answer.code());
        set(message, DarajaConstants.RESULT_DESCRIPTION, answer.description());
    }

    // neither status nor reference: there is no payment
    static void write(Message message, Rehearsal rehearsal) {
        write(message, rehearsal.operation(), rehearsal.account(), rehearsal);
        set(message, DarajaConstants.IDEMPOTENCY_KEY, rehearsal.idempotencyKey());
        set(message, DarajaConstants.DRY_RUN, true);
    }

    static void write(Message message, Alert alert) {
        message.removeHeaders("CamelDaraja*");
        set(message, DarajaConstants.ALERT, alert.kind().name());
        set(message, DarajaConstants.OPERATION, alert.operation());
        set(message, DarajaConstants.ACCOUNT, alert.account());
        set(message, DarajaConstants.REFERENCE, alert.reference());
    }

    static void write(Message message, ReconcileSummary summary) {
        message.removeHeaders("CamelDaraja*");
        set(message, DarajaConstants.OPERATION, Reconcile.NAME);
        set(message, DarajaConstants.ACCOUNT, summary.account());
    }

    /** What a request that failed leaves behind for {@code onException}; a payment that may be open is remembered. */
    static void writeFailure(Exchange exchange, Transaction payment, Throwable failure) {
        exchange.setException(failure);
        if (!(failure instanceof DarajaOutcomeUnknownException)) {
            OutcomeProducer.forget(exchange, payment.reference());
        }
        writeFailure(exchange.getMessage(), payment.reference(), failure);
        if (failure instanceof DarajaOutcomeUnknownException) {
            // what to ask with, should this process not live to hear of it
            set(exchange.getMessage(), DarajaConstants.ORIGINATOR_CONVERSATION_ID, payment.ownId());
        }
    }

    /** The headers of a request that failed, in whatever way. */
    static void writeFailure(Message message, String reference, Throwable failure) {
        message.removeHeaders("CamelDaraja*", DarajaConstants.METADATA);
        if (failure instanceof DarajaException typed) {
            set(message, DarajaConstants.OPERATION, typed.getOperation());
            set(message, DarajaConstants.ACCOUNT, typed.getAccount());
            set(message, DarajaConstants.REFERENCE, failure instanceof DarajaKeyUsedException used ? used.getReference() : reference);
            set(message, DarajaConstants.REQUEST_ID, typed.getRequestId());
            set(message, DarajaConstants.RESULT_CODE, typed.getErrorCode());
            set(message, DarajaConstants.RESULT_DESCRIPTION, typed.getErrorMessage());
            set(message, DarajaConstants.RESULT_CATEGORY, name(typed.getCategory()));
            set(message, DarajaConstants.RETRIABLE, typed.getDetails().retriable());
        }
    }

    private static void set(Message message, String name, Object value) {
        if (value != null) {
            message.setHeader(name, value);
        }
    }

    private static Map<String, String> own(Map<String, String> metadata) {
        Map<String, String> own = TraceParent.without(metadata);
        return own.isEmpty() ? null : own;
    }

    private static String name(Enum<?> value) {
        return value == null ? null : value.name();
    }
}
