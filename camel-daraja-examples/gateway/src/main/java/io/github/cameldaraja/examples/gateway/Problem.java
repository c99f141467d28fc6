package io.github.cameldaraja.examples.gateway;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Why a request was not done, as RFC 9457 has it, with what to do about it. In all of them nothing was sent to M-Pesa, unless
 * {@code detail} says otherwise.
 *
 * @param type       a name for the kind of problem that stays the same
 * @param title      the kind of problem
 * @param status     the HTTP status
 * @param detail     what is wrong with this request
 * @param field      what is wrong in it, or null
 * @param rule       the rule that it breaks, or null
 * @param cure       what to do
 * @param id         of the payment that it is about, or null
 * @param retryAfter in how many seconds another try makes sense, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, String field, String rule, String cure, String id,
                      @JsonIgnore Long retryAfter) {

    private static Problem of(String kind, String title, int status, String detail, String cure) {
        return new Problem("urn:camel-daraja:problem:" + kind, title, status, detail, null, null, cure, null, null);
    }

    static Problem unauthorized() {
        return of("unauthorized", "Who calls is not known", 401, "the token is missing or unknown",
                "send the header Authorization: Bearer, and the token that you were given");
    }

    static Problem forbidden() {
        return of("forbidden", "This client may not pay out", 403, "the client may ask customers for money, and not send any",
                "let whoever runs the gateway allow payouts for it");
    }

    static Problem tooMany(long seconds) {
        return of("too-many-requests", "Too many requests", 429, "the client has used up its requests of this minute",
                "wait as long as the header Retry-After says, and send the same request again").later(seconds);
    }

    static Problem tooLarge(int most) {
        return of("too-large", "The request is too large", 413, "the body has more than " + most + " bytes",
                "send nothing but the fields of the payment");
    }

    static Problem notFound() {
        return of("not-found", "There is no such payment", 404, "the client has no payment of that id",
                "take the id from the answer to the request, or send the request again with the same Idempotency-Key");
    }

    static Problem noWebhook() {
        return of("not-found", "There is no such webhook", 404, "the client has no webhook of that event",
                "take the event from /webhooks/parked");
    }

    static Problem overtaken(String id) {
        return of("overtaken", "A later webhook has told more", 409,
                "a later webhook of the same payment was sent already; to tell this one after it would tell what is no longer true",
                "look at the payment instead").of(id);
    }

    static Problem invalid(String field, String rule, String cure) {
        return of("invalid", "The request breaks a rule", 400, field + ": " + rule, cure).about(field, rule);
    }

    static Problem keyUsed(String id) {
        return of("key-used", "The idempotency key belongs to another request", 422,
                "the key was used before, for a request with another body; this one was not done",
                "use one key for one payment, and send the same body whenever you send it again")
                .about("Idempotency-Key", "stands for one request").of(id);
    }

    static Problem keyGone(String id, String detail) {
        return of("key-gone", "The idempotency key was used long ago", 409, detail, "if this is another payment, give it another key")
                .about("Idempotency-Key", "is never used twice").of(id);
    }

    static Problem refused(String detail, String id) {
        return of("refused", "The payment is refused", 422, detail, "correct the request; the same one is refused again").of(id);
    }

    static Problem notNow(String detail, Long seconds) {
        return of("not-now", "M-Pesa does not take it now", 503, detail, "send the same request again later, with the same key")
                .later(seconds);
    }

    static Problem failed() {
        return of("failed", "The gateway has failed", 500, "the gateway has failed; it may have sent the request or not",
                "send the same request again with the same Idempotency-Key; without one ask whoever runs the gateway");
    }

    private Problem about(String its, String broken) {
        return new Problem(type, title, status, detail, its, broken, cure, id, retryAfter);
    }

    private Problem of(String payment) {
        return new Problem(type, title, status, detail, field, rule, cure, payment, retryAfter);
    }

    private Problem later(Long seconds) {
        return new Problem(type, title, status, detail, field, rule, cure, id, seconds);
    }

    @JsonIgnore
    boolean isOurs() {
        return status >= 500;
    }
}
