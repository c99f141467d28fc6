package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * B2C: money from our utility account to a customer's phone (Daraja: "Business To Customer").
 *
 * <p>In version {@code v3} and {@code validated} the request carries an id of ours, and Safaricom refuses a second one with the
 * same id; {@code v1}, which some accounts still go live with, has no such id. It cannot be reversed by API.
 */
public final class B2c extends ResultPayment {

    /** The operation's name in URIs. */
    public static final String NAME = "b2c";

    /**
     * What the caller asks for (samples: b2c.request, b2c.v1.request, b2c-validated.request).
     *
     * @param phoneNumber who gets the money
     * @param amount      how much, in whole shillings
     * @param commandId   what kind of payment it is; null: {@code BusinessPayment}
     * @param remarks     kept with the payment in the portal; null: "Payment"
     * @param occasion    one more remark; null: left out
     * @param version     of the API; {@code validated} checks an identity number; null: {@code v3}
     * @param idType      only if validated: 01 national, 02 military, 03 alien, 04 diplomatic, 05 passport
     * @param idNumber    only if validated: the number that must belong to the phone's owner
     */
    public record Request(String phoneNumber, BigDecimal amount, String commandId, String remarks, String occasion,
                          String version, String idType, String idNumber) {

        public Request(String phoneNumber, long amount) {
            this(phoneNumber, BigDecimal.valueOf(amount), null, null, null, null, null, null);
        }

        @Override
        public String toString() {
            return "B2c.Request[" + amount + " to " + PhoneNumbers.mask(phoneNumber) + "]";
        }
    }

    static final long MIN = 10;
    static final long MAX = 250_000;

    private static final String V3 = "v3";
    private static final String V1 = "v1";
    private static final String VALIDATED = "validated";
    private static final Map<String, String> PATHS = Map.of(
            V3, "/mpesa/b2c/v3/paymentrequest",
            V1, "/mpesa/b2c/v1/paymentrequest",
            VALIDATED, "/mpesa/b2cvalidate/v2/paymentrequest");

    private static final List<Field> FIELDS = List.of(
            Field.oneOf("version", V3, V1, VALIDATED),
            Field.oneOf("CommandID", "BusinessPayment", "SalaryPayment", "PromotionPayment").asRequired(),
            Field.shillings("Amount", MIN, MAX).asRequired(),
            Field.phone("PartyB").called("phoneNumber").asRequired(),
            Field.oneOf("IDType", "01", "02", "03", "04", "05"),
            Field.id("IDNumber", 1, 30),
            Field.freeText("Remarks", 2, 100).asRequired().asDescriptive(),
            Field.freeText("Occassion", 1, 100).called("occasion").asDescriptive());

    // of the version with validation
    private static final ResultCodes CODES = ResultFamilyCodes.PAYMENTS_TO_CUSTOMERS.with(
            new ResultCode("R002", PaymentStatus.FAILED, ResultCategory.MERCHANT, false, "no such type of identity document",
                    CodeSource.THIRD_PARTY),
            new ResultCode("R003", PaymentStatus.FAILED, ResultCategory.MERCHANT, false,
                    "the identity number is not that of the phone's owner", CodeSource.THIRD_PARTY));

    public B2c() {
        super(NAME, CODES, "ReceiverPartyPublicName");
    }

    @Override
    public String path(Fields fields) {
        return PATHS.get(version(fields));
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("OriginatorConversationID", "InitiatorName", "SecurityCredential", "PartyA", "QueueTimeOutURL",
                "ResultURL");
    }

    @Override
    public String customer(Fields fields) {
        return fields.get("PartyB");
    }

    @Override
    public boolean sendsOwnId(Fields fields) {
        return !V1.equals(version(fields));
    }

    // that of the version with validation refuses a second one is nobody's word
    @Override
    public boolean isRepeatable(Fields fields) {
        return V3.equals(version(fields));
    }

    @Override
    public boolean isDuplicate(ErrorDetails error) {
        return isDuplicateId(error);
    }

    @Override
    public Map<String, String> defaults(Merchant merchant) {
        return Map.of("version", V3, "CommandID", "BusinessPayment", "Remarks", "Payment");
    }

    @Override
    public void check(Fields fields) {
        boolean validated = VALIDATED.equals(version(fields));
        for (String identity : List.of("IDType", "IDNumber")) {
            if (fields.has(identity) != validated) {
                throw new InvalidFieldException(identity, validated ? "is missing: version validated checks it"
                        : "is checked by version validated only", validated ? "set it, or choose another version"
                        : "leave it out, or set version=validated");
            }
        }
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        String version = version(fields);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (sendsOwnId(fields)) {
            body.put("OriginatorConversationID", owned.originatorConversationId());
        }
        body.put("InitiatorName", owned.initiatorName())
                .put("SecurityCredential", owned.securityCredential())
                .put("CommandID", fields.get("CommandID"));
        if (VALIDATED.equals(version)) {
            // the only one of the three samples with a number
            body.put("Amount", Long.parseLong(fields.get("Amount")));
        } else {
            body.put("Amount", fields.get("Amount"));
        }
        body.put("PartyA", owned.merchant().shortCode())
                .put("PartyB", fields.get("PartyB"));
        if (VALIDATED.equals(version)) {
            body.put("IDType", fields.get("IDType")).put("IDNumber", fields.get("IDNumber"));
        }
        body.put("Remarks", fields.get("Remarks"))
                .put("QueueTimeOutURL", owned.timeoutUrl())
                .put("ResultURL", owned.resultUrl());
        String occasion = fields.get("Occassion");
        return occasion == null ? body : body.put(V3.equals(version) ? "Occassion" : "Occasion", occasion);
    }

    private static String version(Fields fields) {
        return fields.get("version", V3);
    }
}
