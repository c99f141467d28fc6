/**
 * Internal: HTTP, JSON, tokens, callbacks and the forms of Safaricom's identifiers, of no API in particular.
 */
package io.github.cameldaraja.simulator.wire;
