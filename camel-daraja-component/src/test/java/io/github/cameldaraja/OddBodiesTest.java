package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that nobody means: each is refused, and none is read without end. */
class OddBodiesTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension();

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    static Stream<Object> odd() {
        return Stream.of(5, 5.5, true, new Object(), List.of(), List.of("a"), new byte[] { 0, (byte) 0xff, 1 }, "[]", "{}", "null", "{\"a\":",
                Optional.empty(), new java.util.Date(), "\u0000", "{\"PhoneNumber\":{\"a\":1},\"Amount\":[1]}",
                "{\"PhoneNumber\":\"0712345678\",\"Amount\":1e400}", "{\"PhoneNumber\":\"0712345678\",\"Amount\":NaN}",
                "[".repeat(5000), "{\"a\":".repeat(5000), Map.of(1, 2), Map.of("Amount", Map.of()),
                Thread.currentThread());
    }

    @ParameterizedTest
    @MethodSource("odd")
    void isRefused(Object body) {
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").open()) {
            Exchange done = shop.send("direct:pay", body);
            assertThat(done.getException()).isInstanceOf(DarajaRequestException.class);
            assertThat(shop.repository().all()).isEmpty();
        }
    }

    @Test
    void aStreamWithoutEndIsNotReadToIt() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return read.incrementAndGet() > 20_000_000L ? -1 : ' ';
            }

            @Override
            public int read(byte[] b, int off, int len) {
                if (read.addAndGet(len) > 20_000_000L) {
                    return -1;
                }
                java.util.Arrays.fill(b, off, off + len, (byte) ' ');
                return len;
            }
        };
        try (Shop shop = Shop.at(safaricom).open()) {
            // not through a route, where Camel would cache it
            Exchange done = shop.send("daraja:stkPush", endless);
            assertThat(done.getException()).isInstanceOf(DarajaRequestException.class);
            assertThat(read.get()).isLessThan(10_000_000L);
        }
    }
}
