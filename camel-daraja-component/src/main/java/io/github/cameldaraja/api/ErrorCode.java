package io.github.cameldaraja.api;

import java.util.Locale;
import java.util.Set;

/**
 * One row of the table of errors: what Daraja answers at once instead of taking a request; an empty cell means any.
 *
 * @param http       {@code 429}, or {@code 4xx} for the class
 * @param code       the code; {@code policies.*} for its beginning; {@code -} for none, because Daraja did not say this
 * @param text       how the text begins, or with a leading {@code ~} what it contains; case does not matter
 * @param kind       what the caller may do; decides the exception
 * @param category   whose matter it is
 * @param retry      what comes before a repeat
 * @param advice     what to do, a sentence without a full stop
 * @param operations the operations it is said of; empty for any
 * @param onlyThere  whether the row counts for these operations only, because elsewhere the same words mean something else
 * @param source     how sure it is
 */
public record ErrorCode(String http, String code, String text, ErrorKind kind, ResultCategory category, Retry retry,
                        String advice, Set<String> operations, boolean onlyThere, CodeSource source) {

    /** A row of Safaricom's documentation that may be said of any operation. */
    ErrorCode(String http, String code, String text, ErrorKind kind, ResultCategory category, Retry retry, String advice) {
        this(http, code, text, kind, category, retry, advice, Set.of(), false, CodeSource.DOCUMENTED);
    }

    /** The same row, said of these operations; it counts for others, too. */
    ErrorCode saidOf(String... names) {
        return new ErrorCode(http, code, text, kind, category, retry, advice, Set.of(names), false, source);
    }

    /** The same row, for these operations only. */
    ErrorCode onlyOf(String... names) {
        return new ErrorCode(http, code, text, kind, category, retry, advice, Set.of(names), true, source);
    }

    /** The same row, by another source. */
    ErrorCode from(CodeSource other) {
        return new ErrorCode(http, code, text, kind, category, retry, advice, operations, onlyThere, other);
    }

    /** Whether nothing can come of the request any more. */
    public boolean isFinal() {
        return retry != Retry.QUERY && category != ResultCategory.PENDING;
    }

    /** Whether the same request, sent again later, is safe and may succeed. */
    public boolean retriable() {
        return retry == Retry.TOKEN || retry == Retry.WAIT;
    }

    /**
     * Whether the row fits an answer.
     *
     * @param operation    the one that was answered; null for the token call
     * @param status       of HTTP
     * @param receivedCode or null
     * @param receivedText or null
     * @param foreign      whether there is nothing in the answer that Daraja itself would have said
     */
    boolean matches(String operation, int status, String receivedCode, String receivedText, boolean foreign) {
        return (!onlyThere || operation != null && operations.contains(operation))
                && matchesHttp(status) && matchesCode(receivedCode, foreign) && matchesText(receivedText);
    }

    private boolean matchesHttp(int status) {
        return http.isEmpty() || http.equals(Integer.toString(status)) || http.equals(status / 100 + "xx");
    }

    private boolean matchesCode(String received, boolean foreign) {
        if (code.isEmpty()) {
            return true;
        }
        if (code.equals("-")) {
            return foreign;
        }
        if (received == null) {
            return false;
        }
        return code.endsWith("*") ? received.startsWith(code.substring(0, code.length() - 1)) : code.equals(received);
    }

    private boolean matchesText(String received) {
        if (text.isEmpty()) {
            return true;
        }
        if (received == null) {
            return false;
        }
        String lower = received.trim().toLowerCase(Locale.ROOT);
        String wanted = text.toLowerCase(Locale.ROOT);
        return wanted.startsWith("~") ? lower.contains(wanted.substring(1)) : lower.startsWith(wanted);
    }
}
