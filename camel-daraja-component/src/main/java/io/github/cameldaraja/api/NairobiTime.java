package io.github.cameldaraja.api;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;

/** Time as Daraja writes it: East Africa Time in half a dozen forms, mostly without an offset. */
public final class NairobiTime {

    /** Kenya's zone; +03:00 without daylight saving. */
    public static final ZoneId ZONE = ZoneId.of("Africa/Nairobi");

    private static final ZoneOffset OFFSET = ZoneOffset.ofHours(3);
    private static final int LONGEST = 40;

    private static final DateTimeFormatter WIRE = strict("uuuuMMddHHmmss");
    // with and without seconds; Bill Manager adds hundredths
    private static final List<DateTimeFormatter> MOMENTS = List.of(WIRE, strict("dd.MM.uuuu HH:mm:ss"),
            strict("uuuu-MM-dd HH:mm[:ss]", true), strict("dd-MM-uuuu HH:mm[:ss]", true),
            strict("uuuu-MM-dd'T'HH:mm[:ss]", true));
    private static final List<DateTimeFormatter> DATES =
            List.of(strict("uuuuMMdd"), strict("uuuu-MM-dd"), strict("dd-MM-uuuu"), strict("dd.MM.uuuu"));

    private NairobiTime() {
    }

    /** Now, in the form of the STK {@code Timestamp}. */
    public static String timestamp(Clock clock) {
        return WIRE.format(clock.instant().atZone(ZONE));
    }

    /**
     * Reads a point in time: {@code yyyyMMddHHmmss}, {@code dd.MM.yyyy HH:mm:ss}, {@code yyyy-MM-dd HH:mm[:ss[.SS]]},
     * {@code dd-MM-yyyy HH:mm[:ss]}, or ISO 8601; one that names its offset is taken at its word.
     *
     * @return +03:00; null if the text is nothing of the kind, or a date without time
     */
    public static OffsetDateTime parse(String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        String trimmed = text.trim();
        for (DateTimeFormatter format : MOMENTS) {
            try {
                return LocalDateTime.parse(trimmed, format).atOffset(OFFSET);
            } catch (DateTimeException e) {
                // the next form
            }
        }
        try {
            return OffsetDateTime.parse(trimmed).withOffsetSameInstant(OFFSET);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * Reads a date: {@code yyyyMMdd}, {@code yyyy-MM-dd}, {@code dd-MM-yyyy}, {@code dd.MM.yyyy}, or the day of anything that
     * {@link #parse} reads.
     *
     * @return null if the text is nothing of the kind
     */
    public static LocalDate parseDate(String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        for (DateTimeFormatter format : DATES) {
            try {
                return LocalDate.parse(text.trim(), format);
            } catch (DateTimeException e) {
                // the next form
            }
        }
        OffsetDateTime moment = parse(text);
        return moment == null ? null : moment.toLocalDate();
    }

    private static DateTimeFormatter strict(String pattern) {
        return strict(pattern, false);
    }

    private static DateTimeFormatter strict(String pattern, boolean fraction) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().appendPattern(pattern);
        if (fraction) {
            builder.optionalStart().appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true).optionalEnd();
        }
        return builder.toFormatter().withResolverStyle(ResolverStyle.STRICT);
    }
}
