package io.github.cameldaraja.simulator.wire;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads what the simulator's own calls are given; refuses what it would have to guess.
 */
public final class Values {

    /** As far as anybody wants to see. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private Values() {
    }

    /** A whole number, as number or text. */
    public static long whole(JsonNode value) {
        try {
            return new BigDecimal(value.asText()).longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("not a whole number: " + value, e);
        }
    }

    /** A whole number that must be there. */
    public static long whole(Call call, String name) {
        if (call.body().path(name).isMissingNode()) {
            throw new IllegalArgumentException("missing: " + name);
        }
        return whole(call.body().path(name));
    }

    /** A small whole number, such as how often something happens. */
    public static int small(JsonNode value) {
        long whole = whole(value);
        if (whole != (int) whole) {
            throw new IllegalArgumentException("too large: " + value);
        }
        return (int) whole;
    }

    /** The HTTP status of an error; 400 if it has none. */
    public static int status(JsonNode error) {
        return error.has("status") ? small(error.path("status")) : 400;
    }

    /** Seconds, with fractions. */
    public static Duration seconds(JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException("not a number of seconds: " + value);
        }
        if (Math.abs(value.asDouble()) > LONGEST.toSeconds()) {
            throw new IllegalArgumentException("more than a hundred years: " + value);
        }
        return Duration.ofMillis(Math.round(value.asDouble() * 1000));
    }

    /** One of a few names, in capital or small letters. */
    public static <E extends Enum<E>> E name(Class<E> names, String text) {
        return Arrays.stream(names.getEnumConstants())
                .filter(name -> name.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown: " + text + "; known are "
                        + Arrays.stream(names.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
