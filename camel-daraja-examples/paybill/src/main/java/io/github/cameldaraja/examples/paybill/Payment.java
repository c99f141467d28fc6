package io.github.cameldaraja.examples.paybill;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PhoneNumbers;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Locale;

/**
 * One payment, as the book has it.
 *
 * @param receipt    M-Pesa's number for it: the same in a confirmation, a pulled row and a push
 * @param reference  {@code CamelDarajaReference}, by which the component knows it
 * @param account    who is credited; null: in suspense
 * @param typed      the account number as the customer typed it, or as our push said it
 * @param phone      whole, masked or hashed, as Safaricom told it
 * @param paidAt     when M-Pesa booked it
 * @param source     who told of it first
 * @param validation our id from the answer to the validation; null if none was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Payment(String receipt, String reference, String account, String typed, BigDecimal amount,
                      @JsonIgnore String phone, @JsonIgnore OffsetDateTime paidAt, String source, String validation) {

    private static final String VALIDATION = "ThirdPartyTransID";

    /** The payment that an outcome with a receipt tells of, for the account that its reference names. */
    static Payment of(Outcome outcome) {
        Object validation = outcome.details().get(VALIDATION);
        return new Payment(outcome.receiptNumber().trim().toUpperCase(Locale.ROOT), outcome.reference(),
                AccountNumber.normalise(outcome.accountReference()), outcome.accountReference(), outcome.amount(),
                outcome.phoneNumber(), outcome.transactionDate(), outcome.source().name(),
                validation == null || validation.toString().isBlank() ? null : validation.toString());
    }

    Payment in(String account) {
        return new Payment(receipt, reference, account, typed, amount, phone, paidAt, source, validation);
    }

    /** For pages: enough to recognise a caller. */
    @JsonProperty("phone")
    String maskedPhone() {
        return PhoneNumbers.mask(phone);
    }

    @JsonProperty("paidAt")
    String paidAtText() {
        return paidAt == null ? null : paidAt.toString();
    }

    /** For logs: nothing personal; people type their phone number as the account, too. */
    @Override
    public String toString() {
        return "Payment[" + receipt + ": " + amount + ", told by " + source + "]";
    }
}
