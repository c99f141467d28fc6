package io.github.cameldaraja.callback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.NameAccess;
import io.github.cameldaraja.api.C2bName;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Message;

/**
 * Where Safaricom asks for the name behind a bill account ("C2B Hakikisha"): at paths of its own choice, with a token that it
 * fetches from us first.
 */
final class NameDesk {

    static final String TOKEN_PATH = "/auth/v1/generate";
    static final String NOTIFY_PATH = "/c2b_hakikisha/v1/notify";

    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final String GRANT = "client_credentials";

    private final Clock clock;
    private final Accounts accounts;
    private final C2bName api = new C2bName();
    private final Consultations consultations;
    private final Refusals refusals;

    NameDesk(Clock clock, Accounts accounts, Consultations consultations, Refusals refusals) {
        this.clock = clock;
        this.accounts = accounts;
        this.consultations = consultations;
        this.refusals = refusals;
    }

    /** Gives a token for name and password. */
    Intake tokens(SenderAddress senders) {
        return new Intake(senders, refusals) {
            @Override
            CompletableFuture<CallbackReply> receive(Message request) {
                NameAccess access = byPassword(credential(request, "basic "));
                if (access == null) {
                    return refuse(request, error(401, null, "Invalid credentials"), "its name or password is wrong");
                }
                if (!GRANT.equals(request.getHeader("grant_type", String.class))) {
                    return refuse(request, error(400, null, "grant_type must be " + GRANT), "its grant_type is unknown");
                }
                // numbers as text, like Safaricom's own tokens
                return completed(CallbackReply.ok(JsonNodeFactory.instance.objectNode()
                        .put("access_token", access.token(clock.instant().plus(TOKEN_LIFE)))
                        .put("expires_in", Long.toString(TOKEN_LIFE.toSeconds() - 1))));
            }
        };
    }

    /** Answers questions. */
    Intake questions(SenderAddress senders) {
        return new Intake(senders, refusals) {
            @Override
            CompletableFuture<CallbackReply> receive(Message request) {
                List<Account> admitted = byToken(credential(request, "bearer "));
                if (admitted.isEmpty()) {
                    return refuse(request, error(401, null, "Invalid or expired token"), "its token is invalid or expired");
                }
                byte[] body = body(request);
                if (isTooLarge(body)) {
                    return refuseSize(request);
                }
                JsonObject message = Json.readObject(body);
                C2bName.Question question = message == null ? null : api.question(message);
                return question == null ? completed(error(400, message == null ? null : message.text("requestId"),
                        "accountNumber is missing")) : answer(admitted, question);
            }
        };
    }

    private CompletableFuture<CallbackReply> answer(List<Account> admitted, C2bName.Question question) {
        Account account = admitted.stream().filter(one -> question.shortCode() == null ? admitted.size() == 1
                : one.merchant().owns(question.shortCode().trim())).findFirst().orElse(null);
        if (account == null) {
            return completed(error(422, question.requestId(), "Unknown short code"));
        }
        return consultations.consult(api, account.name(), question).thenApply(reply -> reply == null
                ? error(422, question.requestId(), "Account name not available") : CallbackReply.ok(reply));
    }

    private NameAccess byPassword(String credential) {
        String decoded = decode(credential);
        int colon = decoded == null ? -1 : decoded.indexOf(':');
        NameAccess admits = null;
        for (Account account : accounts.all()) {
            NameAccess access = account.nameAccess();
            // all of them, so that time tells nothing
            if (access != null && colon >= 0 && access.admits(decoded.substring(0, colon), decoded.substring(colon + 1))) {
                admits = access;
            }
        }
        return admits;
    }

    private List<Account> byToken(String token) {
        return token == null ? List.of() : accounts.all().stream()
                .filter(account -> account.nameAccess() != null && account.nameAccess().accepts(token, clock.instant())).toList();
    }

    private static String credential(Message request, String scheme) {
        String header = request.getHeader("Authorization", String.class);
        return header == null || !header.toLowerCase(Locale.ROOT).startsWith(scheme) ? null
                : header.substring(scheme.length()).trim();
    }

    private static String decode(String base64) {
        try {
            return base64 == null ? null : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static CallbackReply error(int status, String requestId, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("requestId", requestId).put("errorMessage", message);
        return new CallbackReply(status, body);
    }

    private static CompletableFuture<CallbackReply> completed(CallbackReply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
