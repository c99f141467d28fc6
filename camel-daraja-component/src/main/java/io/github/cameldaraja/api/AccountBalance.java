package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.PaymentStatus.FAILED;
import static io.github.cameldaraja.api.PaymentStatus.PENDING;
import static io.github.cameldaraja.api.ResultCategory.MERCHANT;
import static io.github.cameldaraja.api.ResultCategory.SYSTEM;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Account balance: asks what our accounts hold; the answer comes by callback (Daraja: "Account Balance").
 *
 * <p>{@link PaymentStatus#COMPLETED} means answered, and the outcome's {@link Outcome#balances} hold the answer;
 * {@link PaymentStatus#FAILED} means that the question failed. The outcome's time is that of the balances.
 */
public final class AccountBalance implements QuestionApi {

    /** The operation's name in URIs. */
    public static final String NAME = "accountBalance";

    /**
     * What the caller asks for (sample: account-balance.request).
     *
     * @param identifierType what our own short code is: 2 till, 4 short code; null: 4
     * @param remarks        kept with the question in the portal; null: "Balance"
     */
    public record Request(String identifierType, String remarks) {

        public Request() {
            this(null, null);
        }
    }

    private static final String SHORT_CODE = "4";

    // none is required of the caller: what is not said has a default
    private static final List<Field> FIELDS = List.of(
            Field.oneOf("IdentifierType", SHORT_CODE, "2"),
            Field.freeText("Remarks", 1, 100).asDescriptive());

    // nothing can have moved: what leaves a payment open is a failure here, after which one may ask again
    private static final ResultCodes CODES = ResultFamilyCodes.PAYMENTS.with(
            new ResultCode("0", PaymentStatus.COMPLETED, ResultCategory.SUCCESS, false, "answered"),
            new ResultCode("15", FAILED, MERCHANT, true, "the request id was used before"),
            new ResultCode("17", FAILED, SYSTEM, true, "M-Pesa failed inside"),
            new ResultCode("100000000", PENDING, SYSTEM, false, "M-Pesa has kept it and will try again", CodeSource.THIRD_PARTY),
            new ResultCode("100000004", FAILED, SYSTEM, true, "M-Pesa failed inside", CodeSource.THIRD_PARTY),
            new ResultCode("100000007", FAILED, SYSTEM, true, "M-Pesa failed inside", CodeSource.THIRD_PARTY),
            new ResultCode("100000009", FAILED, SYSTEM, true, "M-Pesa failed inside", CodeSource.THIRD_PARTY),
            new ResultCode("100000100", FAILED, SYSTEM, true, "M-Pesa failed inside", CodeSource.THIRD_PARTY));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/accountbalance/v1/query";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("Initiator", "SecurityCredential", "CommandID", "PartyA", "QueueTimeOutURL", "ResultURL");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE, Need.INITIATOR, Need.CALLBACKS);
    }

    @Override
    public Map<String, String> defaults(Merchant merchant) {
        return Map.of("IdentifierType", SHORT_CODE, "Remarks", "Balance");
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        return JsonNodeFactory.instance.objectNode()
                .put("Initiator", owned.initiatorName())
                .put("SecurityCredential", owned.securityCredential())
                .put("CommandID", "AccountBalance")
                .put("PartyA", owned.merchant().shortCode())
                .put("IdentifierType", fields.get("IdentifierType", SHORT_CODE))
                .put("Remarks", fields.get("Remarks", "Balance"))
                .put("QueueTimeOutURL", owned.timeoutUrl())
                .put("ResultURL", owned.resultUrl());
    }

    @Override
    public ResultCodes resultCodes() {
        return CODES;
    }

    @Override
    public Acknowledgement acknowledgement(JsonObject answer) {
        return ResultPayment.acknowledgement(NAME, answer);
    }

    @Override
    public Outcome.Builder callback(JsonObject message) {
        ResultEnvelope result = ResultEnvelope.of(message);
        return result == null ? null
                : result.outcome(NAME, CODES).balances(result.balances()).transactionDate(result.completedAt());
    }
}
