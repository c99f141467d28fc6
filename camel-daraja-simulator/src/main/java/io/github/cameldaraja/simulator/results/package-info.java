/**
 * Internal: the APIs that answer later at a ResultURL, that is B2C, Pochi, B2B, tax, status, balance and reversal.
 */
package io.github.cameldaraja.simulator.results;
