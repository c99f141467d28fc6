package io.github.cameldaraja.simulator.family;

import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Paths;

/**
 * One family of Daraja's APIs: its paths and its state.
 */
public interface Family {

    /** Names the paths of Daraja that it answers. */
    void mount(Paths paths);

    /** Back to the start; the clock has dropped all timers before. */
    default void reset() {
    }

    /** Names its own calls under {@code /simulator}. */
    default void control(ControlPaths paths) {
    }
}
