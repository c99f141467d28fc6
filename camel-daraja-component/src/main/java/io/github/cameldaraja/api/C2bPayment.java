package io.github.cameldaraja.api;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * A customer's payment to a short code as validation and confirmation tell it (Daraja: "Customer To Business", the fields of both
 * callbacks; samples: c2b-validation, c2b-confirmation.v2-masked, c2b-confirmation.v1-hashed, c2b-confirmation.legacy-clear).
 * Whatever is missing or empty is null.
 *
 * @param transactionType         {@code Pay Bill}, {@code Buy Goods}, {@code Customer Merchant Payment}, or null
 * @param receiptNumber           M-Pesa's; in a validation the one that the payment gets if it happens
 * @param transactionDate         +03:00
 * @param amount                  shillings
 * @param shortCode               which is paid
 * @param accountReference        what the customer typed, trimmed; null for tills
 * @param invoiceNumber           as sent
 * @param accountBalance          of the organisation after the payment; null in a validation
 * @param thirdPartyTransactionId from the answer to the validation
 * @param phoneNumber             254… if whole, otherwise as sent: masked by v2, hashed by v1; see {@link PhoneMatch}
 * @param firstName               the customer's
 * @param middleName              the customer's
 * @param lastName                the customer's
 * @param details                 the whole message
 */
public record C2bPayment(String transactionType, String receiptNumber, OffsetDateTime transactionDate, BigDecimal amount,
                         String shortCode, String accountReference, String invoiceNumber, BigDecimal accountBalance,
                         String thirdPartyTransactionId, String phoneNumber, String firstName, String middleName, String lastName,
                         Map<String, Object> details) implements DarajaAnswer {

    /**
     * Reads either callback.
     *
     * @return null if it names no amount, so that it is about no payment
     */
    static C2bPayment read(JsonObject message) {
        BigDecimal amount = message.decimal("TransAmount");
        if (amount == null || amount.signum() <= 0) {
            return null;
        }
        return new C2bPayment(message.text("TransactionType"), Receipts.real(trimmed(message, "TransID")),
                NairobiTime.parse(message.text("TransTime")), amount, trimmed(message, "BusinessShortCode"),
                trimmed(message, "BillRefNumber"), message.text("InvoiceNumber"), message.decimal("OrgAccountBalance"),
                message.text("ThirdPartyTransID"), PhoneNumbers.told(message.text("MSISDN")), message.text("FirstName"),
                message.text("MiddleName"), message.text("LastName"), message.toMap());
    }

    private static String trimmed(JsonObject message, String name) {
        String text = message.text(name);
        return text == null ? null : text.trim();
    }

    /** For logs: no names, no reference (people type their phone number there), the phone number masked. */
    @Override
    public String toString() {
        return "C2bPayment[" + receiptNumber + ": " + amount + " to " + shortCode + " from "
                + PhoneNumbers.mask(phoneNumber) + "]";
    }
}
