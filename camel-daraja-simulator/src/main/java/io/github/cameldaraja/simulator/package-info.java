/**
 * A local Safaricom: the Daraja APIs with customers, merchants and books, for tests in any language.
 *
 * <p>{@link io.github.cameldaraja.simulator.DarajaSimulator} is the way in.
 */
package io.github.cameldaraja.simulator;
