package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Business to Pochi: money to the business wallet of a small trader's phone (Daraja: "Business To Pochi").
 *
 * <p>The request carries an id of ours, and Safaricom refuses a second one with the same id.
 */
public final class B2Pochi extends ResultPayment {

    /** The operation's name in URIs. */
    public static final String NAME = "b2pochi";

    /**
     * What the caller asks for (sample: b2pochi.request).
     *
     * @param phoneNumber who gets the money
     * @param amount      how much, in whole shillings
     * @param remarks     kept with the payment in the portal; null: "Payment"
     * @param occasion    one more remark; null: left out
     */
    public record Request(String phoneNumber, BigDecimal amount, String remarks, String occasion) {

        public Request(String phoneNumber, long amount) {
            this(phoneNumber, BigDecimal.valueOf(amount), null, null);
        }

        @Override
        public String toString() {
            return "B2Pochi.Request[" + amount + " to " + PhoneNumbers.mask(phoneNumber) + "]";
        }
    }

    private static final List<Field> FIELDS = List.of(
            Field.shillings("Amount", B2c.MIN, B2c.MAX).asRequired(),
            Field.phone("PartyB").called("phoneNumber").asRequired(),
            Field.freeText("Remarks", 2, 100).asRequired().asDescriptive(),
            Field.freeText("Occassion", 1, 100).called("occasion").asDescriptive());

    public B2Pochi() {
        super(NAME, ResultFamilyCodes.PAYMENTS_TO_CUSTOMERS, "ReceiverPartyPublicName");
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/b2pochi/v1/paymentrequest";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("OriginatorConversationID", "InitiatorName", "SecurityCredential", "CommandID", "PartyA", "QueueTimeOutURL",
                "ResultURL");
    }

    @Override
    public String customer(Fields fields) {
        return fields.get("PartyB");
    }

    @Override
    public boolean sendsOwnId(Fields fields) {
        return true;
    }

    @Override
    public boolean isRepeatable(Fields fields) {
        return true;
    }

    @Override
    public boolean isDuplicate(ErrorDetails error) {
        return isDuplicateId(error);
    }

    @Override
    public Map<String, String> defaults(Merchant merchant) {
        return Map.of("Remarks", "Payment");
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("OriginatorConversationID", owned.originatorConversationId())
                .put("InitiatorName", owned.initiatorName())
                .put("SecurityCredential", owned.securityCredential())
                .put("CommandID", "BusinessPayToPochi")
                .put("Amount", fields.get("Amount"))
                .put("PartyA", owned.merchant().shortCode())
                .put("PartyB", fields.get("PartyB"))
                .put("Remarks", fields.get("Remarks"))
                .put("QueueTimeOutURL", owned.timeoutUrl())
                .put("ResultURL", owned.resultUrl());
        String occasion = fields.get("Occassion");
        return occasion == null ? body : body.put("Occassion", occasion);
    }
}
