package io.github.cameldaraja.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Whether a phone as a message tells it can be a number that we know: C2B messages mask it (v2), hash it (v1) or leave it out,
 * and the Pull API may shorten it (Daraja: "Customer To Business", "Pull Transaction").
 */
public final class PhoneMatch {

    private static final Pattern NOISE = Pattern.compile("[\\s+\\-]");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern MASK = Pattern.compile("[0-9*]*\\*[0-9*]*");
    private static final Pattern SHORT = Pattern.compile("[0-9]{3,11}");
    private static final int WIRE_LENGTH = 12;
    private static final int LOCAL_LENGTH = 10;

    private PhoneMatch() {
    }

    /**
     * Whether nothing speaks against it that they are the same.
     *
     * @param told  as Safaricom sent it: whole, masked with stars, the SHA-256 of the twelve digits in hexadecimal, short, or
     *              null or blank, which contradicts nothing
     * @param whole twelve digits, {@code 254…}
     * @return false also if either is nothing of the kind
     */
    public static boolean fits(String told, String whole) {
        if (!PhoneNumbers.isWhole(whole)) {
            return false;
        }
        if (told == null || told.isBlank()) {
            return true;
        }
        String clear = PhoneNumbers.told(told);
        if (PhoneNumbers.isWhole(clear)) {
            return clear.equals(whole);
        }
        String text = NOISE.matcher(told).replaceAll("");
        if (HASH.matcher(text).matches()) {
            return MessageDigest.isEqual(HexFormat.of().parseHex(text), sha256(whole));
        }
        if (MASK.matcher(text).matches()) {
            return fitsMask(text, whole);
        }
        return SHORT.matcher(text).matches() && fitsShort(text, whole);
    }

    // the stars stand for digits one by one, unless their number is not that of a phone's
    private static boolean fitsMask(String mask, String whole) {
        if (mask.length() == WIRE_LENGTH) {
            return fitsEachDigit(mask, whole);
        }
        String local = local(whole);
        if (mask.length() == LOCAL_LENGTH && (mask.charAt(0) == '0' || mask.charAt(0) == '*')) {
            return fitsEachDigit(mask, local);
        }
        String number = mask.startsWith("0") ? local : whole;
        String head = mask.substring(0, mask.indexOf('*'));
        String tail = mask.substring(mask.lastIndexOf('*') + 1);
        return head.length() + tail.length() <= number.length() && number.startsWith(head) && number.endsWith(tail);
    }

    private static boolean fitsEachDigit(String mask, String number) {
        for (int i = 0; i < mask.length(); i++) {
            if (mask.charAt(i) != '*' && mask.charAt(i) != number.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    // which end was cut is not documented
    private static boolean fitsShort(String digits, String whole) {
        String national = whole.substring(3);
        return whole.startsWith(digits) || whole.endsWith(digits) || national.startsWith(digits)
                || local(whole).startsWith(digits);
    }

    private static String local(String whole) {
        return "0" + whole.substring(3);
    }

    private static byte[] sha256(String number) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(number.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
