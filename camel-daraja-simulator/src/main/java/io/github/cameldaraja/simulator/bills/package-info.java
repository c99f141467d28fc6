/**
 * Internal: Bill Manager, e-invoices and the payments of them.
 */
package io.github.cameldaraja.simulator.bills;
