package io.github.cameldaraja.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/**
 * Delivers callbacks as Safaricom does: one POST, never repeated because of a failure.
 */
final class CallbackSender {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackSender.class);
    private static final int UNDELIVERED = -1;
    private static final int CONNECTIONS = 1000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final long ANSWER_MILLIS = 30_000;

    private final Context context;
    private final HttpClient client;
    private final SimulatedClock clock;
    private final CallbackWriter writer;
    private final Recorder recorder;
    private final Counters counters;

    CallbackSender(Vertx vertx, Context context, SimulatedClock clock, CallbackWriter writer, Recorder recorder,
            Counters counters) {
        this.context = context;
        this.clock = clock;
        this.writer = writer;
        this.recorder = recorder;
        this.counters = counters;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(CONNECTIONS)
                .setConnectTimeout(CONNECT_MILLIS)
                .setTrustAll(true)
                .setVerifyHost(false));
        client.connectionHandler(connection -> connection.exceptionHandler(e -> LOG.debug("A receiver went away", e)));
    }

    /** Writes the callback of a push that was just concluded; callbacks of before a reset are not sent after it. */
    void prepare(Push push) {
        push.keepCallback(writer.truth(push), recorder.epoch());
    }

    /** Sends all callbacks of a concluded push, one after the other; completes when the last one is answered. */
    Future<Void> deliver(Push push) {
        DeliveryPlan plan = push.script().delivery();
        List<String> bodies = new ArrayList<>(Collections.nCopies(plan.times(), push.callback()));
        if (plan.contradiction() != null) {
            bodies.add(plan.lieFirst() ? 0 : bodies.size(), writer.lie(push, plan.contradiction()));
        }
        if (plan.after().isZero()) {
            return sendAll(push, bodies);
        }
        Promise<Void> done = Promise.promise();
        clock.schedule(plan.after(), () -> sendAll(push, bodies).onComplete(done));
        return done.future();
    }

    /** Sends a text as a callback of that push; completes with the HTTP status or -1. */
    Future<Integer> send(Push push, String body) {
        PushRequest request = push.request();
        counters.callbackSent();
        Instant at = clock.instant();
        long start = System.nanoTime();
        return post(request.callbackUrl(), body, request.shortCode()).onSuccess(status -> recorder.callback(
                push.epoch(), at, request.callbackUrl(), body, status, Duration.ofNanos(System.nanoTime() - start)));
    }

    /** Posts any text anywhere; completes with the HTTP status or -1. */
    Future<Integer> post(String url, String body, String shortCode) {
        Promise<Integer> done = Promise.promise();
        context.runOnContext(now -> {
            RequestOptions options;
            try {
                options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url)
                        .setTimeout(ANSWER_MILLIS)
                        .putHeader("Content-Type", "application/json;charset=UTF-8")
                        .putHeader("Businessshortcode", shortCode);
            } catch (RuntimeException e) {
                done.complete(UNDELIVERED);
                return;
            }
            client.request(options)
                    .compose(request -> exchange(request, body))
                    .otherwise(UNDELIVERED)
                    .onComplete(done);
        });
        return done.future();
    }

    private static Future<Integer> exchange(HttpClientRequest request, String body) {
        return request.send(body).compose(response -> response.body().map(read -> response.statusCode()));
    }

    private Future<Void> sendAll(Push push, List<String> bodies) {
        if (bodies.isEmpty() || push.epoch() != recorder.epoch()) {
            return Future.succeededFuture();
        }
        return send(push, bodies.get(0)).compose(any -> sendAll(push, bodies.subList(1, bodies.size())));
    }
}
