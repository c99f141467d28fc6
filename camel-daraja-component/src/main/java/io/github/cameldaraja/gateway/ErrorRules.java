package io.github.cameldaraja.gateway;

import io.github.cameldaraja.api.ErrorCode;
import io.github.cameldaraja.api.ErrorCodes;

/** Finds what an answer means in the table of errors. */
final class ErrorRules {

    private ErrorRules() {
    }

    /** The first row that fits an answer to the token call, or to any operation. */
    static ErrorCode find(int status, ErrorEnvelope error) {
        return find(null, status, error);
    }

    /**
     * The first row that fits; there is always one.
     *
     * @param operation the one that was answered, as in the URI
     */
    static ErrorCode find(String operation, int status, ErrorEnvelope error) {
        return ErrorCodes.of(operation, status, error.code(), error.text(), error.isForeign());
    }
}
