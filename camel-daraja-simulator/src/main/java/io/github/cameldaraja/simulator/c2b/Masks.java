package io.github.cameldaraja.simulator.c2b;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ways in which a customer's number is hidden.
 */
final class Masks {

    private Masks() {
    }

    /** As version 1 hides it: lower-case SHA-256 without salt. */
    static String hash(String phone) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(phone.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As version 2 hides it, like {@code 2547 ***** 126}. */
    static String blanks(String phone) {
        return phone.substring(0, 4) + " ***** " + phone.substring(9);
    }

    /** As some captures have it, like {@code 25470****149}. */
    static String stars(String phone) {
        return phone.substring(0, 5) + "****" + phone.substring(9);
    }

    static String of(Version version, String phone) {
        return version == Version.V1 ? hash(phone) : blanks(phone);
    }
}
