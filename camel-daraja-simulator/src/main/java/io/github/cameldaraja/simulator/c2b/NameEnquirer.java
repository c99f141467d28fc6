package io.github.cameldaraja.simulator.c2b;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.NameAnswer;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Reply;
import io.github.cameldaraja.simulator.wire.Times;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/**
 * Asks a merchant for the name behind an account before a customer pays: C2B Hakikisha.
 */
public final class NameEnquirer {

    private static final int OK = 200;
    private static final int CONNECT_MILLIS = 5_000;
    private static final long ANSWER_MILLIS = 10_000;

    private final Inside inside;
    private final HttpClient client;

    NameEnquirer(Inside inside) {
        this.inside = inside;
        this.client = inside.context().owner().createHttpClient(new HttpClientOptions()
                .setKeepAlive(false).setConnectTimeout(CONNECT_MILLIS).setTrustAll(true).setVerifyHost(false));
    }

    /** First a token with the merchant's key and secret, then the name; never fails. */
    public Future<NameAnswer> ask(String base, String key, String secret, String accountNumber, String shortCode) {
        inside.counters().increment(C2bCounts.NAME_ENQUIRIES);
        String pair = Base64.getEncoder().encodeToString((key + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return post(base + "/auth/v1/generate?grant_type=client_credentials", "Basic " + pair, "").compose(token -> {
            String value = text(token, "access_token");
            if (value == null) {
                return Future.succeededFuture(new NameAnswer(
                        token.status(), Reply.UNDELIVERED_STATUS, token.body(), null, null));
            }
            String id = UUID.randomUUID().toString();
            return post(base + "/c2b_hakikisha/v1/notify", "Bearer " + value, question(id, accountNumber, shortCode))
                    .map(reply -> new NameAnswer(
                            token.status(), reply.status(), reply.body(), id, text(reply, "accountName")));
        });
    }

    private String question(String id, String accountNumber, String shortCode) {
        return inside.json().write(inside.json().object()
                .put("requestId", id)
                .put("timestamp", Times.compact(inside.clock().instant()))
                .put("accountNumber", accountNumber)
                .put("shortcode", shortCode));
    }

    private String text(Reply reply, String name) {
        ObjectNode body = reply.status() == OK ? inside.json().readObject(reply.body()) : null;
        return body == null ? null : body.path(name).asText(null);
    }

    private Future<Reply> post(String url, String authorization, String body) {
        Promise<Reply> done = Promise.promise();
        inside.context().runOnContext(now -> {
            RequestOptions options;
            try {
                options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url)
                        .setTimeout(ANSWER_MILLIS)
                        .putHeader("Authorization", authorization)
                        .putHeader("Accept", "application/json")
                        .putHeader("Content-Type", "application/json");
            } catch (RuntimeException e) {
                done.complete(Reply.UNDELIVERED);
                return;
            }
            client.request(options)
                    .compose(request -> request.send(body))
                    .compose(response -> response.body()
                            .map(read -> new Reply(response.statusCode(), read.toString())))
                    .otherwise(Reply.UNDELIVERED)
                    .onComplete(done);
        });
        return done.future();
    }
}
