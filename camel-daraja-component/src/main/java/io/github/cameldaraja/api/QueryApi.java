package io.github.cameldaraja.api;

/** A question about a payment that is answered at once. Asking again never harms. */
public non-sealed interface QueryApi extends RequestApi {

    /** What the answer says about the payment; {@link PaymentStatus#PENDING} unless it is final. */
    Outcome.Builder answer(JsonObject answer);

    /** Whether the answer is about the payment that was asked about; one about another says nothing. */
    boolean isAbout(Fields asked, JsonObject answer);

    /** Whether this error is Daraja's way to say "not yet known", which is no error. */
    boolean isPending(ErrorDetails error);

    /** The ids that the question names, so that a stored payment can be found by them. */
    PaymentIds asksAbout(Fields asked);
}
