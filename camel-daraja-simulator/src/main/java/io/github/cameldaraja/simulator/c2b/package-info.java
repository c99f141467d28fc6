/**
 * Internal: C2B, i.e. payments that customers begin, and what the merchant is told of all payments.
 */
package io.github.cameldaraja.simulator.c2b;
