package io.github.cameldaraja.gateway;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.RequestApi;
import io.github.cameldaraja.api.SuccessRule;
import java.util.Map;
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
 * @param headers    besides those of every request; never shown
 */
public record GatewayRequest(String operation, Account account, String path, byte[] body, boolean movesMoney,
                             SuccessRule success, Map<String, String> headers) {

    public GatewayRequest {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(success, "success");
        headers = Map.copyOf(headers);
        if (path == null || !path.startsWith("/")) {
            throw new IllegalArgumentException("path of " + operation + " must begin with a slash, is " + path);
        }
    }

    /** A request of the families "STK" and "Result", whose success is {@code ResponseCode} 0. */
    public GatewayRequest(String operation, Account account, String path, byte[] body, boolean movesMoney) {
        this(operation, account, path, body, movesMoney, SuccessRule.RESPONSE_CODE);
    }

    public GatewayRequest(String operation, Account account, String path, byte[] body, boolean movesMoney, SuccessRule success) {
        this(operation, account, path, body, movesMoney, success, Map.of());
    }

    /** What an API sends for an account. */
    public static GatewayRequest of(RequestApi api, Account account, Fields fields, Owned owned, boolean movesMoney) {
        return new GatewayRequest(api.name(), account, api.path(fields, owned), Json.write(api.request(fields, owned)), movesMoney,
                api.success(), api.headers(owned));
    }

    @Override
    public String toString() {
        return "GatewayRequest[" + operation + " for account '" + account.name() + "', POST " + path + "]";
    }
}
