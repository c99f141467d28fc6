package io.github.cameldaraja.simulator.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;

/**
 * The fields of an API in the order of the portal's sample.
 */
final class Form {

    private record Field(String name, Type type, Predicate<ObjectNode> required, Predicate<String> valid) {
    }

    private final List<Field> fields = new ArrayList<>();

    Form required(String name, Predicate<String> valid) {
        return add(new Field(name, Type.TEXT, body -> true, valid));
    }

    /** A number in the portal's sample. */
    Form number(String name, Predicate<String> valid) {
        return add(new Field(name, Type.NUMBER, body -> true, valid));
    }

    /** A field that may be missing or empty. */
    Form optional(String name, Predicate<String> valid) {
        return requiredIf(name, body -> false, valid);
    }

    /** A field that some requests need. */
    Form requiredIf(String name, Predicate<ObjectNode> needed, Predicate<String> valid) {
        return add(new Field(name, Type.TEXT, needed, valid));
    }

    /** Reads a body or refuses its first bad field. */
    Request read(Exchange exchange, Inside inside) {
        Fields body = inside.fields(exchange, fields.get(0).name());
        Map<String, String> read = new LinkedHashMap<>();
        for (Field field : fields) {
            read.put(field.name(), field.required().test(body.body())
                    ? body.required(field.name(), field.type(), field.valid())
                    : body.optional(field.name(), text -> text.isEmpty() || field.valid().test(text)));
        }
        return new Request(read, exchange.body());
    }

    private Form add(Field field) {
        fields.add(field);
        return this;
    }
}
