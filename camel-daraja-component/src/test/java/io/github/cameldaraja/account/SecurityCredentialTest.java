package io.github.cameldaraja.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.crypto.Cipher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a certificate of our own, long expired, whose private key tells whether the encryption is right. */
class SecurityCredentialTest {

    private static final String PASSWORD = "Op3rator#pass";

    @TempDir
    private static Path folder;
    private static KeyStore keys;

    @BeforeAll
    static void makeAnExpiredCertificate() throws Exception {
        Path store = folder.resolve("operator.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(keytool, "-genkeypair", "-alias", "operator", "-keyalg", "RSA", "-keysize", "2048",
                "-dname", "CN=test.example", "-startdate", "2014/01/01 00:00:00", "-validity", "30", "-keystore", store.toString(),
                "-storetype", "PKCS12", "-storepass", "changeit").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
    }

    @Test
    void anExpiredCertificateInDerEncrypts() throws Exception {
        String credential = SecurityCredential.encrypt(PASSWORD, der());

        assertThat(credential).hasSize(344).endsWith("==").doesNotContain("\n");
        assertThat(decrypt(credential)).isEqualTo(PASSWORD);
    }

    @Test
    void pemIsTheSame() throws Exception {
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der())
                + "\n-----END CERTIFICATE-----\n";

        assertThat(decrypt(SecurityCredential.encrypt(PASSWORD, pem.getBytes(StandardCharsets.US_ASCII)))).isEqualTo(PASSWORD);
    }

    @Test
    void anAccountEncryptsOnceAndRedacts() throws Exception {
        Path file = Files.write(folder.resolve("operator.cer"), der());
        Account account = new Account("payouts", settings("file:" + file), () -> read(file));
        String credential = account.securityCredential();

        assertThat(decrypt(credential)).isEqualTo(PASSWORD);
        assertThat(account.securityCredential()).as("computed once").isSameAs(credential);
        assertThat(account.redact("credential " + credential + " of " + PASSWORD)).isEqualTo("credential xxxxxx of xxxxxx");
    }

    @Test
    void whatIsNoCertificateIsRefusedAtStartWithoutThePassword() {
        DarajaAccount settings = settings("classpath:nothing.cer");

        assertThatThrownBy(() -> new Account("payouts", settings, () -> "no certificate".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("certificate")
                .hasMessageContaining("developer portal").hasMessageNotContaining(PASSWORD);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> new Account("payouts", new DarajaAccount(), () -> null).securityCredential())
                .hasMessageContaining("camel.component.daraja.accounts[payouts].initiatorPassword");
    }

    private static DarajaAccount settings(String certificate) {
        DarajaAccount settings = new DarajaAccount();
        settings.setInitiatorPassword(PASSWORD);
        settings.setCertificate(certificate);
        return settings;
    }

    private static byte[] der() throws Exception {
        return keys.getCertificate("operator").getEncoded();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String decrypt(String credential) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, keys.getKey("operator", "changeit".toCharArray()));
        return new String(cipher.doFinal(Base64.getDecoder().decode(credential)), StandardCharsets.UTF_8);
    }
}
