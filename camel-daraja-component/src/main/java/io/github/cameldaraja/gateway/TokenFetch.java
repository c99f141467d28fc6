package io.github.cameldaraja.gateway;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.ErrorCode;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.ErrorKind;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks Daraja for a token, and once more if the first attempt had bad luck: this GET moves no money (Daraja: "Authorization").
 */
final class TokenFetch {

    private static final String PATH = "/oauth/v1/generate?grant_type=client_credentials";
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration USUAL_LIFE = Duration.ofSeconds(3600);

    private final Transport transport;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final Account account;
    private final Runnable counter;
    private final CompletableFuture<TokenAnswer> answer = new CompletableFuture<>();

    /**
     * @param account its base URL, key and secret
     * @param counter called for each attempt
     */
    TokenFetch(Transport transport, Clock clock, ScheduledExecutorService scheduler, Account account, Runnable counter) {
        this.transport = transport;
        this.clock = clock;
        this.scheduler = scheduler;
        this.account = account;
        this.counter = counter;
    }

    /** Completed with a token or a failure, never exceptionally. */
    CompletableFuture<TokenAnswer> start() {
        attempt(false);
        return answer;
    }

    private void attempt(boolean last) {
        try {
            counter.run();
            Instant asked = clock.instant();
            transport.send(new TransportRequest(URI.create(account.baseUrl() + PATH), basic(), null))
                    .whenComplete((received, failure) -> ended(judge(received, failure, asked), last));
        } catch (RuntimeException e) {
            answer.complete(TokenAnswer.notSent("asking for it failed: " + e, e, false));
        }
    }

    private void ended(TokenAnswer result, boolean last) {
        if (!result.again() || last) {
            answer.complete(result);
            return;
        }
        try {
            scheduler.schedule(() -> attempt(true), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            if (scheduler.isShutdown()) {
                // Camel's schedulers then drop in silence
                answer.complete(result);
            }
        } catch (RejectedExecutionException e) {
            answer.complete(result);
        }
    }

    private TokenAnswer judge(TransportAnswer received, Throwable failure, Instant asked) {
        try {
            if (failure != null) {
                boolean silent = failure instanceof TransportException e && e.isAnswerTimeout();
                return TokenAnswer.notSent("no answer from " + account.baseUrl() + ": "
                        + Redaction.text(failure.getMessage(), account, List.of()), failure, !silent);
            }
            ErrorEnvelope error = ErrorEnvelope.read(received);
            return error == null ? token(received, asked) : refusal(received.status(), error);
        } catch (RuntimeException e) {
            return TokenAnswer.notSent("its answer could not be read: " + e, e, false);
        }
    }

    private TokenAnswer token(TransportAnswer received, Instant asked) {
        JsonObject json = Json.readObject(received.body());
        String value = json.text("access_token");
        if (value == null) {
            return TokenAnswer.notSent("the answer of " + account.baseUrl() + " holds no access_token", null, true);
        }
        BigDecimal seconds = json.decimal("expires_in");
        boolean known = seconds != null && seconds.signum() > 0;
        Duration life = known ? Duration.ofSeconds(seconds.min(BigDecimal.valueOf(Integer.MAX_VALUE)).longValue()) : USUAL_LIFE;
        return TokenAnswer.of(new AccessToken(value, asked, life));
    }

    private TokenAnswer refusal(int status, ErrorEnvelope error) {
        ErrorCode rule = ErrorRules.find(status, error);
        ErrorDetails details = new ErrorDetails(null, null, status, Redaction.id(error.code(), account, List.of()),
                Redaction.text(error.text(), account, List.of()), Redaction.id(error.requestId(), account, List.of()));
        // our request is always the same, and right: with these it can only be key or secret
        if (status == 400 || status == 401 || rule.kind() == ErrorKind.AUTHENTICATION) {
            return TokenAnswer.failure(ErrorKind.AUTHENTICATION,
                    "check consumerKey and consumerSecret, and that they belong to " + account.baseUrl(), details, null, false);
        }
        if (rule.kind() == ErrorKind.THROTTLED) {
            return TokenAnswer.failure(ErrorKind.THROTTLED, rule.advice(), details, null, false);
        }
        String advice = rule.kind() == ErrorKind.REQUEST ? rule.advice() : "try again later";
        return TokenAnswer.failure(ErrorKind.NOT_SENT, "asking " + account.baseUrl() + " for it failed: " + advice, details, null,
                status >= 500 || ErrorEnvelope.isSuccess(status));
    }

    private String basic() {
        String pair = account.consumerKey() + ':' + account.consumerSecret();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
