package io.github.cameldaraja.api;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Whole phone numbers wherever they stand in texts, so that what concerns a person can be found: in any usual Kenyan spelling, at
 * the end of a push's id, or as the hash that C2B messages tell (Daraja: "Customer To Business"). What is masked cannot be found.
 */
public final class PhoneTraces {

    private static final String NOISE = "[\\s().\\-\\u2010-\\u2015]";
    // without blanks and dashes with or without a prefix; with them only after one, or any two amounts would be a number
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9])(?:(?:\\+?254|0)?[71][0-9]{8}"
            + "|(?:\\+?254|0)" + NOISE + "{0,2}[71](?:" + NOISE + "{0,2}[0-9]){8})(?![0-9])");
    private static final Pattern PUSH_ID = Pattern.compile("ws_CO_[0-9]*([71][0-9]{8})(?![0-9])");
    private static final Pattern HASH = Pattern.compile("(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])");

    private PhoneTraces() {
    }

    /**
     * Finds those in a value of JSON's types.
     *
     * @param value a text, a number, a list, a map, or null
     * @param found in wire form, and hashes as they are, in lower case
     */
    public static void find(Object value, Set<String> found) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> {
                find(name, found);
                find(inner, found);
            });
        } else if (value instanceof Iterable<?> list) {
            list.forEach(inner -> find(inner, found));
        } else if (value != null) {
            findInText(value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString(), found);
        }
    }

    /** What {@link #find} finds of a person with that number. */
    public static List<String> of(String whole) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.US_ASCII));
            return List.of(whole, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What {@link #find} finds in that text. */
    public static Set<String> in(String text) {
        Set<String> found = new TreeSet<>();
        findInText(text, found);
        return found;
    }

    private static void findInText(String text, Set<String> found) {
        NUMBER.matcher(text).results().map(MatchResult::group).map(PhoneNumbers::told).filter(PhoneNumbers::isWhole)
                .forEach(found::add);
        PUSH_ID.matcher(text).results().forEach(id -> found.add("254" + id.group(1)));
        HASH.matcher(text).results().forEach(hash -> found.add(hash.group().toLowerCase(Locale.ROOT)));
    }
}
