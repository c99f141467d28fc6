package io.github.cameldaraja.gateway;

import java.time.Duration;
import java.util.Objects;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * How requests travel: immutable, {@link #defaults()} and withers.
 *
 * @param connectTimeout           until a connection is made, and again until its TLS handshake is done
 * @param responseTimeout          until the answer begins, between two parts of it, and with connectTimeout until its end
 * @param connectionRequestTimeout longest wait for a free connection; who has waited longer is not sent
 * @param maxConnections           open at a time, to one host as well as in total; as many threads at most
 * @param maxPending               requests that may wait for a free connection; more are not sent
 * @param sslContextParameters     null: the JVM's trust
 * @param proxyHost                null: none. The connection to the proxy itself is not encrypted, the one through it is
 * @param proxyPort                of the proxy
 * @param proxyUsername            null: the proxy asks for none
 * @param proxyPassword            never shown
 */
public record TransportSettings(Duration connectTimeout, Duration responseTimeout, Duration connectionRequestTimeout,
                                int maxConnections, int maxPending, SSLContextParameters sslContextParameters,
                                String proxyHost, Integer proxyPort, String proxyUsername, String proxyPassword) {

    private static final TransportSettings DEFAULTS = new TransportSettings(Duration.ofSeconds(5), Duration.ofSeconds(30),
            Duration.ofSeconds(5), 100, 1000, null, null, null, null, null);

    public TransportSettings {
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("responseTimeout", responseTimeout);
        requirePositive("connectionRequestTimeout", connectionRequestTimeout);
        require(maxConnections > 0, "maxConnections must be at least 1; 100 is the default");
        require(maxPending >= 0, "maxPending must not be negative; 1000 is the default");
        require((proxyHost == null) == (proxyPort == null), "proxyHost and proxyPort belong together; set both or none");
        require((proxyUsername == null) == (proxyPassword == null),
                "proxyUsername and proxyPassword belong together; set both or none");
    }

    public static TransportSettings defaults() {
        return DEFAULTS;
    }

    public TransportSettings withTimeouts(Duration connect, Duration response, Duration connectionRequest) {
        return new TransportSettings(connect, response, connectionRequest, maxConnections, maxPending, sslContextParameters,
                proxyHost, proxyPort, proxyUsername, proxyPassword);
    }

    public TransportSettings withConnectTimeout(Duration timeout) {
        return withTimeouts(timeout, responseTimeout, connectionRequestTimeout);
    }

    public TransportSettings withResponseTimeout(Duration timeout) {
        return withTimeouts(connectTimeout, timeout, connectionRequestTimeout);
    }

    public TransportSettings withConnectionRequestTimeout(Duration timeout) {
        return withTimeouts(connectTimeout, responseTimeout, timeout);
    }

    /** How many at a time, and how many may wait. */
    public TransportSettings withLimits(int connections, int pending) {
        return new TransportSettings(connectTimeout, responseTimeout, connectionRequestTimeout, connections, pending,
                sslContextParameters, proxyHost, proxyPort, proxyUsername, proxyPassword);
    }

    public TransportSettings withMaxConnections(int connections) {
        return withLimits(connections, maxPending);
    }

    public TransportSettings withMaxPending(int pending) {
        return withLimits(maxConnections, pending);
    }

    public TransportSettings withSslContextParameters(SSLContextParameters parameters) {
        return new TransportSettings(connectTimeout, responseTimeout, connectionRequestTimeout, maxConnections, maxPending,
                parameters, proxyHost, proxyPort, proxyUsername, proxyPassword);
    }

    /** Through this proxy, or with nulls through none. */
    public TransportSettings withProxy(String host, Integer port, String username, String password) {
        return new TransportSettings(connectTimeout, responseTimeout, connectionRequestTimeout, maxConnections, maxPending,
                sslContextParameters, host, port, username, password);
    }

    private static void requirePositive(String setting, Duration value) {
        Objects.requireNonNull(value, setting);
        require(!value.isZero() && !value.isNegative(), setting + " must be longer than zero, or nothing ever ends");
    }

    private static void require(boolean fulfilled, String rule) {
        if (!fulfilled) {
            throw new IllegalArgumentException(rule);
        }
    }

    @Override
    public String toString() {
        return "TransportSettings[connectTimeout=" + connectTimeout + ", responseTimeout=" + responseTimeout
                + ", connectionRequestTimeout=" + connectionRequestTimeout + ", maxConnections=" + maxConnections
                + ", maxPending=" + maxPending + ", proxy=" + (proxyHost == null ? "none" : proxyHost + ':' + proxyPort) + "]";
    }
}
