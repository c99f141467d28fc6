package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A customer has paid a bill (Daraja: "Bill Manager", payment notification; samples: bill-payment-notification,
 * bill-payment-notification.reply). Sent up to five times until it is answered; the same payment may also come as a C2B
 * confirmation.
 */
public final class BillPayment implements NoticeApi {

    /** The operation's name in URIs. */
    public static final String NAME = "billPayment";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RegisteredUrl url() {
        return RegisteredUrl.BILL_PAYMENT;
    }

    @Override
    public Optional<Inquiry> inquiry(PaymentIds ids) {
        return Inquiry.about(new TransactionStatus(), ids);
    }

    @Override
    public Outcome.Builder payment(JsonObject message) {
        String receipt = Receipts.real(trimmed(message, "transactionId"));
        BigDecimal amount = message.decimal("paidAmount");
        if (receipt == null || amount == null || amount.signum() <= 0) {
            return null;
        }
        return Outcome.builder()
                .operation(NAME)
                .status(PaymentStatus.COMPLETED)
                .resultCategory(ResultCategory.SUCCESS)
                .retriable(false)
                .receiptNumber(receipt)
                .amount(amount)
                .phoneNumber(PhoneNumbers.told(message.text("msisdn")))
                .accountReference(trimmed(message, "accountReference"))
                .transactionDate(date(message.text("dateCreated")))
                .details(message.toMap())
                .source(Source.CONFIRMATION);
    }

    @Override
    public String receiver(JsonObject message) {
        String receiver = message.text("shortCode");
        return receiver == null || receiver.isBlank() ? null : receiver.trim();
    }

    @Override
    public ObjectNode reply() {
        return JsonNodeFactory.instance.objectNode().put("resmsg", "Success").put("rescode", "200");
    }

    // mostly a date without a time: then its first moment
    private static OffsetDateTime date(String text) {
        OffsetDateTime time = NairobiTime.parse(text);
        LocalDate date = time == null ? NairobiTime.parseDate(text) : null;
        return date == null ? time : date.atStartOfDay(NairobiTime.ZONE).toOffsetDateTime();
    }

    private static String trimmed(JsonObject message, String name) {
        String text = message.text(name);
        return text == null ? null : text.trim();
    }
}
