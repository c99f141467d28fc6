package io.github.cameldaraja.management;

import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.PhoneNumbers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What all desks do alike: wait for the store, and answer in words and types that a console far away knows too. */
final class DeskWork {

    private static final long PATIENCE_SECONDS = 60;
    private static final int MOST_LISTED = 100;

    private DeskWork() {
    }

    /** What is wrong with it, of a type that a console far away knows too. */
    static <T> CompletableFuture<T> said(Supplier<CompletableFuture<T>> word) {
        try {
            return word.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    static <T> T await(CompletableFuture<T> work) {
        try {
            return work.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IllegalArgumentException) {
                throw new IllegalArgumentException(cause.getMessage());
            }
            throw new IllegalStateException(cause instanceof IllegalStateException ? cause.getMessage()
                    : "the store did not do it: " + cause);
        }
    }

    /**
     * The number in wire form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String number(String phone) {
        try {
            return PhoneNumbers.normalise("phone", phone == null ? "" : phone);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /** How many are listed at most: a form in a console begins with 0, which must not look as if there were none. */
    static int limit(int given) {
        if (given < 0) {
            throw new IllegalArgumentException("limit must not be negative; 0 lists " + MOST_LISTED + " at most");
        }
        return given == 0 ? MOST_LISTED : given;
    }

    /** As people read times: nobody wants nanoseconds. */
    static Instant moment(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A line for each field, for it is read by people. */
    static String json(Object value) {
        return value instanceof Collection<?> list && list.isEmpty() ? "[]"
                : new String(Json.writeLines(value), StandardCharsets.UTF_8);
    }
}
