package io.github.cameldaraja.simulator.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The forms that values of requests must have.
 */
public final class Formats {

    private static final Pattern SHORT_CODE = Pattern.compile("\\d{5,9}");
    private static final Pattern PHONE = Pattern.compile("254[71]\\d{8}");
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}");
    private static final List<String> FORBIDDEN_WORDS =
            List.of("mpesa", "m-pesa", "safaricom", "exe", "exec", "cmd", "sql", "query");

    private final boolean httpAllowed;

    /** With or without plain HTTP and local addresses for callbacks. */
    public Formats(boolean httpAllowed) {
        this.httpAllowed = httpAllowed;
    }

    /** Five to nine digits. */
    public static boolean isShortCode(String text) {
        return SHORT_CODE.matcher(text).matches();
    }

    /** yyyyMMddHHmmss. */
    public static boolean isTimestamp(String text) {
        try {
            return LocalDateTime.parse(text, Times.COMPACT) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** 2547XXXXXXXX or 2541XXXXXXXX. */
    public static boolean isPhone(String text) {
        return PHONE.matcher(text).matches();
    }

    /** Whole shillings between two bounds, inclusive. */
    public static boolean isAmount(String text, long lowest, long highest) {
        return AMOUNT.matcher(text).matches() && Long.parseLong(text) >= lowest && Long.parseLong(text) <= highest;
    }

    /** An address to which Safaricom would send callbacks. */
    public boolean isCallback(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return false;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || FORBIDDEN_WORDS.stream().anyMatch(lower::contains)) {
            return false;
        }
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        return httpAllowed ? https || http : https && !isLocal(uri.getHost());
    }

    private static boolean isLocal(String host) {
        return "localhost".equalsIgnoreCase(host) || host.startsWith("127.") || "[::1]".equals(host);
    }
}
