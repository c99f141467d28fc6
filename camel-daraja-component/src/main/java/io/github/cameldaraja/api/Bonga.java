package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Lipa na Bonga: what loyalty points are worth, and a prompt to pay our pay bill with them (Daraja: "Lipa na Bonga"; samples:
 * bonga-calculate.request, bonga-calculate.response, bonga-redeem.request, bonga-redeem.response).
 *
 * <p>{@code redeem} asks the customer for his PIN; <strong>its answer is not a payment</strong>. What became of it is told by a
 * C2B confirmation alone, so a request whose fate is unknown is never sent again.
 */
public final class Bonga implements AnswerApi<Bonga.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "bonga";

    /**
     * What the caller asks for; what the command does not take is null.
     *
     * @param command          {@code calculate} what points are worth, or {@code redeem} them
     * @param points           how many points of the customer
     * @param phoneNumber      redeem: whose points
     * @param amount           redeem: how much, in whole shillings
     * @param conversionRate   redeem: shillings for a point, as {@code calculate} answers
     * @param accountReference redeem: what is paid for; the confirmation names it
     */
    public record Request(String command, Long points, String phoneNumber, BigDecimal amount, BigDecimal conversionRate,
                          String accountReference) {

        /** What points are worth. */
        public static Request calculate(long points) {
            return new Request(CALCULATE, points, null, null, null, null);
        }

        /** A payment with points. */
        public static Request redeem(String phoneNumber, long amount, long points, BigDecimal conversionRate,
                                     String accountReference) {
            return new Request(REDEEM, points, phoneNumber, BigDecimal.valueOf(amount), conversionRate, accountReference);
        }

        @Override
        public String toString() {
            return "Bonga.Request[" + command + " " + points + " points"
                    + (phoneNumber == null ? "]" : " of " + PhoneNumbers.mask(phoneNumber) + " for " + accountReference + "]");
        }
    }

    /**
     * What Daraja answered.
     *
     * @param code            {@code 200} or {@code 6000}
     * @param description     verbatim, or null
     * @param customerMessage for the customer's eyes, or null
     * @param requestId       Daraja's, or null
     * @param amount          calculate: shillings, else null
     * @param points          calculate: as asked for, else null
     * @param conversionRate  calculate: shillings for a point, else null
     * @param details         the whole answer, verbatim
     */
    public record Answer(String code, String description, String customerMessage, String requestId, BigDecimal amount,
                         BigDecimal points, BigDecimal conversionRate, Map<String, Object> details) implements DarajaAnswer {

        @Override
        public String toString() {
            return "Bonga.Answer[" + code + ", request " + requestId + ", amount " + amount + "]";
        }
    }

    static final String CALCULATE = "calculate";
    static final String REDEEM = "redeem";

    private static final String COMMAND = "command";
    private static final List<String> REDEEM_FIELDS = List.of("msisdn", "amount", "conversionRate", "accountNumber");

    private static final List<Field> FIELDS = List.of(
            Field.oneOf(COMMAND, CALCULATE, REDEEM).asRequired(),
            Field.phone("msisdn").called("phoneNumber"),
            Field.shillings("amount", 1, 250_000),
            Field.number("bongaPoints", 1, 999_999_999).called("points").asRequired(),
            Field.of("conversionRate", "shillings for a point, 0.2 for instance", Bonga::rate),
            Field.text("accountNumber", 20).called("accountReference"));

    private static final SuccessRule SUCCESS =
            new PathCodeRule(NAME, "header.responseCode", "header.responseMessage", "200", "6000");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return isRedeem(fields) ? "/v1/lipa/na/bonga/redeem-paybill" : "/v1/lipa/na/bonga/calculate-points";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("shortCode");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE);
    }

    @Override
    public boolean isRepeatable(Fields fields) {
        return !isRedeem(fields);
    }

    @Override
    public void check(Fields fields) {
        boolean redeem = isRedeem(fields);
        for (String name : REDEEM_FIELDS) {
            if (fields.has(name) != redeem) {
                throw redeem ? new InvalidFieldException(name, "is missing", "redeem needs it")
                        : new InvalidFieldException(name, "is not for calculate", "leave it out, or redeem");
            }
        }
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        // types as in the samples: points are text in one request, a number in the other
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!isRedeem(fields)) {
            return body.put("points", fields.get("bongaPoints"));
        }
        return body.put("msisdn", fields.get("msisdn"))
                .put("amount", Long.parseLong(fields.get("amount")))
                .put("bongaPoints", Long.parseLong(fields.get("bongaPoints")))
                .put("conversionRate", new BigDecimal(fields.get("conversionRate")))
                .put("shortCode", owned.merchant().shortCode())
                .put("accountNumber", fields.get("accountNumber"));
    }

    @Override
    public SuccessRule success() {
        return SUCCESS;
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        JsonObject header = answer.object("header");
        JsonObject body = answer.object("body");
        return new Answer(header.text("responseCode"), header.text("responseMessage"), header.text("customerMessage"),
                header.text("requestRefId"), body.decimal("amount"), body.decimal("points"), body.decimal("rate"),
                answer.toMap());
    }

    private static boolean isRedeem(Fields fields) {
        return REDEEM.equals(fields.get(COMMAND));
    }

    private static String rate(String field, String text) {
        String rate = text.trim().toLowerCase(Locale.ROOT);
        if (!rate.matches("[0-9]{1,3}([.][0-9]{1,6})?") || new BigDecimal(rate).signum() == 0) {
            throw new InvalidFieldException(field, "must be shillings for a point, 0.2 for instance", "take it from calculate");
        }
        return rate;
    }
}
