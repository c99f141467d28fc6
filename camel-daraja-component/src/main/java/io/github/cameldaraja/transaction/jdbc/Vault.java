package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.account.Hkdf;
import io.github.cameldaraja.api.PhoneTraces;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Seals and opens what tells of people. What must be recognised for ever and never read again, a key or one of Safaricom's ids, is
 * hashed with a key that no change of the secret touches: it was drawn by lot, and is itself stored sealed.
 */
final class Vault {

    private final SealingKey current;
    private final SealingKey previous;
    private final byte[] indexKey;

    /**
     * @param previous opens and finds what was written before the secret was changed, or null
     */
    Vault(SealingKey current, SealingKey previous, byte[] indexKey) {
        this.current = current;
        this.previous = previous;
        this.indexKey = indexKey;
    }

    /** Null for null. */
    Sealed seal(String text, String row) {
        return text == null ? null : seal(text.getBytes(StandardCharsets.UTF_8), row);
    }

    Sealed seal(byte[] plain, String row) {
        return current.seal(plain, row);
    }

    /** Null for null. */
    String open(Sealed sealed, String row) {
        return sealed == null ? null : new String(openBytes(sealed, row), StandardCharsets.UTF_8);
    }

    byte[] openBytes(Sealed sealed, String row) {
        if (sealed.keyId().equals(current.id())) {
            return current.open(sealed.value(), row);
        }
        if (previous != null && sealed.keyId().equals(previous.id())) {
            return previous.open(sealed.value(), row);
        }
        throw new UnreadableException("what is stored for " + row + " was encrypted with another secret, whose key is "
                + sealed.keyId(), null);
    }

    /** The same value, sealed with the present secret; itself if it is already, null for null. */
    Sealed renew(Sealed sealed, String row) {
        return sealed == null || isCurrent(sealed) ? sealed : seal(openBytes(sealed, row), row);
    }

    boolean isCurrent(Sealed sealed) {
        return sealed.keyId().equals(current.id());
    }

    /** Which key may be left in old rows; null if none may. */
    String previousId() {
        return previous == null ? null : previous.id();
    }

    /** Stands for a text in an index, for ever. */
    String index(String purpose, String text) {
        // as written, for UTF-8 has no half pairs and would make them all the same
        byte[] message = (purpose + '/' + StoredText.write(text)).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Hkdf.hmac(indexKey, message));
    }

    /** Stands for a trace of a phone number in new rows. */
    String hash(String trace) {
        return current.hash(trace);
    }

    /** All that can stand for a person's number. */
    List<String> hashes(String phoneNumber) {
        return PhoneTraces.of(phoneNumber).stream().flatMap(trace -> previous == null ? Stream.of(current.hash(trace))
                : Stream.of(current.hash(trace), previous.hash(trace))).toList();
    }
}
