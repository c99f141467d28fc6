package io.github.cameldaraja.simulator.wire;

/**
 * How a family of APIs refuses a token that is not alive.
 */
public enum TokenRefusal {
    /** STK and reversal: HTTP 404 with 404.001.03. */
    STK(404, "404.001.03", "Invalid Access Token", false),
    /** Balance, B2C, Pochi, B2B, tax, status: HTTP 401 with 401.002.01; echoes the token. */
    RESULT(401, "401.002.01", "Error Occurred - Invalid Access Token - ", true),
    /** C2B: HTTP 401 with 401.003.01; echoes the token. */
    C2B(401, "401.003.01", "Error Occurred - Invalid Access Token - ", true),
    /** Pull, organisation info, hakikisha: HTTP 401 with 401.001. */
    PULL(401, "401.001", "Invalid Access Token", false),
    /** Bill Manager: HTTP 401 with an envelope without id. */
    BILL_MANAGER(401, "401", "Unauthorized - Invalid Access Token", false);

    private final int status;
    private final String code;
    private final String message;
    private final boolean echoes;

    TokenRefusal(int status, String code, String message, boolean echoes) {
        this.status = status;
        this.code = code;
        this.message = message;
        this.echoes = echoes;
    }

    Answer answer(Answers answers, String token) {
        String text = echoes ? message + token : message;
        return this == BILL_MANAGER ? answers.errorWithoutId(status, code, text) : answers.error(status, code, text);
    }
}
