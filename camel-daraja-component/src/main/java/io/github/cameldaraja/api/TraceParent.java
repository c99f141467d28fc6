package io.github.cameldaraja.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The trace that a payment is a part of (W3C "Trace Context"): stored among the metadata of its intent, so that what comes of it, hours
 * later and on any node, is a part of the same trace.
 */
public final class TraceParent {

    /** The name of the header, and of the entry among the metadata. */
    public static final String NAME = "traceparent";

    private static final Pattern FORM = Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {
    }

    /** Whether it says which trace: what comes from outside need not. */
    public static boolean isValid(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    /** The one among the metadata, or null. */
    public static String of(Map<String, String> metadata) {
        String text = metadata == null ? null : metadata.get(NAME);
        return isValid(text) ? text : null;
    }

    /** The caller's own metadata. */
    public static Map<String, String> without(Map<String, String> metadata) {
        if (of(metadata) == null) {
            return metadata;
        }
        Map<String, String> own = new LinkedHashMap<>(metadata);
        own.remove(NAME);
        return own;
    }
}
