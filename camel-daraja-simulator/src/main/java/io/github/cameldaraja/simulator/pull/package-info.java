/**
 * Internal: Pull, by which merchants ask for payments that they were not told of.
 */
package io.github.cameldaraja.simulator.pull;
