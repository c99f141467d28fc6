/**
 * Internal: questions about phones, people and organisations that are answered at once.
 */
package io.github.cameldaraja.simulator.lookups;
