package io.github.cameldaraja.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines in which results name people and organisations: {@code 254712345678 - JANE DOE}, {@code 600992 - A Shop}. */
final class Parties {

    private static final int LONGEST = 300;
    // the dash is an en dash in some messages, and blanks come and go; the number may be masked
    private static final Pattern LINE = Pattern.compile("\\s*([+0-9][0-9* ]*?)\\s*(?:[-\\u2010-\\u2015]\\s*(.*))?",
            Pattern.DOTALL);
    // an organisation's number is shorter
    private static final Pattern PHONE = Pattern.compile("(?:\\+?254|0)[71][0-9]{8}");

    /**
     * One party.
     *
     * @param number a phone number or a short code, as sent; null if the line has none
     * @param name   as sent, or null
     */
    record Party(String number, String name) {

        /** The mobile number in the form of the wire; null for organisations and for masked numbers. */
        String phoneNumber() {
            return number != null && PHONE.matcher(number).matches() ? PhoneNumbers.normalise("number", number) : null;
        }

        @Override
        public String toString() {
            return "Party[" + PhoneNumbers.mask(number) + "]";
        }
    }

    private Parties() {
    }

    /** The party of a line; without number and name if the line is null or blank. */
    static Party read(String line) {
        if (line == null || line.isBlank()) {
            return new Party(null, null);
        }
        Matcher matcher = LINE.matcher(line);
        if (line.length() > LONGEST || !matcher.matches()) {
            return new Party(null, line.trim());
        }
        String name = matcher.group(2);
        return new Party(matcher.group(1), name == null || name.isBlank() ? null : name.trim());
    }
}
