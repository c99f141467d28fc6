package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a pay bill a biller, once, and says where its payment notifications go (Daraja: "Bill Manager", opt-in; samples:
 * bill-optin.request, bill-optin.response). The {@code app_key} in the answer belongs into the account's settings.
 */
public final class BillOptIn extends BillManagerApi<BillOptIn.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "billOptIn";

    /**
     * What the caller asks for.
     *
     * @param email           where Safaricom writes to the biller
     * @param officialContact the biller's phone number, any Kenyan form
     * @param sendReminders   whether customers are reminded before an invoice is due
     * @param logo            an image for invoices and receipts; null: none
     */
    public record Request(String email, String officialContact, Boolean sendReminders, String logo) {

        @Override
        public String toString() {
            return "BillOptIn.Request[contact " + PhoneNumbers.mask(officialContact) + "]";
        }
    }

    /**
     * The answer.
     *
     * @param appKey      secret: goes along with invoices
     * @param code        {@code rescode}, verbatim
     * @param description {@code resmsg}, verbatim, or null
     * @param details     the whole answer, the key too
     */
    public record Answer(String appKey, String code, String description, Map<String, Object> details) implements DarajaAnswer {

        /** For logs: without the key. */
        @Override
        public String toString() {
            return "BillOptIn.Answer[" + code + "]";
        }
    }

    private static final List<Field> FIELDS = List.of(
            Field.of("email", "an e-mail address", BillOptIn::email).asRequired(),
            Field.localPhone("officialContact").called("phoneNumber").asRequired(),
            Field.ofAny("sendReminders", "true or false", BillOptIn::flag).asRequired(),
            Field.freeText("logo", 1, 50_000));

    public BillOptIn() {
        super(NAME, "/optin");
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("shortcode", "callbackurl");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE, Need.CALLBACKS, Need.REGISTERED_URLS);
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("shortcode", owned.merchant().shortCode())
                .put("email", fields.get("email"))
                .put("officialContact", fields.get("officialContact"))
                .put("sendReminders", fields.get("sendReminders"));
        if (fields.has("logo")) {
            body.put("logo", fields.get("logo"));
        }
        return body.put("callbackurl", owned.registeredUrl(RegisteredUrl.BILL_PAYMENT));
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        return new Answer(answer.text("app_key"), answer.text("rescode"), answer.text("resmsg"), answer.toMap());
    }

    private static String email(String field, String text) {
        String email = text.trim();
        if (email.length() > 254 || !email.matches("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+")) {
            throw new InvalidFieldException(field, "must be an e-mail address", "write it as name@example.com");
        }
        return email;
    }

    private static String flag(String field, Object value) {
        String word = value instanceof Boolean ? value.toString() : Fields.text(field, value).trim();
        if (word.equals("1") || word.equalsIgnoreCase("true")) {
            return "1";
        }
        if (word.equals("0") || word.equalsIgnoreCase("false")) {
            return "0";
        }
        throw new InvalidFieldException(field, "must be true or false", "choose one of them");
    }
}
