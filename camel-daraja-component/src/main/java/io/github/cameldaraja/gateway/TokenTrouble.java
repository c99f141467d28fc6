package io.github.cameldaraja.gateway;

import java.time.Instant;

/**
 * That an account gets no access token.
 *
 * @param since when that was tried in vain first
 * @param last  when it was tried last
 * @param why   what was said; redacted
 */
public record TokenTrouble(Instant since, Instant last, String why) {
}
