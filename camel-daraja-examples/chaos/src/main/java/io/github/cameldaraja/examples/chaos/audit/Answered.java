package io.github.cameldaraja.examples.chaos.audit;

/**
 * A word about an order's money that Safaricom has delivered.
 *
 * @param direction of the money it speaks about
 * @param paid      whether it says that the money moved; otherwise it says that it did not and never will
 * @param status    HTTP status with which the application has answered; -1 if it did not
 * @param what      for people, e.g. {@code callback at 09:12:04}
 */
public record Answered(Direction direction, boolean paid, int status, String what) {

    /** Whether the application has promised to keep it. */
    public boolean isTaken() {
        return status >= 200 && status < 300;
    }
}
