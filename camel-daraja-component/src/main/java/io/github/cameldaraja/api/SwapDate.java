package io.github.cameldaraja.api;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;

/**
 * A date of the SIM look-ups: {@code dd-MM-yyyy}, with or without {@code HH:mm} (Daraja: "IMSI", "Swap").
 *
 * @param at           when, +03:00; null if nothing is named, or it cannot be read
 * @param noneRecently whether it is the first of January 1900, which stands for "no swap within three months"
 */
record SwapDate(OffsetDateTime at, boolean noneRecently) {

    private static final int NEVER = 1900;
    private static final ZoneOffset OFFSET = ZoneOffset.ofHours(3);
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("dd-MM-uuuu[ HH:mm[:ss]]")
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    /** Reads a date; what is no date is neither a swap nor the promise that there was none. */
    static SwapDate of(String text) {
        if (text == null) {
            return new SwapDate(null, false);
        }
        try {
            LocalDateTime time = LocalDateTime.parse(text.trim(), FORMAT);
            boolean never = time.getYear() == NEVER && time.getDayOfYear() == 1;
            return new SwapDate(never ? null : time.atOffset(OFFSET), never);
        } catch (DateTimeException e) {
            return new SwapDate(null, false);
        }
    }
}
