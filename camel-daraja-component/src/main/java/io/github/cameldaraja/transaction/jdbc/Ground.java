package io.github.cameldaraja.transaction.jdbc;

import java.util.ArrayList;
import java.util.List;

/** What must be so before a database is trusted with payments; says all that is not, each with its cure. */
final class Ground {

    private final String database;
    private final List<String> faults = new ArrayList<>();

    Ground(String database) {
        this.database = database;
    }

    /**
     * @param fault what is wrong if it is not so, and what to do
     */
    Ground must(boolean so, String fault) {
        if (!so) {
            faults.add(fault);
        }
        return this;
    }

    /**
     * Ends the check.
     *
     * @throws IllegalStateException if anything is wrong
     */
    void check() {
        if (!faults.isEmpty()) {
            throw new IllegalStateException("payments cannot be kept in this " + database + ": " + String.join("; ", faults));
        }
    }
}
