package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A picture that a customer scans with the M-Pesa app to pay (Daraja: "Dynamic QR Code"; samples: qr.request, qr.response,
 * qr.response.observed-00). Nothing is stored and nothing comes later; the payment arrives like any other.
 */
public final class QrCode implements AnswerApi<QrCode.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "qrCode";

    /**
     * What the caller asks for.
     *
     * @param merchantName     who is paid, shown when scanned
     * @param accountReference what is paid for
     * @param amount           how much, in whole shillings
     * @param trxCode          {@code BG} till, {@code PB} pay bill, {@code WA} agent, {@code SM} a person, {@code SB} a
     *                         business with a phone number; null: the account's
     * @param receiver         till, pay bill, agent, or for {@code SM} and {@code SB} a phone number; null: the account's
     * @param size             pixels of each side; null: 300
     */
    public record Request(String merchantName, String accountReference, BigDecimal amount, String trxCode, String receiver,
                          Integer size) {

        public Request(String merchantName, String accountReference, long amount) {
            this(merchantName, accountReference, BigDecimal.valueOf(amount), null, null, null);
        }

        @Override
        public String toString() {
            return "QrCode.Request[" + amount + " for " + accountReference + "]";
        }
    }

    /**
     * What Daraja answered.
     *
     * @param code        an id or {@code 00}; do not judge by it
     * @param description verbatim, or null
     * @param requestId   Daraja's, or null
     * @param image       the picture, as PNG
     * @param details     the whole answer, verbatim
     */
    public record Answer(String code, String description, String requestId, byte[] image, Map<String, Object> details)
            implements DarajaAnswer {

        @Override
        public String toString() {
            return "QrCode.Answer[" + code + ", request " + requestId + ", " + image.length + " bytes]";
        }
    }

    private static final String TILL = "BG";
    private static final String PAY_BILL = "PB";
    private static final Set<String> PHONE_RECEIVERS = Set.of("SM", "SB");
    private static final String USUAL_SIZE = "300";
    private static final int MAX_SIZE = 1000;

    private static final List<Field> FIELDS = List.of(
            Field.freeText("MerchantName", 1, 100).asRequired(),
            Field.text("RefNo", 100).called("accountReference").asRequired(),
            Field.shillings("Amount", 1, 250_000).asRequired(),
            Field.oneOf("TrxCode", TILL, "WA", PAY_BILL, "SM", "SB").asRequired(),
            Field.of("CPI", "5 to 9 digits, or for SM and SB a Kenyan mobile number", QrCode::receiver)
                    .called("receiver").asRequired(),
            Field.number("Size", 1, MAX_SIZE).asRequired());

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/qrcode/v1/generate";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Map<String, String> defaults(Merchant merchant) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("Size", USUAL_SIZE);
        if (merchant.receiver() != null) {
            defaults.put("TrxCode", merchant.tillNumber() != null ? TILL : PAY_BILL);
            defaults.put("CPI", merchant.receiver());
        }
        return defaults;
    }

    @Override
    public void check(Fields fields) {
        boolean wantsPhone = PHONE_RECEIVERS.contains(fields.get("TrxCode"));
        if (wantsPhone != PhoneNumbers.isWhole(fields.get("CPI"))) {
            throw new InvalidFieldException("CPI", wantsPhone ? "must be a phone number for SM and SB"
                    : "must be a till, pay bill or agent for BG, PB and WA", "correct it, or TrxCode");
        }
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        return JsonNodeFactory.instance.objectNode()
                .put("MerchantName", fields.get("MerchantName"))
                .put("RefNo", fields.get("RefNo"))
                .put("Amount", Long.parseLong(fields.get("Amount")))
                .put("TrxCode", fields.get("TrxCode"))
                .put("CPI", fields.get("CPI"))
                .put("Size", fields.get("Size"));
    }

    @Override
    public boolean isRepeatable(Fields fields) {
        return true;
    }

    @Override
    public SuccessRule success() {
        return QrCode::refusal;
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        return new Answer(answer.text("ResponseCode"), answer.text("ResponseDescription"), answer.text("RequestID"),
                image(answer), answer.toMap());
    }

    @Override
    public Object body(Answer answer) {
        return answer.image();
    }

    @Override
    public String contentType() {
        return "image/png";
    }

    // the code of success is an id on the portal's page and 00 in practice: the picture is what tells
    private static Optional<SuccessRule.Refusal> refusal(JsonObject answer, boolean movesMoney) {
        return image(answer) != null ? Optional.empty()
                : Optional.of(new SuccessRule.Refusal(ErrorKind.UNKNOWN, answer.text("ResponseCode"),
                        answer.text("ResponseDescription"), "the answer holds no picture"));
    }

    // null if there is none
    private static byte[] image(JsonObject answer) {
        String text = answer.text("QRCode");
        if (text == null) {
            return null;
        }
        // some put "data:image/png;base64," before it
        String base64 = text.substring(text.indexOf(',') + 1).replaceAll("\\s", "");
        try {
            byte[] image = Base64.getDecoder().decode(base64);
            return image.length == 0 ? null : image;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String receiver(String field, String text) {
        String trimmed = text.trim();
        // nine digits that may be a phone's without its zero are taken as the phone's
        return trimmed.matches("[0-9]{5,8}") || trimmed.matches("[02-689][0-9]{8}") ? trimmed
                : PhoneNumbers.normalise(field, trimmed);
    }
}
