package io.github.cameldaraja.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a payment, as one message tells it: the one shape of callback, confirmation, query, pulled row and a person's
 * decision.
 *
 * @param operation                as in the URI, for instance {@code stkPush}
 * @param account                  the account's name
 * @param reference                our own reference, unique for each payment; use it to recognise repeats
 * @param idempotencyKey           the caller's key, or null
 * @param status                   where the payment stands
 * @param resultCode               text, verbatim; null when Safaricom has not spoken
 * @param resultDescription        verbatim; do not compare texts
 * @param resultCategory           whose matter the code is, or null
 * @param retriable                whether a new payment for the same purpose makes sense, or null
 * @param receiptNumber            M-Pesa's receipt; null when only a query spoke
 * @param amount                   shillings: what was paid, or else what was asked for
 * @param phoneNumber              254… when whole, otherwise as sent (masked or hashed), or null
 * @param transactionDate          when M-Pesa booked it, +03:00, or null
 * @param accountReference         as in the request, or null
 * @param merchantRequestId        of an STK push, or null
 * @param checkoutRequestId        of an STK push, or null
 * @param conversationId           of the Result APIs, or null
 * @param originatorConversationId of the Result APIs, or null
 * @param source                   who spoke; null when nobody has
 * @param verdict                  what became of the message; null before it passed the door
 * @param metadata                 the caller's own small map, stored with the intent
 * @param balances                 the organisation's accounts, where the message tells of them
 * @param details                  every further detail that Safaricom sent, verbatim
 */
