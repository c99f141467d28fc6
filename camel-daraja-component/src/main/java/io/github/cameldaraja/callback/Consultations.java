package io.github.cameldaraja.callback;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.ConsultationApi;
import io.github.cameldaraja.api.DarajaAnswer;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.transaction.Deadlines;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts Safaricom's questions to routes. Safaricom waits some eight seconds: whoever has no clear answer before, is spoken for by
 * the default that he has declared, and what he says later is dropped.
 */
public final class Consultations {

    private static final Logger LOG = LoggerFactory.getLogger(Consultations.class);
    private static final String ALL = "*";

    private final Clock clock;
    private final Deadlines deadlines;
    private final Map<String, Consultant> consultants = new ConcurrentHashMap<>();

    /**
     * @param deadlines must be kept even when all threads are busy, for routes are what keeps them busy
     */
    public Consultations(Clock clock, Deadlines deadlines) {
        this.clock = clock;
        this.deadlines = deadlines;
    }

    /**
     * Lets a route answer.
     *
     * @param account a name, or an asterisk for those that no other route answers for
     * @throws IllegalStateException if another one does already
     */
    public void join(String operation, String account, Consultant consultant) {
        if (consultants.putIfAbsent(operation + '/' + account, consultant) != null) {
            throw new IllegalStateException("two routes begin with from(\"daraja:" + operation + "?account=" + account
                    + "\"), and Safaricom wants one answer; take one of them out, or give it another account");
        }
    }

    public void leave(String operation, String account, Consultant consultant) {
        consultants.remove(operation + '/' + account, consultant);
    }

    /** Answers what that API asks. */
    public CallbackHandler of(ConsultationApi api) {
        return callback -> {
            JsonObject message = Json.readObject(callback.body());
            DarajaAnswer question = message == null ? null : api.question(message);
            return consult(api, callback.account().name(), question)
                    .thenApply(reply -> reply == null ? CallbackReply.unavailable() : CallbackReply.ok(reply));
        };
    }

    /**
     * Asks the route, if there is one.
     *
     * @param question null if it could not be read
     * @return the reply, or null if nothing can be said; never exceptionally
     */
    CompletableFuture<JsonNode> consult(ConsultationApi api, String account, DarajaAnswer question) {
        Consultant consultant = consultants.getOrDefault(api.name() + '/' + account, consultants.get(api.name() + '/' + ALL));
        if (consultant == null) {
            LOG.warn("No route answers {} for account '{}'; add one from(\"daraja:{}\")", api.name(), account, api.name());
            return CompletableFuture.completedFuture(null);
        }
        if (question == null) {
            return CompletableFuture.completedFuture(byDefault(api, account, consultant, null, "the question cannot be read"));
        }
        CompletableFuture<Object> answer = ask(api, account, consultant, question);
        Runnable inTime = deadlines.at(clock.instant().plus(consultant.patience()),
                () -> answer.completeExceptionally(
                        new TimeoutException("it took longer than " + consultant.patience().toMillis() + " ms")));
        return answer.handle((said, failure) -> {
            inTime.run();
            return failure == null ? reply(api, account, consultant, question, said)
                    : byDefault(api, account, consultant, question, why(failure));
        });
    }

    private static CompletableFuture<Object> ask(ConsultationApi api, String account, Consultant consultant,
                                                 DarajaAnswer question) {
        try {
            return consultant.ask(question, api.about(question).toBuilder().account(account).build());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static JsonNode reply(ConsultationApi api, String account, Consultant consultant, DarajaAnswer question,
                                  Object said) {
        JsonNode reply;
        try {
            reply = api.reply(question, said);
        } catch (RuntimeException e) {
            return byDefault(api, account, consultant, question, "its body is no answer: " + e.getMessage());
        }
        return reply != null ? reply : byDefault(api, account, consultant, question,
                "its body is no answer but " + (said == null ? "empty" : "of " + said.getClass().getName()));
    }

    private static JsonNode byDefault(ConsultationApi api, String account, Consultant consultant, DarajaAnswer question,
                                      String why) {
        String word = consultant.defaultAnswer();
        JsonNode reply = word == null ? null : api.defaultReply(question, word);
        LOG.warn("The route has not answered {} for account '{}': {}; Safaricom gets {}", api.name(), account, why,
                reply == null ? "none" : "the default, " + word);
        return reply;
    }

    private static String why(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException ? cause.getMessage() : "it failed with " + cause;
    }
}
