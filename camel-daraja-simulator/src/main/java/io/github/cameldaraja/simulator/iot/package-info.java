/**
 * Internal: IoT SIM management.
 */
package io.github.cameldaraja.simulator.iot;
