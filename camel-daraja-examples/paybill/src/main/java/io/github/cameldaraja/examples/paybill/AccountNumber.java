package io.github.cameldaraja.examples.paybill;

import java.util.Locale;
import java.util.regex.Pattern;

/** Account numbers as people type them, and as they stand in the book. */
public final class AccountNumber {

    // \p{Z}: phones also put blanks of other kinds
    private static final Pattern NOISE = Pattern.compile("[\\s\\p{Z}#]+");

    private AccountNumber() {
    }

    /** The same for {@code inv #7}, {@code INV7} and {@code " Inv 7 "}; empty for nothing. */
    public static String normalise(String typed) {
        return typed == null ? "" : NOISE.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
    }
}
