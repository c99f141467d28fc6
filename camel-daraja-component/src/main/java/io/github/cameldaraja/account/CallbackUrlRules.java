package io.github.cameldaraja.account;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * What Safaricom accepts as a callback URL (Daraja: "Customer To Business Register URL"): a refused word means no callback at
 * all, often without an error, so it is checked before the first request.
 */
public final class CallbackUrlRules {

    /** Longest URL that is sent. */
    public static final int MAX_LENGTH = 200;

    private static final List<String> WORDS = List.of("m-pesa", "mpesa", "safaricom", "exec", "exe", "cmd", "sql", "query");
    private static final List<String> TUNNELS = List.of("ngrok", "mockbin", "requestbin");

    private CallbackUrlRules() {
    }

    /**
     * Checks the base of all callback URLs.
     *
     * @param url       as configured
     * @param appended  how many characters are going to follow
     * @param safaricom whether the requests go to Safaricom itself, and not to a simulator or proxy
     * @return the URL without a slash at its end
     * @throws IllegalArgumentException naming rule and cure
     */
    public static String check(String url, int appended, boolean safaricom) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw refused("is no URL", "write it as https://pay.example.co.ke");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !scheme.equals("https") && !scheme.equals("http")) {
            throw refused("must be a URL with a host", "write it as https://pay.example.co.ke");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw refused("must have no query, fragment or user", "leave them out");
        }
        String lower = url.toLowerCase(Locale.ROOT);
        for (String word : WORDS) {
            if (lower.contains(word)) {
                throw refused("contains the word '" + word + "', which Safaricom refuses, often silently",
                        "choose another host name or path");
            }
        }
        if (url.length() + appended > MAX_LENGTH) {
            throw refused("is too long: with our path it has more than " + MAX_LENGTH + " characters", "shorten it");
        }
        if (safaricom) {
            checkPublic(uri, scheme, lower);
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static void checkPublic(URI uri, String scheme, String lower) {
        if (!scheme.equals("https")) {
            throw refused("must be https", "Safaricom refuses http");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.endsWith(".localhost") || host.startsWith("127.") || host.equals("[::1]")) {
            throw refused("must be reachable from the internet", "name a public host, or set baseUrl to a simulator");
        }
        for (String tunnel : TUNNELS) {
            if (lower.contains(tunnel)) {
                throw refused("is a tunnel that Safaricom blocks (" + tunnel + ")", "use a host of your own");
            }
        }
    }

    private static IllegalArgumentException refused(String rule, String cure) {
        return new IllegalArgumentException("callbackBaseUrl " + rule + "; " + cure);
    }
}
