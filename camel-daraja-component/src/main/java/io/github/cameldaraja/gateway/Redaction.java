package io.github.cameldaraja.gateway;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.PhoneNumbers;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Makes fit for logs and exceptions what came from the other side, which likes to echo tokens. */
final class Redaction {

    /** Longest text that an exception repeats. */
    static final int MAX_TEXT = 500;
    private static final int MAX_ID = 100;
    // shorter ones would tear holes into every text
    private static final int MIN_SECRET = 4;
    private static final String GONE = "xxxxxx";

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final Pattern AFTER_INVALID_TOKEN = Pattern.compile("(?is)(invalid access token)\\W*\\w.*");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9+/=._~-]{6,}");
    // passwords and credentials in Base64 are of this length; ids have dashes or underscores, or are shorter
    private static final Pattern LONG_RUN = Pattern.compile("[A-Za-z0-9+/=]{40,}");
    private static final Pattern PHONE = Pattern.compile("(?<![0-9A-Za-z])(?:254|0)[17][0-9]{8}(?![0-9A-Za-z])");

    private Redaction() {
    }

    /**
     * One line of at most 500 characters without secrets.
     *
     * @param tokens the ones used
     */
    static String text(String text, Account account, List<AccessToken> tokens) {
        if (text == null) {
            return null;
        }
        String line = CONTROL.matcher(text).replaceAll(" ").trim();
        line = secrets(line, account, tokens);
        line = AFTER_INVALID_TOKEN.matcher(line).replaceAll("$1");
        line = BEARER.matcher(line).replaceAll("$1 " + GONE);
        line = LONG_RUN.matcher(line).replaceAll(GONE);
        line = PHONE.matcher(line).replaceAll(match -> PhoneNumbers.mask(match.group()));
        return cap(line, MAX_TEXT);
    }

    /** The text without these secrets; null for null. */
    static String without(String text, Collection<String> secrets) {
        String redacted = text;
        for (String secret : secrets) {
            if (redacted != null && secret.length() >= MIN_SECRET) {
                redacted = redacted.replace(secret, GONE);
            }
        }
        return redacted;
    }

    /** A code or id: short, and as it came. */
    static String id(String id, Account account, List<AccessToken> tokens) {
        return id == null ? null : cap(secrets(CONTROL.matcher(id).replaceAll(" "), account, tokens), MAX_ID);
    }

    private static String secrets(String text, Account account, List<AccessToken> tokens) {
        String redacted = account.redact(text);
        for (AccessToken token : tokens) {
            redacted = redacted.replace(token.value(), GONE);
        }
        return redacted;
    }

    private static String cap(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + '…';
    }
}
