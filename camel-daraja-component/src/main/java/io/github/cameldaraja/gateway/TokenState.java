package io.github.cameldaraja.gateway;

import java.time.Instant;

/**
 * What may be known of an access token: everything but the token (Daraja: "Authorization").
 *
 * @param issuedAt  when it was asked for
 * @param expiresAt when it ends; it is renewed a minute earlier
 * @param calls     how many tokens this node asked for since its start, retries included
 */
public record TokenState(Instant issuedAt, Instant expiresAt, long calls) {
}
