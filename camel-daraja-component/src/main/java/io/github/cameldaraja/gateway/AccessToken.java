package io.github.cameldaraja.gateway;

import java.time.Duration;
import java.time.Instant;

/** A token with its life (Daraja: "Authorization"). Two tokens are the same only if they are the same object. */
final class AccessToken {

    private static final Duration AHEAD = Duration.ofSeconds(60);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);

    private final String value;
    private final Instant issuedAt;
    private final Instant renewAt;
    private final Instant expiresAt;

    /**
     * @param issuedAt when it was asked for: its life cannot have begun earlier
     * @param life     a minute is kept in reserve, or half of a short life
     */
    AccessToken(String value, Instant issuedAt, Duration life) {
        Duration used = life.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : life;
        this.value = value;
        this.issuedAt = issuedAt;
        this.expiresAt = issuedAt.plus(used);
        this.renewAt = used.compareTo(AHEAD.multipliedBy(2)) < 0 ? issuedAt.plus(used.dividedBy(2)) : expiresAt.minus(AHEAD);
    }

    String value() {
        return value;
    }

    String authorization() {
        return "Bearer " + value;
    }

    boolean isUsable(Instant now) {
        return now.isBefore(renewAt);
    }

    Instant issuedAt() {
        return issuedAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public String toString() {
        return "AccessToken[until " + expiresAt + "]";
    }
}
