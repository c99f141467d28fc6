package io.github.cameldaraja.simulator.bills;

/**
 * An organisation that has opted in.
 *
 * @param appKey what its invoicing calls carry in a header
 */
record Biller(
        String shortCode,
        String email,
        String officialContact,
        boolean reminders,
        String logo,
        String callbackUrl,
        String appKey) {
}
