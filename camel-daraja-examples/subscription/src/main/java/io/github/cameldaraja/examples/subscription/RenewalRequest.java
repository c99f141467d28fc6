package io.github.cameldaraja.examples.subscription;

/**
 * What the browser sends to have a plan renewed every month.
 *
 * @param account whose plan
 * @param phone   that is asked and pays, in any Kenyan form
 */
public record RenewalRequest(String account, String phone) {
}
