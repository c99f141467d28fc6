package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;

import org.junit.jupiter.api.Test;

class CredentialsTest {

    @Test
    void hasACertificateForTheOperatorsPassword() throws Exception {
        byte[] pem = Credentials.defaults().certificatePem().getBytes(StandardCharsets.US_ASCII);
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength()).isEqualTo(2048);
    }
}
