package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Looks up the name of a customer, before paying him: the first name whole, the others masked (Daraja: "B2C Hakikisha"; samples:
 * b2c-hakikisha.request, b2c-hakikisha.response, b2c-hakikisha.error).
 */
public final class CustomerName implements AnswerApi<CustomerName.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "customerName";

    /**
     * What the caller asks for.
     *
     * @param phoneNumber whose number it is
     */
    public record Request(String phoneNumber) {

        @Override
        public String toString() {
            return "CustomerName.Request[" + PhoneNumbers.mask(phoneNumber) + "]";
        }
    }

    /**
     * What Daraja answered.
     *
     * @param code        {@code 200}
     * @param description verbatim, or null
     * @param requestId   ours, repeated, or null
     * @param firstName   or null
     * @param middleName  masked as sent, or null
     * @param lastName    masked as sent, or null
     * @param details     the whole answer, verbatim
     */
    public record Answer(String code, String description, String requestId, String firstName, String middleName, String lastName,
                         Map<String, Object> details) implements DarajaAnswer {

        @Override
        public String toString() {
            return "CustomerName.Answer[" + code + ", request " + requestId + "]";
        }
    }

    private static final List<Field> FIELDS = List.of(Field.phone("msisdn").called("phoneNumber").asRequired());

    // the header's message of a failure is "Error", the body's says which
    private static final SuccessRule SUCCESS = SuccessRule.code("header.status", "body.message", "200");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/b2c/hakikisha/v1/hakikisha";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("requestID", "timestamp", "shortcode");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE);
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.putObject("header")
                .put("requestID", UUID.randomUUID().toString())
                .put("timestamp", epochSeconds(owned.timestamp()));
        request.putObject("body")
                .put("msisdn", fields.get("msisdn"))
                .put("shortcode", owned.merchant().shortCode());
        return request;
    }

    @Override
    public boolean isRepeatable(Fields fields) {
        return true;
    }

    @Override
    public SuccessRule success() {
        return SUCCESS;
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        JsonObject header = answer.object("header");
        JsonObject body = answer.object("body");
        return new Answer(header.text("status"), header.text("message"), header.text("requestID"), body.text("firstName"),
                body.text("middleName"), body.text("lastName"), answer.toMap());
    }

    // the sample's form; answers were seen with yyyyMMddHHmmss, too
    private static String epochSeconds(String timestamp) {
        OffsetDateTime time = NairobiTime.parse(timestamp);
        return time == null ? timestamp : Long.toString(time.toEpochSecond());
    }
}
