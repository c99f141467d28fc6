package io.github.cameldaraja.api;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * One field that the caller may fill, with the rule that is enforced before anything is sent.
 *
 * @param name     the name on the wire; callers may write it in any case
 * @param required whether a request without it is refused
 * @param rule     what makes a value valid, and its form on the wire
 */
public record Field(String name, boolean required, Rule rule) {

    /** Turns a caller's text into the wire's, or refuses it. */
    @FunctionalInterface
    public interface Rule {
        /** @throws InvalidFieldException if the text breaks the rule */
        String apply(String field, String text);
    }

    // neither exponent nor grouping nor another script's digits
    private static final Pattern PLAIN_NUMBER = Pattern.compile("[+-]?[0-9]+([.][0-9]+)?");
    // printable and harmless in a prompt and an SMS; the portal says "alphanumeric", the wire takes these too
    private static final Pattern REFERENCE_TEXT = Pattern.compile("[A-Za-z0-9 ._/#&:+-]+");

    public Field asRequired() {
        return new Field(name, true, rule);
    }

    /** A mobile number in any Kenyan form. */
    public static Field phone(String name) {
        return new Field(name, false, PhoneNumbers::normalise);
    }

    /** Whole shillings between the limits. A fraction is refused, never rounded. */
    public static Field shillings(String name, long min, long max) {
        String limits = "must be whole shillings from " + min + " to " + max;
        return new Field(name, false, (field, text) -> {
            BigDecimal amount = PLAIN_NUMBER.matcher(text.trim()).matches() ? JsonObject.toDecimal(text) : null;
            if (amount == null) {
                throw new InvalidFieldException(field, limits, "write digits only");
            }
            if (amount.stripTrailingZeros().scale() > 0) {
                throw new InvalidFieldException(field, limits, "M-Pesa moves no fractions of a shilling, and none is rounded here");
            }
            if (amount.compareTo(BigDecimal.valueOf(min)) < 0 || amount.compareTo(BigDecimal.valueOf(max)) > 0) {
                throw new InvalidFieldException(field, limits, "split it or correct it");
            }
            return amount.toBigIntegerExact().toString();
        });
    }

    /** Text of letters, digits, blanks and {@code ._/#&:+-}, at most that long. */
    public static Field text(String name, int maxLength) {
        return new Field(name, false, (field, text) -> {
            String trimmed = text.trim();
            if (trimmed.length() > maxLength) {
                throw new InvalidFieldException(field, "must have at most " + maxLength + " characters, has " + trimmed.length(),
                        "shorten it");
            }
            if (!REFERENCE_TEXT.matcher(trimmed).matches()) {
                throw new InvalidFieldException(field, "may hold letters, digits, blanks and ._/#&:+- only", "leave the others out");
            }
            return trimmed;
        });
    }

    /** One of the listed words, whatever its case. */
    public static Field oneOf(String name, String... words) {
        return new Field(name, false, (field, text) -> {
            for (String word : words) {
                if (word.equalsIgnoreCase(text.trim())) {
                    return word;
                }
            }
            throw new InvalidFieldException(field, "must be one of " + String.join(", ", words), "choose one of them");
        });
    }
}
