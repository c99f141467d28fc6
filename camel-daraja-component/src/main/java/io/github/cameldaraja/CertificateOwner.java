package io.github.cameldaraja;

import io.github.cameldaraja.account.Environment;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose certificate it is that encrypts an operator's password. One of the wrong environment makes a wrong password of the right one,
 * and five of those lock the operator.
 *
 * @param name        the common name of its owner
 * @param environment null if it is neither of Safaricom's that are known
 */
record CertificateOwner(String name, Environment environment) {

    private static final Map<String, Environment> KNOWN = Map.of(
            "apicrypt.safaricom.co.ke", Environment.SANDBOX,
            "apigee.apicaller.safaricom.co.ke", Environment.PRODUCTION);
    private static final Pattern COMMON_NAME = Pattern.compile("(?i)(?:^|,)\\s*CN=([^,]+)");

    /**
     * @param certificate PEM or DER
     * @throws IllegalArgumentException if it is none
     */
    static CertificateOwner of(byte[] certificate) {
        try {
            X509Certificate x509 = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate));
            String subject = x509.getSubjectX500Principal().getName();
            Matcher common = COMMON_NAME.matcher(subject);
            String name = common.find() ? common.group(1) : subject;
            return new CertificateOwner(name, KNOWN.get(name.toLowerCase(Locale.ROOT)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("certificate: is no X.509 certificate, PEM or DER", e);
        }
    }

    /** Whether it is the certificate of a server on the web, which some take for the one that encrypts. */
    boolean isWebServer() {
        return name.equalsIgnoreCase("sandbox.safaricom.co.ke") || name.equalsIgnoreCase("api.safaricom.co.ke");
    }
}
