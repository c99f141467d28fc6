package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The smoke test with somebody's own keys, here with those of a simulator; and that it lets production alone. */
class SandboxSmokeTest extends EndToEnd {

    @TempDir
    Path folder;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> settings = new ArrayList<>();

    @BeforeEach
    void keys() {
        int port = Ports.free();
        settings.addAll(List.of("camel.component.daraja.baseUrl=" + safaricom.baseUrl(),
                "camel.component.daraja.consumerKey=" + safaricom.credentials().consumerKey(),
                "camel.component.daraja.consumerSecret=" + safaricom.credentials().consumerSecret(),
                "camel.component.daraja.shortCode=" + payBill,
                "camel.component.daraja.passkey=" + safaricom.credentials().passkey(),
                "camel.component.daraja.callbackBaseUrl=http://127.0.0.1:" + port,
                "camel.component.daraja.callbackHost=127.0.0.1", "camel.component.daraja.callbackPort=" + port));
    }

    private int run(String... more) throws Exception {
        settings.addAll(List.of(more));
        Path file = Files.write(folder.resolve("my.properties"), settings);
        return new SandboxSmoke(new PrintStream(printed, true, StandardCharsets.UTF_8)).run(List.of(file.toString()));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void rightKeysPayAShillingInTheSandbox() throws Exception {
        assertThat(run()).as(printed()).isZero();
        assertThat(printed()).containsPattern("OK +default +short code").containsPattern("OK +default +QR code +made")
                .containsPattern("OK +default +push +taken by Safaricom; its outcome is COMPLETED");
        assertThat(safaricom.books().payments()).hasSize(1);
    }

    @Test
    void whatTheDoctorFindsEndsIt() throws Exception {
        assertThat(run("camel.component.daraja.passkey=" + "0".repeat(64))).isEqualTo(1);
        assertThat(printed()).contains("the pass key does not belong to").doesNotContain("push");
        assertThat(safaricom.books().payments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "camel.component.daraja.environment=PRODUCTION", "camel.component.daraja.baseUrl=https://api.safaricom.co.ke",
        "camel.component.daraja.accounts[live].environment=PRODUCTION", "camel.component.daraja.baseUrl=https://daraja.example.co.ke" })
    void whatIsNotTheSandboxIsRefused(String setting) throws Exception {
        // https, for Safaricom's own
        assertThat(run(setting, "camel.component.daraja.callbackBaseUrl=https://pay.example.co.ke")).isEqualTo(2);
        assertThat(printed()).startsWith("Refused: account '").contains("nothing was sent");
        assertThat(safaricom.requests()).isEmpty();
    }

    @Test
    void settingsMustBeThere() throws Exception {
        SandboxSmoke smoke = new SandboxSmoke(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(smoke.run(List.of())).isEqualTo(2);
        assertThat(smoke.run(List.of(folder.resolve("nowhere").toString()))).isEqualTo(2);
        assertThat(printed()).contains("-Dsettings=my.properties");
    }
}
