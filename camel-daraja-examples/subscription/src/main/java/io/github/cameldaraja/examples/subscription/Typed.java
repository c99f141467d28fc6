package io.github.cameldaraja.examples.subscription;

import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.PhoneNumbers;
import java.util.Locale;
import java.util.regex.Pattern;

/** What customers type: with blanks, in small letters, or something else altogether. */
final class Typed {

    // an M-Pesa account reference has at most 12 characters
    private static final Pattern ACCOUNT = Pattern.compile("[A-Z0-9]{4,12}");
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{8,15}");

    private Typed() {
    }

    /** Any text without blanks and small letters. */
    static String plain(String text) {
        return text == null ? "" : text.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    }

    static String account(String text) {
        return checked("account", plain(text), ACCOUNT, "must be 4 to 12 letters and digits", "for instance ANNE01");
    }

    static String code(String text) {
        return checked("code", plain(text), CODE, "must be a receipt of 8 to 15 letters and digits",
                "take it as M-Pesa wrote it");
    }

    /** Any Kenyan form as 254 and nine digits. */
    static String phone(String text) {
        return PhoneNumbers.normalise("phone", text == null ? "" : text);
    }

    private static String checked(String field, String text, Pattern form, String rule, String cure) {
        if (!form.matcher(text).matches()) {
            throw new InvalidFieldException(field, rule, cure);
        }
        return text;
    }
}
