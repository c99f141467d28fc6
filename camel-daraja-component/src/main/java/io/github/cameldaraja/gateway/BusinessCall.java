package io.github.cameldaraja.gateway;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.ErrorCode;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.ErrorKind;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.ResultCategory;
import io.github.cameldaraja.api.SuccessRule;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One request with its token: sent once, and again only if Daraja refused the token, which it does before it processes anything. A
 * token that another node has stored may have died there, so after such a one it is sent once more, with a fresh one.
 */
final class BusinessCall {

    private final GatewayRequest request;
    private final Account account;
    private final AccessTokens tokens;
    private final Transport transport;
    private final CompletableFuture<GatewayAnswer> result = new CompletableFuture<>();
    // the one sent with, or after refusals all; each attempt begins after the one before has ended
    private final List<AccessToken> used = new CopyOnWriteArrayList<>();

    BusinessCall(GatewayRequest request, AccessTokens tokens, Transport transport) {
        this.request = request;
        this.account = request.account();
        this.tokens = tokens;
        this.transport = transport;
    }

    CompletableFuture<GatewayAnswer> start() {
        attempt();
        return result;
    }

    private void attempt() {
        try {
            URI url = URI.create(account.baseUrl() + request.path());
            tokens.get(account).whenComplete((answer, impossible) -> {
                if (answer.token() == null) {
                    result.completeExceptionally(answer.exception(request.operation(), account));
                } else {
                    used.add(answer.token());
                    send(url, answer.token());
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(failure(ErrorKind.REQUEST, "Not sent: " + e.getMessage(), e));
        }
    }

    private void send(URI url, AccessToken token) {
        try {
            transport.send(new TransportRequest(url, token.authorization(), request.body(), request.headers()))
                    .whenComplete((answer, failure) -> ended(answer, failure));
        } catch (RuntimeException e) {
            // a transport that breaks its promise may have sent, too
            result.completeExceptionally(failure(ErrorKind.UNKNOWN, "Sending failed: " + e + doubt(), e));
        }
    }

    private void ended(TransportAnswer answer, Throwable failure) {
        try {
            if (failure != null) {
                result.completeExceptionally(noAnswer(failure));
            } else {
                judge(answer);
            }
        } catch (RuntimeException e) {
            result.completeExceptionally(failure(ErrorKind.UNKNOWN, "The answer could not be read" + doubt(), e));
        }
    }

    private void judge(TransportAnswer answer) {
        ErrorEnvelope error = ErrorEnvelope.read(answer);
        if (error == null) {
            JsonObject body = Json.readObject(answer.body());
            request.success().refusal(body, request.movesMoney()).ifPresentOrElse(
                    refusal -> result.completeExceptionally(refused(answer.status(), refusal)),
                    () -> result.complete(new GatewayAnswer(answer.status(), body)));
            return;
        }
        ErrorCode rule = ErrorRules.find(request.operation(), answer.status(), error);
        if (rule.kind() == ErrorKind.TOKEN) {
            tokenRefused(answer.status(), error);
        } else {
            result.completeExceptionally(rule.kind().exception(sentence(rule.kind(), rule.advice()),
                    details(answer.status(), error).judged(rule.category(), isRetriable(rule)), null));
        }
    }

    // what may have been accepted is repeated only where it moves nothing
    private boolean isRetriable(ErrorCode rule) {
        return rule.kind() == ErrorKind.UNKNOWN ? !request.movesMoney() : rule.retriable();
    }

    private void tokenRefused(int status, ErrorEnvelope error) {
        AccessToken last = used.get(used.size() - 1);
        boolean replay = used.size() > 2 || used.size() > 1 && !last.isShared();
        boolean productMissing = TokenErrors.isMissingProduct(error);
        if (!replay && !(productMissing && tokens.isProductMissing(account, request.resource()))) {
            tokens.invalidate(account, last);
            attempt();
            return;
        }
        if (productMissing && replay) {
            tokens.productMissing(account, request.resource());
        }
        String advice = productMissing
                ? "no product of the app covers " + request.resource() + ": add the API to the app on the developer portal"
                : "a fresh access token is refused, so key and secret are right: either the app has no product for "
                        + request.resource() + ", or another program keeps asking for tokens of the same app";
        result.completeExceptionally(ErrorKind.AUTHENTICATION.exception(sentence(ErrorKind.AUTHENTICATION, advice),
                details(status, error).judged(productMissing ? ResultCategory.CONFIGURATION : ResultCategory.MERCHANT, false),
                null));
    }

    private DarajaException refused(int status, SuccessRule.Refusal refusal) {
        return refusal.kind().exception(sentence(refusal.kind(), refusal.advice()),
                details(status, new ErrorEnvelope(ErrorEnvelope.Form.JSON, refusal.code(), refusal.text(), null))
                        .judged(refusal.category(), askAgain(refusal.kind())), null);
    }

    // null: as the kind says
    private Boolean askAgain(ErrorKind kind) {
        return kind == ErrorKind.UNKNOWN ? !request.movesMoney() : null;
    }

    private DarajaException noAnswer(Throwable failure) {
        String reason = Redaction.text(unheaded(failure.getMessage()), account, used);
        return failure instanceof TransportException e && e.isNeverLeft()
                ? failure(ErrorKind.NOT_SENT, "Not sent, a repeat is safe: " + reason, failure)
                : failure(ErrorKind.UNKNOWN, "Sent, but no answer came: " + reason + doubt(), failure);
    }

    private String sentence(ErrorKind kind, String advice) {
        return kind == ErrorKind.UNKNOWN ? "No clear answer: " + advice + doubt() : "Refused: " + advice;
    }

    private String doubt() {
        return request.movesMoney() ? "; do not send it again, it may have been accepted" : "; asking again is safe";
    }

    private DarajaException failure(ErrorKind kind, String message, Throwable cause) {
        return kind.exception(message,
                ErrorDetails.local(request.operation(), account.name()).judged(null, askAgain(kind)), cause);
    }

    private ErrorDetails details(int status, ErrorEnvelope error) {
        return new ErrorDetails(request.operation(), account.name(), status, Redaction.id(unheaded(error.code()), account, used),
                Redaction.text(unheaded(error.text()), account, used),
                Redaction.id(unheaded(error.requestId()), account, used));
    }

    // an answer may echo the headers, and they hold keys
    private String unheaded(String text) {
        return Redaction.without(text, request.headers().values());
    }
}
