package io.github.cameldaraja.account;

import java.time.Instant;

/**
 * An access token as nodes share it (Daraja: "Authorization").
 *
 * @param issuedAt to the microsecond, as a database keeps it: with the value it tells one token from the next
 */
public record SharedToken(String value, Instant issuedAt, Instant expiresAt) {

    @Override
    public String toString() {
        return "SharedToken[until " + expiresAt + "]";
    }
}
