package io.github.cameldaraja.account;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.crypto.Cipher;

/**
 * The {@code SecurityCredential}: the initiator's password, encrypted with Safaricom's certificate (RSA, PKCS #1 v1.5) and
 * Base64 in one line (Daraja: "Security credential").
 */
public final class SecurityCredential {

    private SecurityCredential() {
    }

    /**
     * Encrypts; the result differs at each call and is valid each time.
     *
     * @param certificate PEM or DER. Its dates are not checked: Safaricom's certificates have all expired.
     * @throws IllegalArgumentException if the certificate cannot be read or holds no RSA key
     */
    public static String encrypt(String initiatorPassword, byte[] certificate) {
        try {
            var x509 = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
            if (!"RSA".equals(x509.getPublicKey().getAlgorithm())) {
                throw new IllegalArgumentException("certificate: must hold an RSA key, holds "
                        + x509.getPublicKey().getAlgorithm() + "; take the one that the developer portal offers for the environment");
            }
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            // by key, not by certificate: the latter would look at the key usage of a certificate that has long expired
            cipher.init(Cipher.ENCRYPT_MODE, x509.getPublicKey());
            return Base64.getEncoder().encodeToString(cipher.doFinal(initiatorPassword.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("certificate: cannot encrypt the initiator password with it (PEM or DER of an X.509"
                    + " certificate is expected); take the one that the developer portal offers for the environment", e);
        }
    }
}
