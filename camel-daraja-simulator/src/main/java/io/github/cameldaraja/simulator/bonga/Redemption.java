package io.github.cameldaraja.simulator.bonga;

/**
 * A well-formed request to pay with points.
 *
 * @param amount whole shillings that the merchant gets
 * @param points that the customer gives for them
 */
record Redemption(String phone, long amount, long points, String shortCode, String accountNumber) {
}
