package io.github.cameldaraja.transaction;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Makes our own references: 32 lower-case hexadecimal characters, 48 bits of time first, so that they sort by age, then 80 random
 * bits.
 */
public final class References {

    /** Daraja's limit for an account reference. */
    private static final int SHORT_LENGTH = 12;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    public References(Clock clock) {
        this.clock = clock;
    }

    public String next() {
        byte[] noise = new byte[10];
        random.nextBytes(noise);
        byte[] bytes = ByteBuffer.allocate(16).putLong(clock.millis() << 16).put(6, noise).array();
        return HexFormat.of().formatHex(bytes);
    }

    /** The form that fits an account reference and a customer's eye: the last twelve characters, upper case. */
    public static String shortForm(String reference) {
        return reference.substring(reference.length() - SHORT_LENGTH).toUpperCase(Locale.ROOT);
    }
}
