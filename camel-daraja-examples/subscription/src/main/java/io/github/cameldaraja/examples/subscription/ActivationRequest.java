package io.github.cameldaraja.examples.subscription;

/**
 * What the browser sends to activate a plan.
 *
 * @param account whose plan
 * @param phone   that the payment was made from, in any Kenyan form: a code alone may have been read over a shoulder
 * @param code    from M-Pesa's message about the payment
 */
public record ActivationRequest(String account, String phone, String code) {
}
