package io.github.cameldaraja.simulator.pull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.cameldaraja.simulator.wire.Times;

/**
 * The times of Pull: East Africa Time, even where they end with a Z.
 */
final class PullTimes {

    /** Also without seconds, and with the portal's hours of one digit and seconds of three. */
    private static final Pattern REQUESTED =
            Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2}) (\\d{1,2}):(\\d{2})(?::(\\d{2})0?)?");
    private static final DateTimeFormatter ROW = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);

    private PullTimes() {
    }

    static boolean isTime(String text) {
        return read(text).isPresent();
    }

    static Optional<Instant> read(String text) {
        Matcher matcher = REQUESTED.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(number(matcher, 1), number(matcher, 2), number(matcher, 3),
                    number(matcher, 4), number(matcher, 5), matcher.group(6) == null ? 0 : number(matcher, 6))
                    .atZone(Times.NAIROBI).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static String write(Instant at, boolean utc) {
        return ROW.format(at.atZone(utc ? ZoneOffset.UTC : Times.NAIROBI));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
