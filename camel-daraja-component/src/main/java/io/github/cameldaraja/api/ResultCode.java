package io.github.cameldaraja.api;

/**
 * One row of an API's result codes.
 *
 * @param code      as on the wire, always text
 * @param status    what it says about the payment
 * @param category  whose matter it is
 * @param retriable whether a new payment for the same purpose makes sense
 * @param meaning   in our own words
 */
public record ResultCode(String code, PaymentStatus status, ResultCategory category, boolean retriable, String meaning) {
}
