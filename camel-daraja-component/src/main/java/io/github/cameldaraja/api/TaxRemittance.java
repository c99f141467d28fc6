package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tax remittance: pays a tax to the Kenya Revenue Authority (Daraja: "Tax Remittance").
 *
 * <p>Not idempotent: a request whose fate is unknown is never sent again.
 */
public final class TaxRemittance extends ResultPayment {

    /** The operation's name in URIs. */
    public static final String NAME = "taxRemittance";

    /**
     * What the caller asks for (sample: tax.request).
     *
     * @param amount           how much, in whole shillings
     * @param accountReference the payment registration number (PRN) from the authority
     * @param remarks          kept with the payment in the portal; null: "Tax"
     */
    public record Request(BigDecimal amount, String accountReference, String remarks) {

        public Request(long amount, String accountReference) {
            this(BigDecimal.valueOf(amount), accountReference, null);
        }
    }

    /** The authority's pay bill, the only receiver. */
    private static final String REVENUE_AUTHORITY = "572572";
    private static final String SHORT_CODE = "4";

    private static final List<Field> FIELDS = List.of(
            Field.shillings("Amount", 1, NO_LIMIT).asRequired(),
            // the page names no limit; a registration number is longer than the reference of other bills
            Field.text("AccountReference", 20).asRequired(),
            Field.freeText("Remarks", 1, 100).asRequired().asDescriptive());

    public TaxRemittance() {
        super(NAME, ResultFamilyCodes.PAYMENTS, null);
    }

    @Override
    public String receiver(Fields fields) {
        return REVENUE_AUTHORITY;
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/b2b/v1/remittax";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("Initiator", "SecurityCredential", "CommandID", "SenderIdentifierType", "RecieverIdentifierType", "PartyA",
                "PartyB", "QueueTimeOutURL", "ResultURL");
    }

    @Override
    public Map<String, String> defaults(Merchant merchant) {
        return Map.of("Remarks", "Tax");
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        return JsonNodeFactory.instance.objectNode()
                .put("Initiator", owned.initiatorName())
                .put("SecurityCredential", owned.securityCredential())
                .put("CommandID", "PayTaxToKRA")
                .put("SenderIdentifierType", SHORT_CODE)
                .put("RecieverIdentifierType", SHORT_CODE)
                .put("Amount", fields.get("Amount"))
                .put("PartyA", owned.merchant().shortCode())
                .put("PartyB", REVENUE_AUTHORITY)
                .put("AccountReference", fields.get("AccountReference"))
                .put("Remarks", fields.get("Remarks"))
                .put("QueueTimeOutURL", owned.timeoutUrl())
                .put("ResultURL", owned.resultUrl());
    }
}
