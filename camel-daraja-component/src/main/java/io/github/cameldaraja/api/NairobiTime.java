package io.github.cameldaraja.api;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** Time as Daraja writes it: East Africa Time, {@code yyyyMMddHHmmss}, without an offset. */
public final class NairobiTime {

    /** Kenya's zone; +03:00 without daylight saving. */
    public static final ZoneId ZONE = ZoneId.of("Africa/Nairobi");

    private static final ZoneOffset OFFSET = ZoneOffset.ofHours(3);
    private static final DateTimeFormatter WIRE =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

    private NairobiTime() {
    }

    /** Now, in the form of the STK {@code Timestamp}. */
    public static String timestamp(Clock clock) {
        return WIRE.format(clock.instant().atZone(ZONE));
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
