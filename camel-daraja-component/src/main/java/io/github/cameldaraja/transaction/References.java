package io.github.cameldaraja.transaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    /**
     * Our {@code OriginatorConversationID} of one attempt: the same for the same key, whoever makes it and when, so that Safaricom
     * refuses the second one.
     *
     * @param environment sandbox or production
     * @param account     the account's name
     * @param attempt     1 for the first time
     */
    public static String originatorConversationId(String environment, String account, String operation, String key, int attempt) {
        MessageDigest digest = digest("camel-daraja/originator/v1", environment, account, operation, key);
        digest.update(ByteBuffer.allocate(4).putInt(attempt).array());
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    /**
     * The reference of a payment that came by itself: the same for the same receipt, whoever hears of it and when, so that it has
     * one row.
     */
    public static String ofReceipt(String shortCode, String receipt) {
        return hash("camel-daraja/receipt/v1", shortCode, canonical(receipt));
    }

    /** The reference of what is raised once for all these parts together. */
    public static String ofMatter(String... parts) {
        String[] all = new String[parts.length + 1];
        all[0] = "camel-daraja/matter/v1";
        System.arraycopy(parts, 0, all, 1, parts.length);
        return hash(all);
    }

    /** A receipt as it is compared. */
    public static String canonical(String receipt) {
        return receipt.trim().toUpperCase(Locale.ROOT);
    }

    private static String hash(String... parts) {
        return HexFormat.of().formatHex(digest(parts).digest(), 0, 16);
    }

    // with lengths, or two different parts could run into the same text
    private static MessageDigest digest(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The form that fits an account reference and a customer's eye: the last twelve characters, upper case. */
    public static String shortForm(String reference) {
        return reference.substring(reference.length() - SHORT_LENGTH).toUpperCase(Locale.ROOT);
    }
}
