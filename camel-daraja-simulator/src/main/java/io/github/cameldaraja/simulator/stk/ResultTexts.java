package io.github.cameldaraja.simulator.stk;

import java.util.Map;
import java.util.Set;

/**
 * The texts that go with result codes.
 */
public final class ResultTexts {

    /** What Safaricom says about a second push. */
    public static final String UNABLE_TO_LOCK =
            "Unable to lock subscriber, a transaction is already in process for the current subscriber";

    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("0", "The service request is processed successfully."),
            Map.entry("1", "The balance is insufficient for the transaction."),
            Map.entry("2", "Declined due to limit rule: less than the minimum transaction amount."),
            Map.entry("3", "Declined due to limit rule: greater than the maximum transaction amount."),
            Map.entry("4", "Declined due to limit rule: would exceed daily transfer limit."),
            Map.entry("8", "Declined due to limit rule: would exceed the maximum balance."),
            Map.entry("17", "Rule limited."),
            Map.entry("1001", UNABLE_TO_LOCK),
            Map.entry("1019", "Transaction has expired."),
            Map.entry("1025", "An error occurred while sending a push request."),
            Map.entry("1032", "Request cancelled by user"),
            Map.entry("1036", "SMSC ACK timeout."),
            Map.entry("1037", "DS timeout user cannot be reached."),
            Map.entry("2001", "The initiator information is invalid."),
            Map.entry("2028", "The request is not permitted according to product assignment."),
            Map.entry("8006", "The security credential is locked."),
            Map.entry("9999", "An error occurred while sending a push request."),
            Map.entry("SFC_IC0003", "The operator does not exist."));

    private static final Set<String> WITHOUT_PROMPT =
            Set.of("2", "3", "17", "1001", "1025", "1036", "2028", "9999", "SFC_IC0003");

    private ResultTexts() {
    }

    /** The text in a callback. */
    static String of(String code) {
        return TEXTS.getOrDefault(code, "The transaction failed.");
    }

    /** The text in a query answer, which is not always that of the callback. */
    static String inQuery(String code) {
        return "1037".equals(code) ? "No response from user." : of(code);
    }

    /** Whether a push that ends like this has shown anything on the phone. */
    static boolean showsPrompt(String code) {
        return !WITHOUT_PROMPT.contains(code);
    }
}
