/**
 * Internal: Lipa na Bonga, i.e. paying with loyalty points.
 */
package io.github.cameldaraja.simulator.bonga;
