package io.github.cameldaraja.management;

import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.PhoneNumbers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What all desks do alike: wait for the store, and answer in words and types that a console far away knows too. */
final class DeskWork {

    private static final long PATIENCE_SECONDS = 60;

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

    static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }
}
