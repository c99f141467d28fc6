package io.github.cameldaraja.simulator.bills;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.BillInvoice;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Refused;

/**
 * Checks the fields of an invoice in the order of the portal's sample; Bill Manager itself refuses bad phone numbers
 * and dates.
 */
final class InvoiceReader {

    static final String FIRST_FIELD = "externalReference";

    private static final String AMOUNT = "amount";
    private static final String ITEMS = "invoiceItems";

    private final Inside inside;
    private final BillAnswers answers;

    InvoiceReader(Inside inside, BillAnswers answers) {
        this.inside = inside;
        this.answers = answers;
    }

    BillInvoice read(Fields fields, Biller biller) {
        String external = fields.required(FIRST_FIELD, Type.TEXT, text -> true);
        String fullName = fields.required("billedFullName", Type.TEXT, text -> true);
        String phone = fields.required("billedPhoneNumber", Type.TEXT, text -> true);
        String period = fields.required("billedPeriod", Type.TEXT, text -> true);
        String name = fields.required("invoiceName", Type.TEXT, text -> true);
        String dueDate = fields.required("dueDate", Type.TEXT, text -> true);
        String account = fields.required("accountReference", Type.TEXT, text -> true);
        String amount = fields.required(AMOUNT, Type.TEXT, BillFormats::isAmount);
        checkItems(fields);
        return new BillInvoice(biller.shortCode(), external, fullName,
                BillFormats.phone(phone).orElseThrow(
                        () -> answers.conflict("Incorrect phone number format, use 2547XXXXXXXX or 07XXXXXXXX")),
                period, name,
                BillFormats.day(dueDate).orElseThrow(() -> answers.conflict("Incorrect due date format")),
                account, new BigDecimal(amount), BigDecimal.ZERO, false, false);
    }

    private void checkItems(Fields fields) {
        JsonNode items = fields.body().get(ITEMS);
        if (items == null || items.isNull()) {
            return;
        }
        if (!(items instanceof ArrayNode array)) {
            throw new Refused(inside.answers().invalidField(ITEMS));
        }
        for (JsonNode item : array) {
            if (!(item instanceof ObjectNode object)) {
                throw new Refused(inside.answers().invalidField(ITEMS));
            }
            Fields parts = Fields.of(object, inside.settings().strict(), inside.answers().fieldRefusal());
            parts.required("itemName", Type.TEXT, text -> true);
            parts.required(AMOUNT, Type.TEXT, BillFormats::isAmount);
        }
    }
}
