package io.github.cameldaraja.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;

class TransportSettingsTest {

    private final TransportSettings defaults = TransportSettings.defaults();

    @Test
    void withersChangeOneThing() {
        SSLContextParameters tls = new SSLContextParameters();
        TransportSettings all = defaults.withConnectTimeout(Duration.ofSeconds(1)).withResponseTimeout(Duration.ofSeconds(2))
                .withConnectionRequestTimeout(Duration.ofSeconds(3)).withMaxConnections(4).withMaxPending(5)
                .withSslContextParameters(tls).withProxy("proxy", 8080, "user", "proxy-secret");

        assertThat(all).isEqualTo(new TransportSettings(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 4, 5,
                tls, "proxy", 8080, "user", "proxy-secret"));
        assertThat(defaults).isEqualTo(new TransportSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(5),
                100, 1000, null, null, null, null, null));
        assertThat(all.toString()).contains("proxy:8080").doesNotContain("proxy-secret");
    }

    @Test
    void refusesWhatWouldHang() {
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withResponseTimeout(Duration.ZERO))
                .withMessageContaining("responseTimeout");
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withConnectTimeout(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMaxConnections(0));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMaxPending(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withProxy("proxy", null, null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withProxy("proxy", 1, "user", null));
    }
}
