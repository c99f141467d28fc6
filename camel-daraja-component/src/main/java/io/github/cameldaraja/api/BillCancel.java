package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Takes back an invoice of which nothing has been paid (Daraja: "Bill Manager", cancel single invoice; samples:
 * bill-cancel-single.request, bill-cancel.response, bill-cancel.error).
 */
public final class BillCancel extends BillManagerApi<BillAnswer> {

    /** The operation's name in URIs. */
    public static final String NAME = "billCancel";

    /**
     * What the caller asks for.
     *
     * @param externalReference your own name of the invoice
     */
    public record Request(String externalReference) {
    }

    private static final List<Field> FIELDS = List.of(externalReference().asRequired());

    public BillCancel() {
        super(NAME, "/cancel-single-invoice");
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        return JsonNodeFactory.instance.objectNode().put("externalReference", fields.get("externalReference"));
    }

    @Override
    public BillAnswer answer(Fields asked, JsonObject answer) {
        return BillAnswer.read(answer);
    }
}
