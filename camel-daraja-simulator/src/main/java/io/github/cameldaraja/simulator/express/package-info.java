/**
 * Internal: B2B Express Checkout, the USSD prompt that lets a till pay a pay bill.
 */
package io.github.cameldaraja.simulator.express;
