/** Processes that die at a named line, on real databases: what must be true afterwards. */
package io.github.cameldaraja.crash;
