package io.github.cameldaraja.gateway;

import io.github.cameldaraja.api.ErrorKind;
import java.util.Locale;

/**
 * One row of the table of errors; an empty cell means any.
 *
 * @param http   {@code 429}, or {@code 4xx} for the class
 * @param code   the code; {@code policies.*} for its beginning; {@code -} for none, because Daraja did not say this
 * @param text   how the text begins, or with a leading {@code ~} what it contains; case does not matter
 * @param kind   what the caller may do
 * @param advice what to do, a sentence without a full stop
 */
record ErrorRule(String http, String code, String text, ErrorKind kind, String advice) {

    boolean matches(int status, ErrorEnvelope error) {
        return matchesHttp(status) && matchesCode(error) && matchesText(error.text());
    }

    private boolean matchesHttp(int status) {
        return http.isEmpty() || http.equals(Integer.toString(status)) || http.equals(status / 100 + "xx");
    }

    private boolean matchesCode(ErrorEnvelope error) {
        if (code.isEmpty()) {
            return true;
        }
        if (code.equals("-")) {
            return error.isForeign();
        }
        if (error.code() == null) {
            return false;
        }
        return code.endsWith("*") ? error.code().startsWith(code.substring(0, code.length() - 1)) : code.equals(error.code());
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
