package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * M-Pesa asks whether a customer's payment may happen, and waits about eight seconds (Daraja: "Customer To Business", validation;
 * samples: c2b-validation, c2b-validation.reply.accept, c2b-validation.reply.accept.third-party-id, c2b-validation.reply.reject).
 *
 * <p>It asks only if Safaricom has switched external validation on for the short code. The question is a {@link C2bPayment}.
 */
public final class C2bValidation implements ConsultationApi {

    /** The operation's name in URIs. */
    public static final String NAME = "c2bValidation";

    private static final String ACCEPTED = "0";
    private static final String OTHER_ERROR = "C2B00016";
    // the refusal of older texts
    private static final String OLD_REFUSAL = "1";
    // phone, account number, amount, customer's data, short code, other: the code selects the customer's SMS
    private static final List<String> REFUSALS = List.of("C2B00011", "C2B00012", "C2B00013", "C2B00014", "C2B00015", OTHER_ERROR);

    /**
     * A route's answer.
     *
     * @param resultCode              {@code 0}, or one of {@code C2B00011} phone number, {@code C2B00012} account number,
     *                                {@code C2B00013} amount, {@code C2B00014} customer's data, {@code C2B00015} short code,
     *                                {@code C2B00016} something else
     * @param resultDescription       {@code Accepted}, {@code Rejected} or whatever else; the customer does not see it
     * @param thirdPartyTransactionId comes back in the confirmation; null: none
     */
    public record Reply(String resultCode, String resultDescription, String thirdPartyTransactionId) {

        /** Takes a code in any case, and fills a description that is left out. */
        public Reply {
            String code = resultCode == null ? "" : resultCode.trim().toUpperCase(Locale.ROOT);
            if (!code.equals(ACCEPTED) && !REFUSALS.contains(code)) {
                throw new InvalidFieldException("ResultCode", "must be 0 or one of " + String.join(", ", REFUSALS),
                        "choose one of them");
            }
            resultCode = code;
            resultDescription = isBlank(resultDescription) ? code.equals(ACCEPTED) ? "Accepted" : "Rejected" : resultDescription;
            thirdPartyTransactionId = isBlank(thirdPartyTransactionId) ? null : thirdPartyTransactionId;
        }
    }

    /** The payment may happen. */
    public static Reply accept() {
        return accept(null);
    }

    /**
     * The payment may happen.
     *
     * @param thirdPartyTransactionId your own id of it, which comes back in the confirmation
     */
    public static Reply accept(String thirdPartyTransactionId) {
        return new Reply(ACCEPTED, null, thirdPartyTransactionId);
    }

    /**
     * The payment must not happen.
     *
     * @param code        {@code C2B00011} to {@code C2B00016}, see {@link Reply}
     * @param description why, or null
     * @throws InvalidFieldException if it is no such code
     */
    public static Reply reject(String code, String description) {
        Reply reply = new Reply(code, description, null);
        if (reply.resultCode().equals(ACCEPTED)) {
            throw new InvalidFieldException("ResultCode", "must refuse", "choose one of " + String.join(", ", REFUSALS));
        }
        return reply;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RegisteredUrl url() {
        return RegisteredUrl.C2B_VALIDATION;
    }

    @Override
    public C2bPayment question(JsonObject message) {
        return C2bPayment.read(message);
    }

    @Override
    public Outcome about(DarajaAnswer question) {
        Outcome.Builder about = Outcome.builder().operation(NAME);
        return question instanceof C2bPayment payment ? about.receiptNumber(payment.receiptNumber()).amount(payment.amount())
                .phoneNumber(payment.phoneNumber()).accountReference(payment.accountReference())
                .transactionDate(payment.transactionDate()).build() : about.build();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A map, or JSON as text, needs a {@code ResultCode} and may have {@code ResultDesc} and {@code ThirdPartyTransID}; words
     * are {@code accept}, {@code reject} (as {@code C2B00016}) and the codes. Whatever is not clear is no answer, so that nothing is
     * accepted by mistake.
     */
    @Override
    public JsonNode reply(DarajaAnswer question, Object answer) {
        Reply reply = read(answer);
        return reply == null ? null : node(reply);
    }

    @Override
    public JsonNode defaultReply(DarajaAnswer question, String word) {
        String code = word == null ? null : word(word.trim());
        return code == null ? null : node(new Reply(code, null, null));
    }

    private static Reply read(Object answer) {
        if (answer instanceof Reply reply) {
            return reply;
        }
        JsonObject object = Json.objectIn(answer);
        if (object != null) {
            return fromObject(object);
        }
        return answer instanceof CharSequence || answer instanceof Number ? fromText(answer.toString().trim()) : null;
    }

    private static Reply fromText(String text) {
        String code = word(text);
        return fromCode(code == null ? text : code, null, null);
    }

    private static Reply fromObject(JsonObject object) {
        return fromCode(first(object, "ResultCode", "code"), first(object, "ResultDesc", "ResultDescription", "description"),
                first(object, "ThirdPartyTransID", "ThirdPartyTransactionId"));
    }

    private static Reply fromCode(String text, String description, String thirdPartyTransactionId) {
        String code = text == null ? "" : text.trim().toUpperCase(Locale.ROOT);
        if (code.equals(OLD_REFUSAL)) {
            code = OTHER_ERROR;
        }
        return code.equals(ACCEPTED) || REFUSALS.contains(code) ? new Reply(code, description, thirdPartyTransactionId) : null;
    }

    private static String word(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "accept" -> ACCEPTED;
            case "reject" -> OTHER_ERROR;
            default -> null;
        };
    }

    private static ObjectNode node(Reply reply) {
        ObjectNode node = JsonNodeFactory.instance.objectNode()
                .put("ResultCode", reply.resultCode())
                .put("ResultDesc", reply.resultDescription());
        // a refused payment gets no confirmation that could bring it back
        return reply.thirdPartyTransactionId() == null || !reply.resultCode().equals(ACCEPTED) ? node
                : node.put("ThirdPartyTransID", reply.thirdPartyTransactionId());
    }

    private static String first(JsonObject object, String... names) {
        for (String name : names) {
            String text = object.text(name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
