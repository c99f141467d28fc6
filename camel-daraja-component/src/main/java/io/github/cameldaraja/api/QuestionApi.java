package io.github.cameldaraja.api;

/**
 * A question whose answer comes later, by callback. It moves nothing, so asking again never harms and an answer that never comes
 * leaves no debt.
 *
 * <p>Its callback, read with {@link #callback}, tells of the payment that was asked about, if it was about one: the status is that
 * payment's, and {@link PaymentStatus#PENDING} unless it is final.
 */
public non-sealed interface QuestionApi extends OutcomeApi {
}
