package io.github.cameldaraja;

import org.apache.camel.spi.Metadata;

/** The message headers of the component. Outcome headers are written and, but for {@link #METADATA}, never read. */
public final class DarajaConstants {

    @Metadata(description = "The operation, as in the URI.",
              javaType = "String")
    public static final String OPERATION = "CamelDarajaOperation";
    @Metadata(description = "The account's name.",
              javaType = "String")
    public static final String ACCOUNT = "CamelDarajaAccount";
    @Metadata(description = "Our own reference of the payment. Use it to recognise repeats.",
              javaType = "String")
    public static final String REFERENCE = "CamelDarajaReference";
    @Metadata(description = "The caller's key, if there is one.",
              javaType = "String")
    public static final String IDEMPOTENCY_KEY = "CamelDarajaIdempotencyKey";
    @Metadata(description = "INITIATED, PENDING, UNKNOWN, UNRESOLVED, COMPLETED, FAILED, CANCELLED or EXPIRED. Only "
            + "COMPLETED is a payment; PENDING is an acknowledgement.",
              javaType = "String")
    public static final String STATUS = "CamelDarajaStatus";
    @Metadata(description = "Safaricom's result code, verbatim text.",
              javaType = "String")
    public static final String RESULT_CODE = "CamelDarajaResultCode";
    @Metadata(description = "Safaricom's description, verbatim. Do not compare texts.",
              javaType = "String")
    public static final String RESULT_DESCRIPTION = "CamelDarajaResultDescription";
    @Metadata(description = "Whose matter the result code is: SUCCESS, CUSTOMER, MERCHANT, CONFIGURATION, SYSTEM, "
            + "PENDING or UNKNOWN.",
              javaType = "String")
    public static final String RESULT_CATEGORY = "CamelDarajaResultCategory";
    @Metadata(description = "Whether a new payment for the same purpose makes sense.",
              javaType = "Boolean")
    public static final String RETRIABLE = "CamelDarajaRetriable";
    @Metadata(description = "M-Pesa's receipt. Absent when only a query spoke.",
              javaType = "String")
    public static final String RECEIPT_NUMBER = "CamelDarajaReceiptNumber";
    @Metadata(description = "Shillings paid, or asked for.",
              javaType = "java.math.BigDecimal")
    public static final String AMOUNT = "CamelDarajaAmount";
    @Metadata(description = "The other party's phone number, 254 and nine digits.",
              javaType = "String")
    public static final String PHONE_NUMBER = "CamelDarajaPhoneNumber";
    @Metadata(description = "When M-Pesa booked the payment, in Nairobi time.",
              javaType = "java.time.OffsetDateTime")
    public static final String TRANSACTION_DATE = "CamelDarajaTransactionDate";
    @Metadata(description = "The account reference of the request.",
              javaType = "String")
    public static final String ACCOUNT_REFERENCE = "CamelDarajaAccountReference";
    @Metadata(description = "Safaricom's MerchantRequestID of an STK push.",
              javaType = "String")
    public static final String MERCHANT_REQUEST_ID = "CamelDarajaMerchantRequestId";
    @Metadata(description = "Safaricom's CheckoutRequestID of an STK push.",
              javaType = "String")
    public static final String CHECKOUT_REQUEST_ID = "CamelDarajaCheckoutRequestId";
    @Metadata(description = "Safaricom's ConversationID.",
              javaType = "String")
    public static final String CONVERSATION_ID = "CamelDarajaConversationId";
    @Metadata(description = "The OriginatorConversationID.",
              javaType = "String")
    public static final String ORIGINATOR_CONVERSATION_ID = "CamelDarajaOriginatorConversationId";
    @Metadata(description = "Safaricom's requestId of a refused request, for support cases.",
              javaType = "String")
    public static final String REQUEST_ID = "CamelDarajaRequestId";
    @Metadata(description = "Who told us: CALLBACK, CONFIRMATION, QUERY, PULL, TIMEOUT or PERSON.",
              javaType = "String")
    public static final String SOURCE = "CamelDarajaSource";
    @Metadata(description = "What became of the message about the payment: applied, enriched or corrected.",
              javaType = "String")
    public static final String VERDICT = "CamelDarajaVerdict";
    @Metadata(label = "consumer", description = "What an alert is about: CONFLICT, TWO_PAYMENTS, ORPHAN, UNMATCHED, UNREADABLE, DENIED,"
            + " UNRESOLVED, PARKED, OPERATOR_REFUSED, OPERATOR_RELEASED, STATEMENT_GAP, REFUSED_CALLBACKS, SPOOL_USED or SPOOL_EMPTY.",
              javaType = "String")
    public static final String ALERT = "CamelDarajaAlert";
    @Metadata(label = "consumer", description = "How often this outcome has been delivered to this group, 1 for the first time.",
              javaType = "Integer")
    public static final String DELIVERY_ATTEMPT = "CamelDarajaDeliveryAttempt";
    @Metadata(label = "producer", description = "Whether a payout was only rehearsed: nothing was sent, and nobody was paid.",
              javaType = "Boolean")
    public static final String DRY_RUN = "CamelDarajaDryRun";
    @Metadata(label = "producer", description = "Whether the payment was started by an earlier exchange with the same idempotency key.",
              javaType = "Boolean")
    public static final String REPLAYED = "CamelDarajaReplayed";
    @Metadata(description = "A small map of text, at most 2 KiB, that is stored with the intent and comes back with every outcome. "
            + "Read as well as written.",
              javaType = "java.util.Map")
    public static final String METADATA = "CamelDarajaMetadata";

