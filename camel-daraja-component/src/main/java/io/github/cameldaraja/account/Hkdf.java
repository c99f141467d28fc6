package io.github.cameldaraja.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes keys of a secret, one for each purpose, none of which tells anything of another (HKDF with SHA-256, RFC 5869). */
public final class Hkdf {

    private static final String ALGORITHM = "HmacSHA256";

    private Hkdf() {
    }

    /**
     * Extract, then one block of expand, which is all that 32 bytes need.
     *
     * @param salt    whose keys these are, no secret
     * @param purpose what this one is for
     */
    public static byte[] derive(String salt, byte[] secret, String purpose) {
        byte[] pseudoRandom = hmac(bytes(salt), secret);
        return hmac(pseudoRandom, bytes(purpose + '\u0001'));
    }

    /** HMAC with SHA-256. */
    public static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
