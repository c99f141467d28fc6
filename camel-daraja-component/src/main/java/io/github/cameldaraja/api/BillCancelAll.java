package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * Takes back several invoices of which nothing has been paid (Daraja: "Bill Manager", cancel bulk invoices; samples:
 * bill-cancel-bulk.request, bill-cancel.response, bill-cancel.error). The body is the list.
 */
public final class BillCancelAll extends BillManagerApi<BillAnswer> {

    /** The operation's name in URIs. */
    public static final String NAME = "billCancelAll";

    /**
     * What the caller asks for.
     *
     * @param externalReferences your own names of the invoices
     */
    public record Request(List<String> externalReferences) {
    }

    private static final String REFERENCE = "externalReference";
    private static final String INVOICES = "invoices";
    private static final Field OBJECTS = Field.objects(INVOICES, BULK, List.of(externalReference().asRequired()));

    private static final List<Field> FIELDS = List.of(
            Field.ofAny(INVOICES, "a list of 1 to " + BULK + " references, or of objects with externalReference",
                    BillCancelAll::objects).called("externalReferences").asRequired());

    public BillCancelAll() {
        super(NAME, "/cancel-bulk-invoices");
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
    public JsonNode request(Fields fields, Owned owned) {
        return fields.json(INVOICES);
    }

    @Override
    public BillAnswer answer(Fields asked, JsonObject answer) {
        return BillAnswer.read(answer);
    }

    // callers may also list the references alone
    private static Object objects(String field, Object value) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        JsonNode given = Json.toNode(value);
        for (JsonNode item : given.isArray() ? given : List.of(given)) {
            boolean alone = item.isValueNode() && !item.isNull();
            all.add(alone ? JsonNodeFactory.instance.objectNode().put(REFERENCE, item.asText()) : item);
        }
        return OBJECTS.rule().apply(field, all);
    }
}
