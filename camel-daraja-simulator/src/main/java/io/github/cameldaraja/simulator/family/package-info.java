/**
 * Internal: what a family of Daraja's APIs is, and what all families share.
 */
package io.github.cameldaraja.simulator.family;
