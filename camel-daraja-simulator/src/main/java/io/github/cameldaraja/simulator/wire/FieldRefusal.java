package io.github.cameldaraja.simulator.wire;

/**
 * How a family refuses a request whose body is not as it should be.
 */
public interface FieldRefusal {

    /** The answer to a missing or bad field. */
    Answer invalid(String field);

    /** The answer to a body that is not a JSON object. */
    Answer unreadable();
}
