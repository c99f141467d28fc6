package io.github.cameldaraja.api;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;

/** Time as Daraja writes it: East Africa Time, {@code yyyyMMddHHmmss}, without an offset. */
public final class NairobiTime {

    /** Kenya's zone; +03:00 without daylight saving. */
    public static final ZoneId ZONE = ZoneId.of("Africa/Nairobi");

    private static final ZoneOffset OFFSET = ZoneOffset.ofHours(3);
    private static final DateTimeFormatter WIRE =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern BLANK = Pattern.compile(" +");

    private NairobiTime() {
    }

    /** Now, in the form of the STK {@code Timestamp}. */
    public static String timestamp(Clock clock) {
        return WIRE.format(clock.instant().atZone(ZONE));
    }

    /**
     * Reads {@code yyyyMMddHHmmss}, {@code yyyy-MM-dd} and {@code yyyy-MM-dd HH:mm[:ss[.S]]}, the latter also with a T and with an
     * offset, which counts; a date alone is its first moment.
     *
     * @return null if the text is nothing of the kind
     */
    public static OffsetDateTime read(String text) {
        if (text == null || !DATE.matcher(text.trim()).lookingAt()) {
            return parse(text == null ? null : text.trim());
        }
        String iso = BLANK.matcher(text.trim()).replaceFirst("T");
        try {
            if (iso.length() == "yyyy-MM-dd".length()) {
                return LocalDate.parse(iso).atStartOfDay().atOffset(OFFSET);
            }
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime moment ? moment.withOffsetSameInstant(OFFSET)
                    : ((LocalDateTime) time).atOffset(OFFSET);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Reads {@code yyyyMMddHHmmss}; null if the text is nothing of the kind. */
    public static OffsetDateTime parse(String text) {
        if (text == null || text.length() != 14) {
            return null;
        }
        try {
            return LocalDateTime.parse(text, WIRE).atOffset(OFFSET);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
