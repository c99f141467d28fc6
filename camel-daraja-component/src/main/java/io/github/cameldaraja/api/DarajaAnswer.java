package io.github.cameldaraja.api;

import java.util.Map;

/** What an API answers at once, besides acknowledgements and outcomes: a record of its own for each API. */
public interface DarajaAnswer {

    /** The API's own code for success, verbatim; null if it has none. */
    default String code() {
        return null;
    }

    /** The API's own text, verbatim, or null. */
    default String description() {
        return null;
    }

    /** The whole answer, verbatim. */
    Map<String, Object> details();
}
