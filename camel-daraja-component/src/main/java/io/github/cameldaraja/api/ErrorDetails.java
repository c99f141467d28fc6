package io.github.cameldaraja.api;

/**
 * What is known of a refused or failed request; credentials are redacted before they get here.
 *
 * @param operation    as in the URI, for instance {@code stkPush}
 * @param account      the account's name
 * @param httpStatus   0 when no HTTP answer exists
 * @param errorCode    Daraja's {@code errorCode}, or Apigee's; null when there is none
 * @param errorMessage Daraja's text; null when there is none
 * @param requestId    Daraja's {@code requestId}, for support cases; null when there is none
 * @param category     whose matter it is; null where nobody has judged
 * @param retriable    whether the same request, sent again later, is safe and may succeed; null where nobody has judged
 */
public record ErrorDetails(String operation, String account, int httpStatus, String errorCode, String errorMessage,
                           String requestId, ResultCategory category, Boolean retriable) {

    /** What was answered, not judged yet. */
    public ErrorDetails(String operation, String account, int httpStatus, String errorCode, String errorMessage,
                        String requestId) {
        this(operation, account, httpStatus, errorCode, errorMessage, requestId, null, null);
    }

    /** For what is refused or fails before any HTTP answer exists. */
    public static ErrorDetails local(String operation, String account) {
        return new ErrorDetails(operation, account, 0, null, null, null);
    }

    /** The same, judged. */
    public ErrorDetails judged(ResultCategory category, Boolean retriable) {
        return new ErrorDetails(operation, account, httpStatus, errorCode, errorMessage, requestId, category, retriable);
    }

    /** The same, said of another operation or account. */
    public ErrorDetails about(String operation, String account) {
        return new ErrorDetails(operation, account, httpStatus, errorCode, errorMessage, requestId, category, retriable);
    }

    // the judgement of an exception's kind, where nobody has given a better one
    ErrorDetails orJudged(ResultCategory category, boolean retriable) {
        return judged(this.category == null ? category : this.category, this.retriable == null ? retriable : this.retriable);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("daraja:").append(operation);
        if (account != null) {
            text.append(" for account '").append(account).append('\'');
        }
        if (httpStatus > 0) {
            text.append(", HTTP ").append(httpStatus);
        }
        if (errorCode != null) {
            text.append(", ").append(errorCode);
        }
        if (errorMessage != null && !errorMessage.isEmpty()) {
            text.append(" \"").append(errorMessage).append('"');
        }
        if (requestId != null) {
            text.append(" (request ").append(requestId).append(')');
        }
        return text.toString();
    }
}
