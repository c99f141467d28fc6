package io.github.cameldaraja.simulator.results;

import java.util.Map;

/**
 * The texts that go with result codes.
 */
final class ResultTexts {

    static final String SUCCESS = "The service request is processed successfully.";
    static final String SUCCESS_WITHOUT_STOP = "The service request is processed successfully";
    static final String OLD_SUCCESS = "The service request has been accepted successfully.";

    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("0", SUCCESS),
            Map.entry("1", "The balance is insufficient for the transaction."),
            Map.entry("2", "Declined due to limit rule: less than the minimum transaction amount."),
            Map.entry("3", "Declined due to limit rule: greater than the maximum transaction amount."),
            Map.entry("4", "Declined due to limit rule: would exceed daily transfer limit."),
            Map.entry("8", "Declined due to limit rule: would exceed the maximum balance."),
            Map.entry("11", "The DebitParty is in an invalid state."),
            Map.entry("15", "[Controller - ]Duplicate OriginatorConversationID."),
            Map.entry("17", "System internal error."),
            Map.entry("18", "Initiator credential check failure."),
            Map.entry("20", "Unresolved initiator."),
            Map.entry("21", "The initiator is not allowed to initiate this request."),
            Map.entry("25", "The format of parameter null is invalid."),
            Map.entry("26", "System busy. The service request is rejected."),
            Map.entry("29", "Invalid command."),
            Map.entry("2001", "The initiator information is invalid."),
            Map.entry("2006", "Declined due to account rule: The account status does not allow this transaction."),
            Map.entry("2028", "The request is not permitted according to product assignment."),
            Map.entry("2033", "The receipt number is not found."),
            Map.entry("2040", "Credit Party customer type (Unregistered Customer) can't be supported by the service."),
            Map.entry("8006", "The security credential is locked."),
            Map.entry("R000001", "The transaction has already been reversed."),
            Map.entry("R000002", "The OriginalTransactionID is invalid."),
            Map.entry("R002", "The ID type is not found."),
            Map.entry("R003", "The ID number does not match."),
            Map.entry("SFC_IC0003", "Receiver party is invalid"),
            Map.entry("TP40153", "The operator is not in the organisation."));

    private ResultTexts() {
    }

    static String of(String code) {
        return TEXTS.getOrDefault(code, "The transaction failed.");
    }
}
