package io.github.cameldaraja.callback;

/**
 * How the callback listener is built.
 *
 * @param componentName the Camel component that serves it, any that implements {@code RestConsumerFactory}
 * @param host          the address to bind
 * @param port          the port to bind
 * @param basePath      the path before ours, empty for none
 */
public record CallbackSettings(String componentName, String host, int port, String basePath) {
}
