package io.github.cameldaraja.gateway;

import io.github.cameldaraja.account.SharedToken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A token with its life (Daraja: "Authorization"). On one node two tokens are the same only if they are the same object; between nodes,
 * if they have one value and were asked for at one time.
 */
final class AccessToken {

    private static final Duration AHEAD = Duration.ofSeconds(60);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);

    private final String value;
    private final Instant issuedAt;
    private final Instant renewAt;
    private final Instant expiresAt;
    private final boolean shared;

    /**
     * @param issuedAt when it was asked for: its life cannot have begun earlier
     * @param life     a minute is kept in reserve, or half of a short life
     */
    AccessToken(String value, Instant issuedAt, Duration life) {
        this(value, issuedAt, life, false);
    }

    private AccessToken(String value, Instant issuedAt, Duration life, boolean shared) {
        Duration used = life.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : life;
        this.value = value;
        // as a database keeps it
        this.issuedAt = issuedAt.truncatedTo(ChronoUnit.MICROS);
        this.expiresAt = this.issuedAt.plus(used);
        this.renewAt = used.compareTo(AHEAD.multipliedBy(2)) < 0 ? this.issuedAt.plus(used.dividedBy(2)) : expiresAt.minus(AHEAD);
        this.shared = shared;
    }

    /** One that a node has stored for all. */
    static AccessToken shared(SharedToken token) {
        return new AccessToken(token.value(), token.issuedAt(), Duration.between(token.issuedAt(), token.expiresAt()), true);
    }

    SharedToken toShared() {
        return new SharedToken(value, issuedAt, expiresAt);
    }

    /** Whether it was found in the store, and may have died there: it is no proof of what a fresh one can do. */
    boolean isShared() {
        return shared;
    }

    /** Whether it is that one, maybe on its way through the store. */
    boolean isCopyOf(AccessToken other) {
        return value.equals(other.value) && issuedAt.equals(other.issuedAt);
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
