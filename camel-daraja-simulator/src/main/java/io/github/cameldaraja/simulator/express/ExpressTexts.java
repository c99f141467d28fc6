package io.github.cameldaraja.simulator.express;

/**
 * The texts that belong to the result codes.
 */
final class ExpressTexts {

    private ExpressTexts() {
    }

    static String of(String code) {
        return switch (code) {
            case "0" -> "The service request is processed successfully.";
            case "1" -> "The balance is insufficient for the transaction.";
            case "4001" -> "User cancelled transaction";
            case "4102" -> "Merchant KYC fail";
            case "4104" -> "Missing Nominated Number";
            case "4201" -> "USSD Network Error";
            case "4203" -> "USSD Exception Error";
            default -> "Request failed";
        };
    }
}
