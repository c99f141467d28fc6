package io.github.cameldaraja.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealingKeyTest {

    private static final String ID = "391d605a";
    private static final String HASH = "bd20755648d766a116e6d47bb9b6f99a063474ac7f5a90ddc4864b76caaf6676";
    private static final String SEALED = "000102030405060708090a0b5fda36380d5cba0f06223cdb5731ab2d14c5b77ccfb830";
    private static final byte[] PLAIN = "Wanjiku".getBytes(StandardCharsets.UTF_8);

    private final SealingKey key = new SealingKey("a secret of the shop, 32 characters or more");

    @Test
    void whatIsStoredIsReadByLaterVersions() {
        // made by another program, from RFC 5869 and NIST SP 800-38D
        byte[] value = HexFormat.of().parseHex(SEALED);

        assertThat(key.id()).isEqualTo(ID);
        assertThat(key.hash("254712345678")).isEqualTo(HASH);
        assertThat(key.open(value, "payment/a")).isEqualTo(PLAIN);
    }

    @Test
    void theSameTwiceLooksDifferent() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            Sealed sealed = key.seal(PLAIN, "payment/a");
            assertThat(sealed.keyId()).isEqualTo(key.id());
            assertThat(key.open(sealed.value(), "payment/a")).isEqualTo(PLAIN);
            assertThat(seen.add(HexFormat.of().formatHex(sealed.value(), 0, 12))).isTrue();
        }
    }

    @Test
    void whatWasChangedOrMovedDoesNotOpen() {
        byte[] value = key.seal(PLAIN, "payment/a").value();

        assertThatThrownBy(() -> key.open(value, "payment/b")).hasMessageContaining("payment/b cannot be opened");
        assertThatThrownBy(() -> new SealingKey("another secret").open(value, "payment/a")).hasMessageContaining("cannot be opened");
        for (int i = 0; i < value.length; i++) {
            byte[] changed = value.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> key.open(changed, "payment/a")).hasMessageContaining("cannot be opened");
        }
        for (int length : new int[] {0, 11, 12, 27, value.length - 1}) {
            byte[] cut = Arrays.copyOf(value, length);
            assertThatThrownBy(() -> key.open(cut, "payment/a")).as("%s bytes", length).hasMessageContaining("cannot be opened");
        }
    }
}
