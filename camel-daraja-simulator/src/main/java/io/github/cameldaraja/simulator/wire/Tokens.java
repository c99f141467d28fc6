package io.github.cameldaraja.simulator.wire;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.github.cameldaraja.simulator.SimulatorSettings;

/**
 * The access tokens in circulation.
 */
public final class Tokens {

    private static final String BEARER = "Bearer ";

    private final SimulatorSettings settings;
    private final Clock clock;
    private final Ids ids;
    private final Answers answers;
    private final Map<String, Instant> expiries = new HashMap<>();

    public Tokens(SimulatorSettings settings, Clock clock, Ids ids, Answers answers) {
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.answers = answers;
    }

    /** A new token. */
    public synchronized String issue() {
        if (settings.newTokenKillsOld()) {
            expiries.clear();
        }
        Instant now = clock.instant();
        expiries.values().removeIf(expiry -> !expiry.isAfter(now));
        String token = ids.token();
        expiries.put(token, now.plus(settings.tokenLife()));
        return token;
    }

    /** Refuses a request without a living token, in the shape of its family. */
    public void check(Exchange exchange, TokenRefusal refusal) {
        String header = exchange.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new Refused(answers.error(404, "404.001.04", "Invalid Authentication Header"));
        }
        String token = header.substring(BEARER.length()).trim();
        if (!lives(token)) {
            throw new Refused(refusal.answer(answers, token));
        }
    }

    /** Kills all tokens. */
    public synchronized void revokeAll() {
        expiries.clear();
    }

    private synchronized boolean lives(String token) {
        Instant expiry = expiries.get(token);
        return expiry != null && expiry.isAfter(clock.instant());
    }
}
