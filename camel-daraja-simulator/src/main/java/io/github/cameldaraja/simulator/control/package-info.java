/**
 * Internal: the simulator's own calls under {@code /simulator}.
 */
package io.github.cameldaraja.simulator.control;
