package io.github.cameldaraja.transaction.jdbc;

/** Somebody else has the row, or there is none; who shares a transaction does not wait for it. */
final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BusyException() {
        super("not free", null, false, false);
    }
}
