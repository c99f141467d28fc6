package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * One API of Daraja: where it is, what the caller may say, and what goes on the wire.
 *
 * <p>Adding an API to the component is one class that implements one of this interface's children, and one line in the table
 * of operations.
 */
public sealed interface DarajaApi permits PaymentApi, QueryApi {

    /** The path below the base URL, beginning with a slash. */
    String path();

    /** What the caller may fill, in the order of the wire. */
    List<Field> fields();

    /** Wire names that the component fills by itself; a caller who names one is refused. */
    Set<String> owned();

    /** Whether the request carries the pass key's {@code Password} and needs {@code shortCode} and {@code passkey}. */
    boolean needsPasskey();

    /** The body on the wire. */
    ObjectNode request(Fields fields, Owned owned);

    /**
     * The field of that wire name in any case.
     *
     * @throws InvalidFieldException if the component owns it or the API has none of that name
     */
    default Field field(String name) {
        for (Field field : fields()) {
            if (field.name().equalsIgnoreCase(name)) {
                return field;
            }
        }
        for (String owned : owned()) {
            if (owned.equalsIgnoreCase(name)) {
                throw new InvalidFieldException(owned, "is filled by the component",
                        "leave it out; it comes from the account's settings");
            }
        }
        throw new InvalidFieldException(name, "is no field of this API",
                "its fields are " + String.join(", ", fields().stream().map(Field::name).toList()));
    }
}
