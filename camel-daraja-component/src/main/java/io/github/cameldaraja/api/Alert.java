package io.github.cameldaraja.api;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that a person must know of. It tells of nobody: no phone number, no name, no account reference.
 *
 * @param kind      what it is about
 * @param account   the account's name, or null if it concerns all
 * @param operation of the payment, or null if it is about none
 * @param reference of the payment, or null
 * @param message   a sentence for people; it may change, so do not compare it
 * @param time      when it was raised, +03:00
 * @param details   more, by kind
 */
public record Alert(AlertKind kind, String account, String operation, String reference, String message, OffsetDateTime time,
                    Map<String, Object> details) {

    public Alert {
        details = details == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
