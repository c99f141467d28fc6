/**
 * Internal: M-Pesa Ratiba, i.e. standing orders.
 */
package io.github.cameldaraja.simulator.ratiba;
