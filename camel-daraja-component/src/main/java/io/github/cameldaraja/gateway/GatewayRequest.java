package io.github.cameldaraja.gateway;

import io.github.cameldaraja.account.Account;
import java.util.Objects;

/**
 * One POST to Daraja (all its APIs but "Authorization").
 *
 * @param operation  as in the URI; for the texts of exceptions
 * @param account    whose base URL and token are used
 * @param path       below the base URL, beginning with a slash
 * @param body       JSON in UTF-8; holds credentials and is never shown
 * @param movesMoney whether doubt about its fate forbids to send it again
 * @param success    which of the answers with HTTP 200 are successes
 */
public record GatewayRequest(String operation, Account account, String path, byte[] body, boolean movesMoney,
                             SuccessRule success) {

    public GatewayRequest {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(success, "success");
        if (path == null || !path.startsWith("/")) {
            throw new IllegalArgumentException("path of " + operation + " must begin with a slash, is " + path);
        }
    }

    /** A request of the families "STK" and "Result", whose success is {@code ResponseCode} 0. */
    public GatewayRequest(String operation, Account account, String path, byte[] body, boolean movesMoney) {
        this(operation, account, path, body, movesMoney, SuccessRule.RESPONSE_CODE);
    }

    @Override
    public String toString() {
        return "GatewayRequest[" + operation + " for account '" + account.name() + "', POST " + path + "]";
    }
}
