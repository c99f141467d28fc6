/**
 * Internal: M-Pesa Express, that is STK push and query.
 */
package io.github.cameldaraja.simulator.stk;
