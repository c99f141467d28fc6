package io.github.cameldaraja.gateway;

import java.time.Duration;

/** Sees what Safaricom was asked and how that went. Must be quick. */
@FunctionalInterface
public interface GatewayWatcher {

    /**
     * A request has its answer, or never will.
     *
     * @param time    it took, waiting for a token and a connection included
     * @param failure null if there is none
     */
    void answered(String operation, String account, Duration time, Throwable failure);
}
