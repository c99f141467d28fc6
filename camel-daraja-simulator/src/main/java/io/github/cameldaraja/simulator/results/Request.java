package io.github.cameldaraja.simulator.results;

import java.util.Map;

/**
 * A well-formed request.
 *
 * @param fields the texts of its fields, by name
 * @param body   as it was received
 */
record Request(Map<String, String> fields, String body) {

    static final String ORIGINATOR_CONVERSATION_ID = "OriginatorConversationID";
    static final String INITIATOR_NAME = "InitiatorName";
    static final String INITIATOR = "Initiator";
    static final String SECURITY_CREDENTIAL = "SecurityCredential";
    static final String COMMAND_ID = "CommandID";
    static final String AMOUNT = "Amount";
    static final String PARTY_A = "PartyA";
    static final String PARTY_B = "PartyB";
    static final String ACCOUNT_REFERENCE = "AccountReference";
    static final String TRANSACTION_ID = "TransactionID";
    static final String ORIGINAL_CONVERSATION_ID = "OriginalConversationID";
    static final String RECEIVER_TYPE = "RecieverIdentifierType";
    static final String IDENTIFIER_TYPE = "IdentifierType";
    static final String RECEIVER_PARTY = "ReceiverParty";
    static final String RESULT_URL = "ResultURL";
    static final String TIMEOUT_URL = "QueueTimeOutURL";

    /** An empty text if the field is missing. */
    String get(String name) {
        return fields.getOrDefault(name, "");
    }

    String operator() {
        return fields.containsKey(INITIATOR) ? get(INITIATOR) : get(INITIATOR_NAME);
    }

    long amount() {
        return Long.parseLong(get(AMOUNT));
    }

    /** Spelt in either way. */
    String occasion() {
        return fields.containsKey("Occassion") ? get("Occassion") : get("Occasion");
    }
}
