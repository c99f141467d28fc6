/** Talking in: the listener for Safaricom's callbacks, who may speak, and what is answered. */
package io.github.cameldaraja.callback;
