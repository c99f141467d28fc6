package io.github.cameldaraja.gateway;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.ErrorCode;
import io.github.cameldaraja.api.ErrorDetails;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.impl.DefaultCamelContext;

/** Lets tests of other packages see how the gateway reads an answer. */
public final class GatewayReading {

    private GatewayReading() {
    }

    /**
     * An error as the gateway reads it.
     *
     * @param row     of the table of errors
     * @param details what it says of itself
     */
    public record Read(ErrorCode row, ErrorDetails details) {
    }

    /**
     * Reads an answer.
     *
     * @param operation null for the token call
     * @return null for what is no error
     */
    public static Read read(String operation, int status, byte[] body) {
        ErrorEnvelope error = ErrorEnvelope.read(new TransportAnswer(status, body));
        return error == null ? null : new Read(ErrorRules.find(operation, status, error),
                new ErrorDetails(operation, "shop", status, error.code(), error.text(), error.requestId()));
    }

    /**
     * A token as the gateway reads it.
     *
     * @param value what requests carry
     * @param life  how long it is good
     */
    public record Token(String value, Duration life) {
    }

    /** Reads the answer to the token call; null for what is no token. */
    public static Token token(byte[] body) {
        Instant now = Instant.parse("2026-11-21T06:30:00Z");
        Transport transport = new Transport() {
            @Override
            public CompletableFuture<TransportAnswer> send(TransportRequest request) {
                return CompletableFuture.completedFuture(new TransportAnswer(200, body));
            }

            @Override
            public void start() {
                // nothing to do
            }

            @Override
            public void stop() {
                // nothing to do
            }
        };
        AccessToken token = new TokenFetch(transport, Clock.fixed(now, ZoneOffset.UTC), null, account(), () -> { })
                .start().join().token();
        return token == null ? null : new Token(token.value(), Duration.between(token.issuedAt(), token.expiresAt()));
    }

    private static Account account() {
        DarajaAccount settings = new DarajaAccount();
        settings.setConsumerKey("key-of-a-sample");
        settings.setConsumerSecret("secret-of-a-sample");
        return new Accounts(new DefaultCamelContext(), settings, Map.of(), null).get(Accounts.DEFAULT);
    }
}
