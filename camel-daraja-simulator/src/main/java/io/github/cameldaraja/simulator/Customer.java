package io.github.cameldaraja.simulator;

/**
 * A customer as he stands at the moment of asking.
 *
 * @param phone   254 and nine digits
 * @param name    invented
 * @param balance whole shillings
 * @param pin     the M-Pesa PIN
 */
public record Customer(String phone, String name, long balance, String pin) {
}
