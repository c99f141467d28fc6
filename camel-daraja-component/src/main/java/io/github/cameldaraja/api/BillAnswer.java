package io.github.cameldaraja.api;

import java.util.Map;

/**
 * What Bill Manager answers (Daraja: "Bill Manager"; samples: bill-single-invoice.response, bill-bulk-invoice.response,
 * bill-cancel.response, bill-optin-update.response, bill-reconciliation.response).
 *
 * @param code          {@code rescode}, verbatim
 * @param description   {@code resmsg}, verbatim, or null
 * @param statusMessage {@code Status_Message}, verbatim, or null
 * @param details       the whole answer
 */
public record BillAnswer(String code, String description, String statusMessage, Map<String, Object> details)
        implements DarajaAnswer {

    /** For logs: without details, in which anything may be. */
    @Override
    public String toString() {
        return "BillAnswer[" + code + ", " + description + "]";
    }

    static BillAnswer read(JsonObject answer) {
        return new BillAnswer(answer.text("rescode"), answer.text("resmsg"), answer.text("Status_Message"), answer.toMap());
    }
}
