package io.github.cameldaraja.simulator;

/**
 * What has become of a payment that a customer began on his phone.
 *
 * @param receipt its number, also of a payment that was refused after the merchant was asked; null if it was not tried
 * @param code    the merchant's code if he has refused; null otherwise
 */
public record PhonePayment(Outcome outcome, String receipt, String code) {

    /** The ways in which it can end. */
    public enum Outcome {
        /** Paid, the books have it. */
        PAID,
        /** The customer has too little money. */
        UNAFFORDABLE,
        /** The merchant has refused it. */
        REFUSED,
        /** The merchant did not answer in time and had registered {@code Cancelled}. */
        CANCELLED,
        /** The simulator was reset meanwhile. */
        FORGOTTEN
    }

    /** Whether money has moved. */
    public boolean paid() {
        return outcome == Outcome.PAID;
    }
}
