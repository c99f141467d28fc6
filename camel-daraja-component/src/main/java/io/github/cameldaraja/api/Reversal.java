package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.PaymentStatus.FAILED;
import static io.github.cameldaraja.api.ResultCategory.MERCHANT;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reversal: gives a customer's payment back, C2B and STK (Daraja: "Reversal").
 *
 * <p>A payment is reversed once: a second reversal ends with R000001. Whether parts can be given back is not documented.
 */
public final class Reversal extends ResultPayment {

    /** The operation's name in URIs. */
    public static final String NAME = "reversal";

    /**
     * What the caller asks for (sample: reversal.request).
     *
     * @param transactionId the receipt of the payment to give back
     * @param amount        how much the payment was, in whole shillings
     * @param remarks       kept with the reversal in the portal; null: "Reversal"
     * @param occasion      one more remark; null: left out
     */
    public record Request(String transactionId, BigDecimal amount, String remarks, String occasion) {

        public Request(String transactionId, long amount) {
            this(transactionId, BigDecimal.valueOf(amount), null, null);
        }
    }

    private static final String REVERSAL_RECEIVER = "11";

    private static final List<Field> FIELDS = List.of(
            Field.receipt("TransactionID").asRequired(),
            Field.shillings("Amount", 1, NO_LIMIT).asRequired(),
            Field.freeText("Remarks", 2, 100).asRequired().asDescriptive(),
            Field.freeText("Occasion", 1, 100).asDescriptive());

    private static final String DONE_BEFORE = "R000001";
    private static final String NO_SUCH_PAYMENT = "R000002";

    private static final ResultCodes CODES = ResultFamilyCodes.PAYMENTS.with(
            new ResultCode(DONE_BEFORE, FAILED, MERCHANT, false, "the payment was given back before; this reversal moved nothing"),
            new ResultCode(NO_SUCH_PAYMENT, FAILED, MERCHANT, false, "no such payment"));

    public Reversal() {
        super(NAME, CODES, "CreditPartyPublicName");
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/reversal/v1/request";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("Initiator", "SecurityCredential", "CommandID", "ReceiverParty", "RecieverIdentifierType",
                "QueueTimeOutURL", "ResultURL");
    }

    @Override
    public Map<String, String> defaults(Merchant merchant) {
        return Map.of("Remarks", "Reversal");
    }

    @Override
    public boolean isRepeatable(Fields fields) {
        return true;
    }

    @Override
    public Optional<Inquiry> beforeRepeat(Fields fields) {
        return Inquiry.about(new TransactionStatus(), PaymentIds.receipt(fields.get("TransactionID")));
    }

    /**
     * "Given back before" now means that one of the two has done it: the customer has the money. Any other failure of the second one
     * says nothing of the first, but that the payment never was.
     */
    @Override
    public Outcome afterRepeat(Outcome told) {
        if (DONE_BEFORE.equals(told.resultCode())) {
            return told.toBuilder().status(PaymentStatus.COMPLETED).resultCategory(ResultCategory.SUCCESS).retriable(false).build();
        }
        boolean decides = told.isCompleted() || !told.status().isFinal() || NO_SUCH_PAYMENT.equals(told.resultCode());
        return decides ? told : told.toBuilder().status(PaymentStatus.UNKNOWN).build();
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("Initiator", owned.initiatorName())
                .put("SecurityCredential", owned.securityCredential())
                .put("CommandID", "TransactionReversal")
                .put("TransactionID", fields.get("TransactionID"))
                .put("Amount", fields.get("Amount"))
                .put("ReceiverParty", owned.merchant().shortCode())
                .put("RecieverIdentifierType", REVERSAL_RECEIVER)
                .put("ResultURL", owned.resultUrl())
                .put("QueueTimeOutURL", owned.timeoutUrl())
                .put("Remarks", fields.get("Remarks"));
        String occasion = fields.get("Occasion");
        return occasion == null ? body : body.put("Occasion", occasion);
    }
}
