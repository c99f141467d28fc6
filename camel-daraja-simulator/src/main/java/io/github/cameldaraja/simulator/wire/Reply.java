package io.github.cameldaraja.simulator.wire;

/**
 * What the receiver of a callback has answered.
 *
 * @param status HTTP status, or {@link #UNDELIVERED_STATUS}
 */
public record Reply(int status, String body) {

    /** The status of a callback that reached nobody. */
    public static final int UNDELIVERED_STATUS = -1;

    /** The reply of nobody. */
    public static final Reply UNDELIVERED = new Reply(UNDELIVERED_STATUS, "");
}
