package io.github.cameldaraja.api;

import java.util.Optional;

/**
 * An API that answers at once and is done: nothing is stored, nothing comes later.
 *
 * @param <A> its answer
 */
public non-sealed interface AnswerApi<A extends DarajaAnswer> extends RequestApi {

    /** Whether the request may be sent again when no clear answer came: it only reads, or the second one changes nothing. */
    default boolean isRepeatable(Fields fields) {
        return false;
    }

    /** Reads an answer that the success rule has passed. */
    A answer(Fields asked, JsonObject answer);

    /** The answer that an error envelope really is, "already registered" for instance; empty if it is an error. */
    default Optional<A> answer(ErrorDetails error) {
        return Optional.empty();
    }

    /** What the route gets as body unless it wants the raw answer. */
    default Object body(A answer) {
        return answer;
    }

    /** The content type of that body; null for a record. */
    default String contentType() {
        return null;
    }
}
