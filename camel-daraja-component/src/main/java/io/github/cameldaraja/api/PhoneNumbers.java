package io.github.cameldaraja.api;

import java.util.regex.Pattern;

/**
 * Kenyan mobile numbers in the form of the wire: twelve digits, {@code 254} and nine more that begin with 7 or 1.
 *
 * <p>Prefixes of operators are not checked: numbers are portable and ranges grow.
 */
public final class PhoneNumbers {

    private static final Pattern NOISE = Pattern.compile("[\\s().\\-\\u2010-\\u2015]");
    private static final Pattern LOCAL = Pattern.compile("[71][0-9]{8}");
    private static final Pattern WIRE = Pattern.compile("254[71][0-9]{8}");

    private static final Pattern ENDS_WITH_NUMBER = Pattern.compile("[71][0-9]{8}$");

    private PhoneNumbers() {
    }

    /**
     * The wire form of {@code 07…}, {@code 01…}, {@code 7…}, {@code 1…}, {@code +254…} or {@code 254…}, with or without blanks
     * and dashes.
     *
     * @throws InvalidFieldException if it is none of these
     */
    public static String normalise(String field, String text) {
        String number = whole(text);
        if (number == null) {
            throw new InvalidFieldException(field, "must be a Kenyan mobile number",
                    "write it as 07XXXXXXXX, 01XXXXXXXX, +254XXXXXXXXX or 254XXXXXXXXX");
        }
        return number;
    }

    /** A number as a message tells it: in wire form if it is a whole one, otherwise as sent (masked, hashed, short), or null. */
    public static String told(String text) {
        String number = text == null ? null : whole(text);
        return number == null ? text : number;
    }

    // the wire form of a whole number in any form, or null
    private static String whole(String text) {
        String digits = NOISE.matcher(text).replaceAll("");
        if (digits.startsWith("+254")) {
            digits = digits.substring(4);
        } else if (digits.startsWith("254")) {
            digits = digits.substring(3);
        } else if (digits.startsWith("0")) {
            digits = digits.substring(1);
        }
        return LOCAL.matcher(digits).matches() ? "254" + digits : null;
    }

    /** Whether the text is a whole number in wire form: neither masked nor hashed. */
    public static boolean isWhole(String text) {
        return text != null && WIRE.matcher(text).matches();
    }

    /** The number for eyes and logs: {@code 2547*****126}. Anything else than a whole number is starred out from the fifth character. */
    public static String mask(String text) {
        if (text == null || text.length() < 8) {
            return text == null ? null : "*".repeat(text.length());
        }
        int hidden = text.length() - 7;
        return text.substring(0, 4) + "*".repeat(Math.min(hidden, 5)) + text.substring(text.length() - 3);
    }

    /** A text of somebody else's choice for eyes and logs: whole phone numbers in any usual spelling are masked. */
    public static String maskWhole(String text) {
        return text == null || PhoneTraces.in(text).isEmpty() ? maskEnd(text) : mask(text);
    }

    /** An id for eyes and logs: those of pushes end with the nine digits of a number. */
    static String maskEnd(String id) {
        return id == null || !ENDS_WITH_NUMBER.matcher(id).find() ? id
                : id.substring(0, id.length() - 9) + "******" + id.substring(id.length() - 3);
    }
}
