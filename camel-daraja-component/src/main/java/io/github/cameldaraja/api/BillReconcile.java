package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;

/**
 * Tells Bill Manager that a payment notification was booked, which sends the customer an e-receipt (Daraja: "Bill Manager",
 * reconciliation; samples: bill-reconciliation.request, bill-reconciliation.response).
 */
public final class BillReconcile extends BillManagerApi<BillAnswer> {

    /** The operation's name in URIs. */
    public static final String NAME = "billReconcile";

    /**
     * What the caller asks for.
     *
     * @param paymentDate       when it was paid, in Nairobi time
     * @param paidAmount        how much, in whole shillings
     * @param accountReference  the account number that was paid to
     * @param transactionId     M-Pesa's receipt
     * @param phoneNumber       the customer's number
     * @param fullName          the customer's name
     * @param invoiceName       what was billed, as in the invoice
     * @param externalReference your own name of the invoice
     */
    public record Request(String paymentDate, BigDecimal paidAmount, String accountReference, String transactionId,
                          String phoneNumber, String fullName, String invoiceName, String externalReference) {

        @Override
        public String toString() {
            return "BillReconcile.Request[" + transactionId + ": " + paidAmount + " from " + PhoneNumbers.mask(phoneNumber)
                    + " for " + externalReference + "]";
        }
    }

    private static final List<Field> FIELDS = List.of(
            date("paymentDate").asRequired(),
            amount("paidAmount").called("amount").asRequired(),
            Field.freeText("accountReference", 1, REFERENCE_LENGTH).asRequired(),
            Field.receipt("transactionId").asRequired(),
            Field.localPhone("phoneNumber").asRequired(),
            Field.freeText("fullName", 1, 100).asRequired(),
            Field.freeText("invoiceName", 1, 100).asRequired(),
            externalReference().asRequired());

    public BillReconcile() {
        super(NAME, "/reconciliation");
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public JsonNode request(Fields fields, Owned owned) {
        return Json.toNode(fields.toMap());
    }

    @Override
    public BillAnswer answer(Fields asked, JsonObject answer) {
        return BillAnswer.read(answer);
    }
}
