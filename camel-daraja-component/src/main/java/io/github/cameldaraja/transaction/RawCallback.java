package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Verdict;
import java.time.Instant;

/**
 * A callback as it came, for what cannot be applied.
 *
 * @param reference the reference in its URL
 * @param account   the account in its URL
 * @param body      as posted
 * @param sender    the address it came from, or null
 */
public record RawCallback(String reference, String account, Instant receivedAt, Verdict verdict, String sender, byte[] body) {

    @Override
    public String toString() {
        return "RawCallback[" + reference + " of " + account + ", " + verdict + ", " + body.length + " bytes]";
    }
}
