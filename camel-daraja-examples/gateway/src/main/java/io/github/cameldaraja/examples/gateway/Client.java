package io.github.cameldaraja.examples.gateway;

import java.net.URI;

/**
 * A shop that may call.
 *
 * @param payouts whether it may pay out
 * @param webhook where it is told, or null
 */
public record Client(String name, boolean payouts, URI webhook) {
}
