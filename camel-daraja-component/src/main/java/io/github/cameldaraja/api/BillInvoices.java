package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sends up to 1,000 invoices at once (Daraja: "Bill Manager", bulk invoicing; samples: bill-bulk-invoice.request,
 * bill-bulk-invoice.response). The body is the list.
 */
public final class BillInvoices extends BillManagerApi<BillAnswer> {

    /** The operation's name in URIs. */
    public static final String NAME = "billInvoices";

    /**
     * What the caller asks for.
     *
     * @param invoices the invoices, each with an {@code externalReference} of its own
     */
    public record Request(List<BillInvoice.Request> invoices) {
    }

    private static final String INVOICES = "invoices";

    private static final List<Field> FIELDS = List.of(
            Field.objects(INVOICES, BULK, new BillInvoice().fields()).asRequired());

    public BillInvoices() {
        super(NAME, "/bulk-invoicing");
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public String listField() {
        return INVOICES;
    }

    @Override
    public void check(Fields fields) {
        Set<String> references = new HashSet<>();
        for (JsonNode invoice : fields.json(INVOICES)) {
            if (!references.add(invoice.path("externalReference").asText())) {
                throw new InvalidFieldException(INVOICES, "must not name the same externalReference twice",
                        "leave one of them out");
            }
        }
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
        return fields.json(INVOICES);
    }

    @Override
    public BillAnswer answer(Fields asked, JsonObject answer) {
        return BillAnswer.read(answer);
    }
}
