package io.github.cameldaraja.simulator.results;

import java.util.Map;

/**
 * What the status query calls the kinds of transactions.
 */
final class Reasons {

    private static final Map<String, String> REASONS = Map.of(
            "BusinessPayment", "Business Payment to Customer via API",
            "SalaryPayment", "Salary Payment via API",
            "PromotionPayment", "Promotion Payment via API",
            "BusinessPayToPochi", "Business Pay to Pochi via API",
            "BusinessPayBill", "Business Pay Bill via API",
            "BusinessBuyGoods", "Business Buy Goods via API",
            "BusinessPayToBulk", "Business Pay to Bulk via API",
            "PayTaxToKRA", "Tax Remittance via API",
            "TransactionReversal", "Transaction Reversal via API");

    private Reasons() {
    }

    static String of(String commandId) {
        return REASONS.getOrDefault(commandId, commandId + " via API");
    }
}
