package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One field that the caller may fill, with the rule that is enforced before anything is sent.
 *
 * @param name        the name on the wire, misspelt where the wire is; callers may write it in any case
 * @param option      another name that callers may use, the option's in URIs; null if the wire's own is good enough
 * @param required    whether a request without it is refused
 * @param descriptive whether it only describes: two requests that differ in nothing else ask for the same
 * @param says        the rule in words, as they continue "must be"
 * @param rule        what makes a value valid, and its form on the wire
 */
public record Field(String name, String option, boolean required, boolean descriptive, String says, Rule rule) {

    /** Turns a caller's value into the wire's, or refuses it. */
    @FunctionalInterface
    public interface Rule {
        /**
         * The value on the wire: text, or a {@link JsonNode} for a structure.
         *
         * @throws InvalidFieldException if the value breaks the rule
         */
        Object apply(String field, Object value);
    }

    /** A rule for text; numbers are taken as text without exponent. */
    @FunctionalInterface
    public interface TextRule {
        /** @throws InvalidFieldException if the text breaks the rule */
        String apply(String field, String text);
    }

    // neither exponent nor grouping nor another script's digits
    private static final Pattern PLAIN_NUMBER = Pattern.compile("[+-]?[0-9]+([.][0-9]+)?");
    // printable and harmless in a prompt and an SMS; the portal says "alphanumeric", the wire takes these too
    private static final Pattern REFERENCE_TEXT = Pattern.compile("[A-Za-z0-9 ._/#&:+-]+");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]+");
    // normally ten, eleven were seen
    private static final Pattern RECEIPT = Pattern.compile("[A-Z0-9]{8,15}");
    private static final String A_PHONE = "a Kenyan mobile number in any form";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    public Field asRequired() {
        return new Field(name, option, true, descriptive, says, rule);
    }

    /** Two requests that differ here only ask for the same: a remark, for instance. */
    public Field asDescriptive() {
        return new Field(name, option, required, true, says, rule);
    }

    /** Callers may also use this name. */
    public Field called(String option) {
        return new Field(name, option, required, descriptive, says, rule);
    }

    /** Whether callers mean this field by that name. */
    public boolean isCalled(String other) {
        return name.equalsIgnoreCase(other) || option != null && option.equalsIgnoreCase(other);
    }

    /**
     * A field of text under a rule of its own.
     *
     * @param says the rule in words, as they continue "must be"
     */
    public static Field of(String name, String says, TextRule rule) {
        return ofAny(name, says, (field, value) -> rule.apply(field, Fields.text(field, value)));
    }

    /** The same for values that are more than text or a number. */
    public static Field ofAny(String name, String says, Rule rule) {
        return new Field(name, null, false, false, says, rule);
    }

    /** A mobile number in any Kenyan form. */
    public static Field phone(String name) {
        return of(name, A_PHONE, PhoneNumbers::normalise);
    }

    /** A mobile number in any Kenyan form, on the wire {@code 07…} or {@code 01…}. */
    public static Field localPhone(String name) {
        return of(name, A_PHONE, (field, text) -> "0" + PhoneNumbers.normalise(field, text).substring(3));
    }

    /** Whole shillings between the limits. A fraction is refused, never rounded. */
    public static Field shillings(String name, long min, long max) {
        String says = "whole shillings from " + min + " to " + max;
        String limits = "must be " + says;
        return of(name, says, (field, text) -> {
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

    /** A whole number between the limits, without sign or leading zeros on the wire. */
    public static Field number(String name, long min, long max) {
        String says = "a whole number from " + min + " to " + max;
        return of(name, says, (field, text) -> {
            String digits = text.trim();
            long number = digits.matches("[0-9]{1,15}") ? Long.parseLong(digits) : -1;
            if (number < min || number > max) {
                throw new InvalidFieldException(field, "must be " + says, "correct it");
            }
            return Long.toString(number);
        });
    }

    /** Digits, of which leading zeros count: short codes, tills. */
    public static Field digits(String name, int min, int max) {
        String says = min + " to " + max + " digits";
        return of(name, says, (field, text) -> {
            String digits = text.trim();
            if (!digits.matches("[0-9]{" + min + "," + max + "}")) {
                throw new InvalidFieldException(field, "must be " + says, "correct it");
            }
            return digits;
        });
    }

    /** Text of letters, digits, blanks and {@code ._/#&:+-}, at most that long. */
    public static Field text(String name, int maxLength) {
        return of(name, length(1, maxLength) + ": letters, digits, blanks and ._/#&:+-", (field, text) -> {
            String trimmed = withLength(field, text, 1, maxLength);
            if (!REFERENCE_TEXT.matcher(trimmed).matches()) {
                throw new InvalidFieldException(field, "may hold letters, digits, blanks and ._/#&:+- only", "leave the others out");
            }
            return trimmed;
        });
    }

    /** Any text without control characters, of that length: names, remarks. */
    public static Field freeText(String name, int minLength, int maxLength) {
        return of(name, length(minLength, maxLength), (field, text) -> {
            String trimmed = withLength(field, text, minLength, maxLength);
            if (CONTROL.matcher(trimmed).find()) {
                throw new InvalidFieldException(field, "may hold no control characters", "leave them out");
            }
            return trimmed;
        });
    }

    /** An id of M-Pesa's or ours: letters, digits and {@code _.-}, of that length. */
    public static Field id(String name, int minLength, int maxLength) {
        return of(name, length(minLength, maxLength) + ": letters, digits and _.-", (field, text) -> {
            String trimmed = withLength(field, text, minLength, maxLength);
            if (!ID.matcher(trimmed).matches()) {
                throw new InvalidFieldException(field, "may hold letters, digits and _.- only", "take it as M-Pesa wrote it");
            }
            return trimmed;
        });
    }

    /** A receipt of M-Pesa's, as customers quote it; small letters become capitals, and a generic id is refused. */
    public static Field receipt(String name) {
        String says = "a receipt of 8 to 15 letters and digits";
        return of(name, says, (field, text) -> {
            String receipt = text.trim().toUpperCase(Locale.ROOT);
            if (!RECEIPT.matcher(receipt).matches()) {
                throw new InvalidFieldException(field, "must be " + says, "take it as M-Pesa wrote it");
            }
            if (Receipts.real(receipt) == null) {
                throw new InvalidFieldException(field, "is the generic id of a question or failure: nothing was booked under it",
                        "take the receipt of the payment");
            }
            return receipt;
        });
    }

    /** One of the listed words, whatever its case. */
    public static Field oneOf(String name, String... words) {
        return oneOf(name, List.of(words));
    }

    /** One of the listed words, whatever its case. */
    public static Field oneOf(String name, List<String> words) {
        String says = "one of " + String.join(", ", words);
        return of(name, says, (field, text) -> {
            for (String word : words) {
                if (word.equalsIgnoreCase(text.trim())) {
                    return word;
                }
            }
            throw new InvalidFieldException(field, "must be " + says, "choose one of them");
        });
    }

    /**
     * A date.
     *
     * @param pattern its form on the wire; callers may also write {@code yyyy-MM-dd}
     */
    public static Field date(String name, String pattern) {
        DateTimeFormatter wire = DateTimeFormatter.ofPattern(pattern.replace('y', 'u')).withResolverStyle(ResolverStyle.STRICT);
        return of(name, "a date, " + pattern + " or yyyy-MM-dd", (field, text) -> {
            for (DateTimeFormatter format : List.of(wire, DateTimeFormatter.ISO_LOCAL_DATE)) {
                try {
                    return wire.format(LocalDate.parse(text.trim(), format));
                } catch (DateTimeException e) {
                    // the next form, or the refusal below
                }
            }
            throw new InvalidFieldException(field, "must be a date", "write it as " + pattern + " or yyyy-MM-dd");
        });
    }

    /** A structure, or anything else that JSON can say, as it is. */
    public static Field json(String name) {
        return ofAny(name, "anything that JSON can say", (field, value) -> Json.toNode(value));
    }

    /**
     * A list of objects with fields of their own; a single object is a list of one.
     *
     * @param fields of each object
     */
    public static Field objects(String name, int max, List<Field> fields) {
        String says = "a list of 1 to " + max + " objects";
        String names = String.join(", ", fields.stream().map(Field::name).toList());
        return ofAny(name, says + " with " + names, (field, value) -> {
            List<Map<String, Object>> all = Json.toObjects(value);
            if (all == null || all.isEmpty() || all.size() > max) {
                throw new InvalidFieldException(field, "must be " + says, "write [{…}, {…}]");
            }
            return Json.toNode(IntStream.range(0, all.size())
                    .mapToObj(i -> Fields.check(field + "[" + i + "]", fields, all.get(i)).toMap()).toList());
        });
    }

    private static String length(int min, int max) {
        return min > 1 ? min + " to " + max + " characters" : "at most " + max + " characters";
    }

    private static String withLength(String field, String text, int min, int max) {
        String trimmed = text.trim();
        if (trimmed.length() > max) {
            throw new InvalidFieldException(field, "must have at most " + max + " characters, has " + trimmed.length(), "shorten it");
        }
        if (trimmed.length() < min) {
            throw new InvalidFieldException(field, "must have at least " + min + " characters, has " + trimmed.length(),
                    "lengthen it");
        }
        return trimmed;
    }
}
