package io.github.cameldaraja.simulator.wire;

/**
 * An HTTP answer.
 *
 * @param status      HTTP status; {@link #RESET_STATUS} resets the connection instead
 * @param contentType null for an answer without body
 */
public record Answer(int status, String contentType, String body) {

    public static final int RESET_STATUS = -1;
    public static final Answer RESET = new Answer(RESET_STATUS, null, "");

    public static Answer json(int status, String body) {
        return new Answer(status, "application/json", body);
    }

    public static Answer html(int status, String body) {
        return new Answer(status, "text/html;charset=UTF-8", body);
    }

    public static Answer empty(int status) {
        return new Answer(status, null, "");
    }
}
