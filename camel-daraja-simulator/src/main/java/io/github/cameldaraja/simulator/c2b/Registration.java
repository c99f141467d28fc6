package io.github.cameldaraja.simulator.c2b;

/**
 * Where a merchant wants to be called.
 *
 * @param shortCode the number as it was registered
 * @param completes what becomes of a payment when nobody answers the validation
 */
record Registration(String shortCode, Version version, boolean completes, String confirmationUrl,
        String validationUrl) {
}
