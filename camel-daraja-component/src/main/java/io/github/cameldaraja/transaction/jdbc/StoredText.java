package io.github.cameldaraja.transaction.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that come from outside, in a form that every database keeps as it is. */
final class StoredText {

    private static final int LONGEST_KEY = 120;
    // PostgreSQL has no NUL, and half a surrogate pair is no character anywhere
    private static final Pattern ODD = Pattern.compile("[\\x00\\\\\\x{D800}-\\x{DFFF}\\x{10000}-\\x{10FFFF}]");
    private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e]*");

    private StoredText() {
    }

    static String write(String text) {
        return text == null ? null : ODD.matcher(text).replaceAll(StoredText::escape);
    }

    static String read(String stored) {
        return stored == null ? null : ESCAPED.matcher(stored).replaceAll(StoredText::unescape);
    }

    /** Its beginning, for a column that is no longer than that. */
    static String cut(String text, int length) {
        String stored = write(text);
        return stored == null || stored.length() <= length ? stored : stored.substring(0, length);
    }

    /** Stands for the text in an index, which has no room for long ones; the text itself if it is a usual one. */
    static String key(String text) {
        return text.length() <= LONGEST_KEY && PLAIN.matcher(text).matches() ? text : "sha256 " + hash(text);
    }

    private static String hash(String text) {
        try {
            // as written, for UTF-8 has no half pairs and would make them all the same
            byte[] bytes = write(text).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String escape(MatchResult odd) {
        StringBuilder escaped = new StringBuilder();
        // the first backslash is for replaceAll
        odd.group().chars().forEach(unit -> escaped.append(String.format("\\\\u%04x", unit)));
        return escaped.toString();
    }

    private static String unescape(MatchResult escaped) {
        return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escaped.group(1), 16)));
    }
}
