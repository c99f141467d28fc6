package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.account.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What one secret makes: a key that encrypts (AES-256-GCM with a random nonce) and one that hashes phone numbers. Each value is bound
 * to its row, so that it opens nowhere else.
 */
final class SealingKey {

    private static final String SALT = "camel-daraja/stored/v1";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final byte[] phones;
    private final String id;

    SealingKey(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        key = new SecretKeySpec(Hkdf.derive(SALT, bytes, "seal"), "AES");
        phones = Hkdf.derive(SALT, bytes, "phones");
        id = HexFormat.of().formatHex(Hkdf.derive(SALT, bytes, "key id"), 0, 4);
    }

    /** Stands beside what it has sealed, and tells nothing of it. */
    String id() {
        return id;
    }

    /**
     * Encrypts.
     *
     * @param row names where the value stands
     */
    Sealed seal(byte[] plain, String row) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, row);
            byte[] value = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, value, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, value, NONCE_BYTES);
            return new Sealed(id, value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    /**
     * Decrypts what was sealed for that row.
     *
     * @throws IllegalStateException if it was not, or was changed since
     */
    byte[] open(byte[] value, String row) {
        try {
            if (value.length >= NONCE_BYTES + TAG_BITS / 8) {
                return cipher(Cipher.DECRYPT_MODE, value, row).doFinal(value, NONCE_BYTES, value.length - NONCE_BYTES);
            }
        } catch (GeneralSecurityException e) {
            throw unopened(row, e);
        }
        throw unopened(row, null);
    }

    /** Stands for a trace of a phone number in an index, as long as this secret is used. */
    String hash(String trace) {
        return HexFormat.of().formatHex(Hkdf.hmac(phones, trace.getBytes(StandardCharsets.UTF_8)));
    }

    private static IllegalStateException unopened(String row, GeneralSecurityException cause) {
        return new UnreadableException("what is stored for " + row + " cannot be opened: it was changed, or belongs elsewhere", cause);
    }

    // the nonce comes first
    private Cipher cipher(int mode, byte[] value, String row) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, value, 0, NONCE_BYTES));
        cipher.updateAAD(row.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
