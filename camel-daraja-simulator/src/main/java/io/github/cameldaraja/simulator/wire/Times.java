package io.github.cameldaraja.simulator.wire;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Times as written in Kenya.
 */
public final class Times {

    /** Where Safaricom lives. */
    public static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");

    /** yyyyMMddHHmmss as in Timestamp and TransactionDate. */
    public static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    private Times() {
    }

    /** Like 20260721093000. */
    public static String compact(Instant instant) {
        return COMPACT.format(instant.atZone(NAIROBI));
    }

    /** ISO with the offset of Nairobi. */
    public static String iso(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME
                .format(instant.truncatedTo(ChronoUnit.MILLIS).atZone(NAIROBI));
    }
}
