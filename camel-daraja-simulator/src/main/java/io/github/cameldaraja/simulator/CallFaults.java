package io.github.cameldaraja.simulator;

import io.github.cameldaraja.simulator.wire.AnswerFates;

/**
 * The scripts of how calls are answered, by path.
 *
 * <p>They are for B2B Express, Bill Manager, QR codes, the lookups and IoT; pushes have {@link Faults}.
 */
public final class CallFaults {

    private final AnswerFates fates;

    CallFaults(AnswerFates fates) {
        this.fates = fates;
    }

    /**
     * The next good call of this path follows this script; several calls queue up.
     *
     * @throws IllegalArgumentException for a path that has no scripts of this kind
     */
    public void next(String path, AnswerScript script) {
        fates.next(path, script.fate());
    }
}
