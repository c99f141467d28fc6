package io.github.cameldaraja.simulator.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

import javax.crypto.Cipher;

import io.github.cameldaraja.simulator.Credentials;

/**
 * The API operator's password as it arrives, encrypted for the certificate of {@link Credentials#defaults()}.
 */
public final class OperatorPassword {

    private final byte[] expected;
    private final PrivateKey key = key();
    private volatile String lastRight;

    public OperatorPassword(Credentials credentials) {
        expected = credentials.initiatorPassword().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a SecurityCredential hides the right password. */
    public boolean matches(String securityCredential) {
        if (securityCredential.equals(lastRight)) {
            // callers keep theirs, and to decrypt it takes longer than all the rest of a request
            return true;
        }
        boolean right = isRight(securityCredential);
        if (right) {
            lastRight = securityCredential;
        }
        return right;
    }

    private boolean isRight(String securityCredential) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.DECRYPT_MODE, key);
            return MessageDigest.isEqual(cipher.doFinal(Base64.getDecoder().decode(securityCredential)), expected);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static PrivateKey key() {
        try (InputStream in = Credentials.class.getResourceAsStream("certificate-key.pem")) {
            String pem = new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
