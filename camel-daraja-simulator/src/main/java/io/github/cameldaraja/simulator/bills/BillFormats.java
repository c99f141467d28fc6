package io.github.cameldaraja.simulator.bills;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms of values of Bill Manager.
 */
final class BillFormats {

    private static final Pattern PHONE = Pattern.compile("(?:254|0)?([17]\\d{8})");
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,2})?");
    private static final Pattern DATE = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})( \\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?)?");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private BillFormats() {
    }

    /** 254… of 07…, 7… (a number has no leading zero) or 254…; empty for others. */
    static Optional<String> phone(String text) {
        Matcher matcher = PHONE.matcher(text);
        return matcher.matches() ? Optional.of("254" + matcher.group(1)) : Optional.empty();
    }

    static boolean isPhone(String text) {
        return phone(text).isPresent();
    }

    static boolean isAmount(String text) {
        return AMOUNT.matcher(text).matches();
    }

    /** The day of {@code 2026-07-21} or {@code 2026-07-21 00:00:00.00}; empty for others. */
    static Optional<LocalDate> day(String text) {
        Matcher matcher = DATE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(matcher.group(1), DAY));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static boolean isDay(String text) {
        return day(text).isPresent();
    }
}
