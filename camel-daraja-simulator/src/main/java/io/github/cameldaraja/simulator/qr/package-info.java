/**
 * Internal: dynamic QR codes.
 */
package io.github.cameldaraja.simulator.qr;
