package io.github.cameldaraja.gateway;

import io.github.cameldaraja.api.ErrorKind;
import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.ErrorDetails;

/**
 * What came of asking for a token: the token, or why there is none, in a form that each of the waiting callers turns into an
 * exception of their own.
 *
 * @param token   null after a failure
 * @param kind    of the failure, else null
 * @param message redacted
 * @param details without operation and account
 * @param cause   or null
 * @param again   whether a second attempt may help
 */
record TokenAnswer(AccessToken token, ErrorKind kind, String message, ErrorDetails details, Throwable cause, boolean again) {

    static TokenAnswer of(AccessToken token) {
        return new TokenAnswer(token, null, null, null, null, false);
    }

    static TokenAnswer failure(ErrorKind kind, String message, ErrorDetails details, Throwable cause, boolean again) {
        return new TokenAnswer(null, kind, message, details, cause, again);
    }

    /** No answer that could be read. */
    static TokenAnswer notSent(String message, Throwable cause, boolean again) {
        return failure(ErrorKind.NOT_SENT, message, ErrorDetails.local(null, null), cause, again);
    }

    DarajaException exception(String operation, Account account) {
        return kind.exception("No access token, so the request was not sent: " + message,
                details.about(operation, account.name()), cause);
    }
}
