package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sends a customer an invoice by SMS (Daraja: "Bill Manager", single invoicing; samples: bill-single-invoice.request,
 * bill-single-invoice.response).
 */
public final class BillInvoice extends BillManagerApi<BillAnswer> {

    /** The operation's name in URIs. */
    public static final String NAME = "billInvoice";

    /**
     * What the caller asks for.
     *
     * @param externalReference your own name of the invoice, unique
     * @param billedFullName    the customer's name
     * @param billedPhoneNumber the customer's phone number, any Kenyan form
     * @param billedPeriod      what time is billed, for people: {@code August 2026}
     * @param invoiceName       what is billed, for people
     * @param dueDate           when it is to be paid, in Nairobi time
     * @param accountReference  the account number to pay to
     * @param amount            how much, in whole shillings
     * @param invoiceItems      what the amount is made of, or null
     */
    public record Request(String externalReference, String billedFullName, String billedPhoneNumber, String billedPeriod,
                          String invoiceName, String dueDate, String accountReference, BigDecimal amount,
                          List<Item> invoiceItems) {

        @Override
        public String toString() {
            return "BillInvoice.Request[" + externalReference + ": " + amount + " from " + PhoneNumbers.mask(billedPhoneNumber)
                    + " until " + dueDate + "]";
        }
    }

    /**
     * A part of an invoice.
     *
     * @param itemName what it is, for people
     * @param amount   whole shillings
     */
    public record Item(String itemName, BigDecimal amount) {
    }

    private static final List<Field> FIELDS = List.of(
            externalReference().asRequired(),
            Field.freeText("billedFullName", 1, 100).asRequired(),
            Field.localPhone("billedPhoneNumber").called("phoneNumber").asRequired(),
            Field.freeText("billedPeriod", 1, 50).asRequired(),
            Field.freeText("invoiceName", 1, 100).asRequired(),
            date("dueDate").asRequired(),
            Field.freeText("accountReference", 1, REFERENCE_LENGTH).asRequired(),
            amount("amount").asRequired(),
            Field.objects("invoiceItems", 100, List.of(
                    Field.freeText("itemName", 1, 100).asRequired(),
                    amount("amount").asRequired())));

    public BillInvoice() {
        super(NAME, "/single-invoicing");
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.BILL_MANAGER_APP_KEY);
    }

    @Override
    public Map<String, String> headers(Owned owned) {
        return appKey(owned);
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
