/** What Camel sees: component, endpoints, producers and consumers. */
package io.github.cameldaraja;
