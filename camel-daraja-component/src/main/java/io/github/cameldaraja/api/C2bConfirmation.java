package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A customer has paid to a short code whose URLs are registered (Daraja: "Customer To Business", confirmation; samples:
 * c2b-confirmation.v2-masked, c2b-confirmation.v1-hashed, c2b-confirmation.legacy-clear, c2b-confirmation.reply).
 *
 * <p>It carries no result code: that it comes means that the money has come. It is not repeated.
 */
public final class C2bConfirmation implements NoticeApi {

    /** The operation's name in URIs. */
    public static final String NAME = "c2bConfirmation";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RegisteredUrl url() {
        return RegisteredUrl.C2B_CONFIRMATION;
    }

    @Override
    public Optional<Inquiry> inquiry(PaymentIds ids) {
        return Inquiry.about(new TransactionStatus(), ids);
    }

    @Override
    public Outcome.Builder payment(JsonObject message) {
        C2bPayment payment = C2bPayment.read(message);
        if (payment == null || payment.receiptNumber() == null) {
            return null;
        }
        return Outcome.builder()
                .operation(NAME)
                .status(PaymentStatus.COMPLETED)
                .resultCategory(ResultCategory.SUCCESS)
                .retriable(false)
                .receiptNumber(payment.receiptNumber())
                .amount(payment.amount())
                .phoneNumber(payment.phoneNumber())
                .accountReference(payment.accountReference())
                .transactionDate(payment.transactionDate())
                .details(payment.details())
                .source(Source.CONFIRMATION);
    }

    @Override
    public String receiver(JsonObject message) {
        String receiver = message.text("BusinessShortCode");
        return receiver == null || receiver.isBlank() ? null : receiver.trim();
    }

    @Override
    public ObjectNode reply() {
        return JsonNodeFactory.instance.objectNode().put("ResultCode", 0).put("ResultDesc", "Success");
    }
}
