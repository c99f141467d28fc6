package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

import javax.crypto.Cipher;

import org.junit.jupiter.api.Test;

import io.github.cameldaraja.simulator.wire.OperatorPassword;

class CredentialsTest {

    @Test
    void hasACertificateForTheOperatorsPassword() throws Exception {
        byte[] pem = Credentials.defaults().certificatePem().getBytes(StandardCharsets.US_ASCII);
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength()).isEqualTo(2048);
    }

    @Test
    void understandsTheOperatorsPassword() throws Exception {
        Credentials credentials = Credentials.defaults();
        OperatorPassword operator = new OperatorPassword(credentials);
        assertThat(operator.matches(encrypt(credentials.initiatorPassword()))).isTrue();
        assertThat(operator.matches(encrypt("Simulator#2025"))).isFalse();
        assertThat(operator.matches(credentials.initiatorPassword())).as("in clear").isFalse();
        assertThat(operator.matches("AAAA")).as("not encrypted").isFalse();
    }

    private static String encrypt(String password) throws Exception {
        byte[] pem = Credentials.defaults().certificatePem().getBytes(StandardCharsets.US_ASCII);
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE,
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        return Base64.getEncoder().encodeToString(cipher.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    }
}