public record Outcome(String operation,
                      String account,
                      String reference,
                      String idempotencyKey,
                      PaymentStatus status,
                      String resultCode,
                      String resultDescription,
                      ResultCategory resultCategory,
                      Boolean retriable,
                      String receiptNumber,
                      BigDecimal amount,
                      String phoneNumber,
                      OffsetDateTime transactionDate,
                      String accountReference,
                      String merchantRequestId,
                      String checkoutRequestId,
                      String conversationId,
                      String originatorConversationId,
                      Source source,
                      Verdict verdict,
                      Map<String, String> metadata,
                      List<Balance> balances,
                      Map<String, Object> details) {

    public Outcome {
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
        balances = balances == null ? List.of() : List.copyOf(balances);
        // details keep names without a value
        details = details == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.operation = operation;
        builder.account = account;
        builder.reference = reference;
        builder.idempotencyKey = idempotencyKey;
        builder.status = status;
        builder.resultCode = resultCode;
        builder.resultDescription = resultDescription;
        builder.resultCategory = resultCategory;
        builder.retriable = retriable;
        builder.receiptNumber = receiptNumber;
        builder.amount = amount;
        builder.phoneNumber = phoneNumber;
        builder.transactionDate = transactionDate;
        builder.accountReference = accountReference;
        builder.merchantRequestId = merchantRequestId;
        builder.checkoutRequestId = checkoutRequestId;
        builder.conversationId = conversationId;
        builder.originatorConversationId = originatorConversationId;
        builder.source = source;
        builder.verdict = verdict;
        builder.metadata = metadata;
        builder.balances = balances;
        builder.details = details;
        return builder;
    }

    public Outcome withVerdict(Verdict verdict) {
        return toBuilder().verdict(verdict).build();
    }

    /** Safaricom's ids in it. */
    public PaymentIds ids() {
        return new PaymentIds(checkoutRequestId, conversationId, originatorConversationId, receiptNumber);
    }

    /** Whether what the operation asks for has happened for sure: for a payment, that the money has moved. */
    @JsonIgnore
    public boolean isCompleted() {
        return status == PaymentStatus.COMPLETED;
    }

    /** For logs: no details, the phone number masked. */
    @Override
    public String toString() {
        return "Outcome[" + operation + " " + reference + " of " + account + ": " + status
                + (resultCode == null ? "" : ", code " + resultCode) + (receiptNumber == null ? "" : ", receipt " + receiptNumber)
                + ", amount " + amount + ", phone " + PhoneNumbers.mask(phoneNumber) + ", source " + source + ", verdict " + verdict
                + "]";
    }

    /** Collects an outcome; what is not set stays null. */
    public static final class Builder {
        private String operation;
        private String account;
        private String reference;
        private String idempotencyKey;
        private PaymentStatus status;
        private String resultCode;
        private String resultDescription;
        private ResultCategory resultCategory;
        private Boolean retriable;
        private String receiptNumber;
        private BigDecimal amount;
        private String phoneNumber;
        private OffsetDateTime transactionDate;
        private String accountReference;
        private String merchantRequestId;
        private String checkoutRequestId;
        private String conversationId;
        private String originatorConversationId;
        private Source source;
        private Verdict verdict;
        private Map<String, String> metadata;
        private List<Balance> balances;
        private Map<String, Object> details;

        private Builder() {
        }

        public Builder operation(String operation) {
            this.operation = operation;
            return this;
        }

        public Builder account(String account) {
            this.account = account;
            return this;
        }

        public Builder reference(String reference) {
            this.reference = reference;
            return this;
        }

        public Builder idempotencyKey(String idempotencyKey) {
            this.idempotencyKey = idempotencyKey;
            return this;
        }

        public Builder status(PaymentStatus status) {
            this.status = status;
            return this;
        }

        public Builder resultCode(String resultCode) {
            this.resultCode = resultCode;
            return this;
        }

        public Builder resultDescription(String resultDescription) {
            this.resultDescription = resultDescription;
            return this;
        }

        public Builder resultCategory(ResultCategory resultCategory) {
            this.resultCategory = resultCategory;
            return this;
        }

        public Builder retriable(Boolean retriable) {
            this.retriable = retriable;
            return this;
        }

        public Builder receiptNumber(String receiptNumber) {
            this.receiptNumber = receiptNumber;
            return this;
        }

        public Builder amount(BigDecimal amount) {
            this.amount = amount;
            return this;
        }

        public Builder phoneNumber(String phoneNumber) {
            this.phoneNumber = phoneNumber;
            return this;
        }

        public Builder transactionDate(OffsetDateTime transactionDate) {
            this.transactionDate = transactionDate;
            return this;
        }

        public Builder accountReference(String accountReference) {
            this.accountReference = accountReference;
            return this;
        }

        public Builder merchantRequestId(String merchantRequestId) {
            this.merchantRequestId = merchantRequestId;
            return this;
        }

        public Builder checkoutRequestId(String checkoutRequestId) {
            this.checkoutRequestId = checkoutRequestId;
            return this;
        }

        public Builder conversationId(String conversationId) {
            this.conversationId = conversationId;
            return this;
        }

        public Builder originatorConversationId(String originatorConversationId) {
            this.originatorConversationId = originatorConversationId;
            return this;
        }

        public Builder source(Source source) {
            this.source = source;
            return this;
        }

        public Builder verdict(Verdict verdict) {
            this.verdict = verdict;
            return this;
        }

        public Builder metadata(Map<String, String> metadata) {
            this.metadata = metadata;
            return this;
        }

        public Builder balances(List<Balance> balances) {
            this.balances = balances;
            return this;
        }

        public Builder details(Map<String, Object> details) {
            this.details = details;
            return this;
        }

        /** Takes code, status, category and retriability from a row of the table. */
        public Builder code(ResultCode code) {
            return status(code.status()).resultCode(code.code()).resultCategory(code.category()).retriable(code.retriable());
        }

        public Outcome build() {
            return new Outcome(operation, account, reference, idempotencyKey, status, resultCode, resultDescription,
                    resultCategory, retriable, receiptNumber, amount, phoneNumber, transactionDate, accountReference,
                    merchantRequestId, checkoutRequestId, conversationId, originatorConversationId, source, verdict, metadata,
                    balances, details);
        }
    }
}