    /** Begins the headers that fill fields of a request, named like the field or the option; the most common ones follow. */
    public static final String REQUEST_PREFIX = "CamelDarajaRequest";

    @Metadata(label = "producer", description = "The amount in whole shillings, with requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_AMOUNT = "CamelDarajaRequestAmount";
    @Metadata(label = "producer", description = "The phone number that gets the prompt, with requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_PHONE_NUMBER = "CamelDarajaRequestPhoneNumber";
    @Metadata(label = "producer", description = "The account reference, at most 12 characters, with requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_ACCOUNT_REFERENCE = "CamelDarajaRequestAccountReference";
    @Metadata(label = "producer", description = "The transaction description, at most 13 characters, with requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_TRANSACTION_DESC = "CamelDarajaRequestTransactionDesc";
    @Metadata(label = "producer", description = "CustomerPayBillOnline or CustomerBuyGoodsOnline, with requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_TRANSACTION_TYPE = "CamelDarajaRequestTransactionType";
    @Metadata(label = "producer", description = "The number that pays, if it is not the one that gets the prompt, with "
            + "requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_PARTY_A = "CamelDarajaRequestPartyA";
    @Metadata(label = "producer", description = "The CheckoutRequestID to ask about, with requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_CHECKOUT_REQUEST_ID = "CamelDarajaRequestCheckoutRequestID";
    @Metadata(label = "producer", description = "The command of bonga and iotSim, with "
            + "requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_COMMAND = "CamelDarajaRequestCommand";
    @Metadata(label = "producer", description = "The CommandID of c2bSimulate, with "
            + "requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_COMMAND_ID = "CamelDarajaRequestCommandId";
    @Metadata(label = "producer", description = "The receipt that transactionStatus asks about, with "
            + "requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_TRANSACTION_ID = "CamelDarajaRequestTransactionId";
    @Metadata(label = "producer", description = "The OriginatorConversationID that transactionStatus asks about, with "
            + "requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_ORIGINAL_CONVERSATION_ID = "CamelDarajaRequestOriginalConversationId";
    @Metadata(label = "producer", description = "How often a standing order pays: 1 to 8, or its name, with "
            + "requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_FREQUENCY = "CamelDarajaRequestFrequency";
    @Metadata(label = "producer", description = "The first day of a standing order, or the beginning of what pullTransactions asks about, with "
            + "requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_START_DATE = "CamelDarajaRequestStartDate";
    @Metadata(label = "producer", description = "The last day of a standing order, or the end of what pullTransactions asks about, with "
            + "requestHeaders=true.",
              javaType = "String")
    public static final String REQUEST_END_DATE = "CamelDarajaRequestEndDate";

    private DarajaConstants() {
    }
}
