package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * B2B: money from our working account to a pay bill, a till, a B2C account or another account of ours (Daraja: "Business Pay
 * Bill", "Business Buy Goods", "B2C Account Top Up").
 *
 * <p>Not idempotent: a request whose fate is unknown is never sent again.
 */
public final class B2b extends ResultPayment {

    /** The operation's name in URIs. */
    public static final String NAME = "b2b";

    /**
     * What the caller asks for (samples: b2b-paybill.request, b2b-buygoods.request, b2b-topup.request).
     *
     * @param commandId        what kind of payment it is
     * @param receiver         short code or till that gets the money
     * @param amount           how much, in whole shillings
     * @param accountReference which bill is paid; required for a pay bill
     * @param receiverType     what the receiver is: 2 till, 4 short code; null: as the command has it
     * @param requester        phone of the customer on whose behalf is paid
     * @param remarks          kept with the payment in the portal; null: "Payment"
     * @param occasion         one more remark; null: left out
     */
    public record Request(String commandId, String receiver, BigDecimal amount, String accountReference, String receiverType,
                          String requester, String remarks, String occasion) {

        /** A bill. */
        public static Request payBill(String payBill, long amount, String accountReference) {
            return new Request(PAY_BILL, payBill, BigDecimal.valueOf(amount), accountReference, null, null, null, null);
        }

        /** A till. */
        public static Request buyGoods(String till, long amount) {
            return new Request(BUY_GOODS, till, BigDecimal.valueOf(amount), null, null, null, null, null);
        }

        /** The utility account of a B2C short code, which payouts leave from. */
        public static Request topUp(String shortCode, long amount) {
            return new Request(TOP_UP, shortCode, BigDecimal.valueOf(amount), null, null, null, null, null);
        }

        @Override
        public String toString() {
            return "B2b.Request[" + commandId + ", " + amount + " to " + receiver + " for " + accountReference + "]";
        }
    }

    private static final String PAY_BILL = "BusinessPayBill";
    private static final String BUY_GOODS = "BusinessBuyGoods";
    private static final String TOP_UP = "BusinessPayToBulk";

    private static final String TILL = "2";
    private static final String SHORT_CODE = "4";

    private static final List<Field> FIELDS = List.of(
            // the first four are on today's pages, the others were, or are other people's word
            Field.oneOf("CommandID", PAY_BILL, BUY_GOODS, TOP_UP, "BusinessTransferFromMMFToUtility",
                    "BusinessToBusinessTransfer", "DisburseFundsToBusiness", "MerchantToMerchantTransfer",
                    "MerchantTransferFromMerchantToWorking", "MerchantServicesMMFAccountTransfer", "AgencyFloatAdvance",
                    "OrgRevenueSettlement").asRequired(),
            Field.oneOf("RecieverIdentifierType", SHORT_CODE, TILL).called("receiverType"),
            Field.shillings("Amount", 1, NO_LIMIT).asRequired(),
            Field.digits("PartyB", 5, 9).called("receiver").asRequired(),
            Field.text("AccountReference", 13),
            Field.phone("Requester"),
            Field.freeText("Remarks", 1, 100).asRequired().asDescriptive(),
            Field.freeText("Occassion", 1, 100).called("occasion").asDescriptive());

    public B2b() {
        super(NAME, ResultFamilyCodes.PAYMENTS, null);
    }

    @Override
    public String receiver(Fields fields) {
        return fields.get("PartyB");
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/b2b/v1/paymentrequest";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("Initiator", "SecurityCredential", "SenderIdentifierType", "PartyA", "QueueTimeOutURL", "ResultURL");
    }

    @Override
    public Map<String, String> defaults(Merchant merchant) {
        return Map.of("Remarks", "Payment");
    }

    @Override
    public void check(Fields fields) {
        if (PAY_BILL.equals(fields.get("CommandID")) && !fields.has("AccountReference")) {
            throw new InvalidFieldException("AccountReference", "is missing: a pay bill needs it", "say which bill is paid");
        }
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        String command = fields.get("CommandID");
        // the pages say 4 for tills too, and production answers SFC_IC0003 to it
        String receiverType = fields.get("RecieverIdentifierType", BUY_GOODS.equals(command) ? TILL : SHORT_CODE);
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("Initiator", owned.initiatorName())
                .put("SecurityCredential", owned.securityCredential())
                .put("CommandID", command)
                .put("SenderIdentifierType", SHORT_CODE)
                .put("RecieverIdentifierType", receiverType)
                .put("Amount", fields.get("Amount"))
                .put("PartyA", owned.merchant().shortCode())
                .put("PartyB", fields.get("PartyB"));
        putIfSaid(body, "AccountReference", fields);
        putIfSaid(body, "Requester", fields);
        body.put("Remarks", fields.get("Remarks"))
                .put("QueueTimeOutURL", owned.timeoutUrl())
                .put("ResultURL", owned.resultUrl());
        putIfSaid(body, "Occassion", fields);
        return body;
    }

    private static void putIfSaid(ObjectNode body, String name, Fields fields) {
        if (fields.has(name)) {
            body.put(name, fields.get(name));
        }
    }
}
