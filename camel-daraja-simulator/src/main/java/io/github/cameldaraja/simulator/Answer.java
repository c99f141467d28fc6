package io.github.cameldaraja.simulator;

/**
 * An HTTP answer.
 *
 * @param status      HTTP status; {@link #RESET_STATUS} resets the connection instead
 * @param contentType null for an answer without body
 */
record Answer(int status, String contentType, String body) {

    static final int RESET_STATUS = -1;
    static final Answer RESET = new Answer(RESET_STATUS, null, "");

    static Answer json(int status, String body) {
        return new Answer(status, "application/json", body);
    }

    static Answer html(int status, String body) {
        return new Answer(status, "text/html;charset=UTF-8", body);
    }

    static Answer empty(int status) {
        return new Answer(status, null, "");
    }
}
