/**
 * Internal: who holds how much money, and how it moves.
 */
package io.github.cameldaraja.simulator.money;
