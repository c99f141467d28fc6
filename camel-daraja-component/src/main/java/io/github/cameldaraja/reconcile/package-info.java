/** Asking: what became of payments whose callback is late. */
package io.github.cameldaraja.reconcile;
