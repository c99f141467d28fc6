package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An API that we call: where it is, what the caller may say, what goes on the wire, and which answers are successes. */
public sealed interface RequestApi extends DarajaApi permits OutcomeApi, QueryApi, AnswerApi {

    /** The path below the base URL, beginning with a slash. */
    String path(Fields fields);

    /** The same where it depends on the account's settings. */
    default String path(Fields fields, Owned owned) {
        return path(fields);
    }

    /** What the caller may fill, in the order of the wire. */
    List<Field> fields();

    /** Wire names that the component fills by itself; a caller who names one is refused. */
    default Set<String> owned() {
        return Set.of();
    }

    /** What the account must have configured. */
    default Set<Need> needs() {
        return Set.of();
    }

    /**
     * Values for what nobody says, by field name.
     *
     * @param merchant the account's own numbers
     */
    default Map<String, String> defaults(Merchant merchant) {
        return Map.of();
    }

    /**
     * Rules between fields, after each field has passed its own.
     *
     * @throws InvalidFieldException naming field, rule and cure
     */
    default void check(Fields fields) {
    }

    /** The body on the wire: an object, or an array where the API wants one. */
    JsonNode request(Fields fields, Owned owned);

    /** Headers on the wire besides authorization and content type; secret ones are redacted from texts. */
    default Map<String, String> headers(Owned owned) {
        return Map.of();
    }

    /** Which of the answers with HTTP 200 that are no error envelope are successes. */
    default SuccessRule success() {
        return SuccessRule.RESPONSE_CODE;
    }

    /** Whether it is a question about one payment, so that an acknowledgement or an outcome is a valid body. */
    default boolean asksAboutPayments() {
        return false;
    }

    /**
     * The fields that ask about the payment with these ids, where {@link #asksAboutPayments}.
     *
     * @return empty if none of the ids is good for it
     */
    default Map<String, String> about(PaymentIds ids) {
        return Map.of();
    }

    /** The field that a body which is a list, or a JSON array, stands for; null if the API takes none. */
    default String listField() {
        return null;
    }

    /**
     * The field of that wire name or option name, in any case.
     *
     * @throws InvalidFieldException if the component owns it or the API has none of that name
     */
    default Field field(String name) {
        for (Field field : fields()) {
            if (field.isCalled(name)) {
                return field;
            }
        }
        for (String owned : owned()) {
            if (owned.equalsIgnoreCase(name)) {
                throw new InvalidFieldException(owned, "is filled by the component",
                        "leave it out; it comes from the account's settings");
            }
        }
        throw new InvalidFieldException(name, "is no field of " + name(),
                "its fields are " + String.join(", ", fields().stream().map(Field::name).toList()));
    }
}
