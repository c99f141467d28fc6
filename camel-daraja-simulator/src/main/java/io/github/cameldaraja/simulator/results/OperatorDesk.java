package io.github.cameldaraja.simulator.results;

import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.wire.OperatorPassword;
import io.github.cameldaraja.simulator.wire.Tally;

/**
 * Lets the API operator in, and locks him after wrong passwords.
 */
public final class OperatorDesk {

    /** So many wrong passwords in a row lock the operator. */
    public static final int PATIENCE = 5;

    private static final String INVALID = "2001";
    private static final String LOCKED = "8006";

    private final Credentials credentials;
    private final OperatorPassword password;
    private final Tally counters;
    private int wrong;
    private boolean locked;

    OperatorDesk(Credentials credentials, OperatorPassword password, Tally counters) {
        this.credentials = credentials;
        this.password = password;
        this.counters = counters;
    }

    /** The result code for somebody who may not come in; null if he may. */
    synchronized String refusal(String name, String securityCredential) {
        if (!credentials.initiatorName().equals(name)) {
            counters.increment("operator.wrong");
            return INVALID;
        }
        if (locked) {
            counters.increment("operator.locked");
            return LOCKED;
        }
        if (password.matches(securityCredential)) {
            wrong = 0;
            return null;
        }
        counters.increment("operator.wrong");
        wrong++;
        locked = wrong >= PATIENCE;
        return INVALID;
    }

    public synchronized boolean locked() {
        return locked;
    }

    /** Wrong passwords since the last right one. */
    public synchronized int wrong() {
        return wrong;
    }

    public synchronized void lock() {
        locked = true;
    }

    /** What the business administrator does. */
    public synchronized void unlock() {
        locked = false;
        wrong = 0;
    }
}
