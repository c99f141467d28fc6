package io.github.cameldaraja.account;

import java.net.URI;
import java.time.Duration;

/** Safaricom's two worlds. */
public enum Environment {
    // the sandbox answers five STK queries a minute; production publishes no number, so this is careful
    SANDBOX("https://sandbox.safaricom.co.ke", Duration.ofSeconds(12)),
    PRODUCTION("https://api.safaricom.co.ke", Duration.ofMillis(200));

    private final URI baseUrl;
    private final Duration querySpacing;

    Environment(String baseUrl, Duration querySpacing) {
        this.baseUrl = URI.create(baseUrl);
        this.querySpacing = querySpacing;
    }

    public URI baseUrl() {
        return baseUrl;
    }

    /** The time between two questions of one account. */
    public Duration querySpacing() {
        return querySpacing;
    }
}
