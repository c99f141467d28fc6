package io.github.cameldaraja.simulator.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
public final class CallbackSender {

    /** The name under which callbacks are counted. */
    public static final String COUNTER = "callbacksSent";

    private static final Logger LOG = LoggerFactory.getLogger(CallbackSender.class);
    private static final int CONNECTIONS = 1000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final long ANSWER_MILLIS = 30_000;

    /** Callbacks that all others of their epoch wait for. */
    private record Ahead(int epoch, Future<?> done) {
    }

    private final Context context;
    private final HttpClient client;
    private final Clock clock;
    private final Recorder recorder;
    private final Tally counters;
    private Ahead ahead = new Ahead(0, Future.succeededFuture());

    public CallbackSender(Vertx vertx, Context context, Clock clock, Recorder recorder, Tally counters) {
        this.context = context;
        this.clock = clock;
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

    /** A callback of now; after a reset it is not sent any more. */
    public Callback write(String url, String body, String shortCode) {
        return new Callback(url, body, shortCode, recorder.epoch());
    }

    /** Sends a callback, counts and records it; after a reset nothing is sent and the reply is that of nobody. */
    public Future<Reply> send(Callback callback) {
        if (callback.epoch() != recorder.epoch()) {
            return Future.succeededFuture(Reply.UNDELIVERED);
        }
        counters.increment(COUNTER);
        return ahead(callback.epoch()).compose(any -> deliver(callback));
    }

    /** Sends callbacks one after the other; all that others send meanwhile leaves when the last one is answered. */
    public Future<Void> sendAllFirst(List<Callback> callbacks) {
        Promise<Void> done = Promise.promise();
        callbacks.forEach(any -> counters.increment(COUNTER));
        int epoch = recorder.epoch();
        Future<?> before;
        synchronized (this) {
            before = ahead(epoch);
            ahead = new Ahead(epoch, done.future());
        }
        before.onComplete(any -> deliverAll(callbacks).onComplete(done));
        return done.future();
    }

    /** Sends callbacks one after the other; completes when the last one is answered. */
    public Future<Void> sendAll(List<Callback> callbacks) {
        if (callbacks.isEmpty()) {
            return Future.succeededFuture();
        }
        return send(callbacks.get(0)).compose(any -> sendAll(callbacks.subList(1, callbacks.size())));
    }

    /** Posts any text anywhere, neither counted nor recorded; never fails. */
    public Future<Reply> post(String url, String body, String shortCode) {
        Promise<Reply> done = Promise.promise();
        context.runOnContext(now -> {
            RequestOptions options;
            try {
                options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url)
                        .setTimeout(ANSWER_MILLIS)
                        .putHeader("Content-Type", "application/json;charset=UTF-8")
                        .putHeader("Businessshortcode", shortCode);
            } catch (RuntimeException e) {
                done.complete(Reply.UNDELIVERED);
                return;
            }
            client.request(options)
                    .compose(request -> exchange(request, body))
                    .otherwise(Reply.UNDELIVERED)
                    .onComplete(done);
        });
        return done.future();
    }

    private synchronized Future<?> ahead(int epoch) {
        return ahead.epoch() == epoch ? ahead.done() : Future.succeededFuture();
    }

    private Future<Void> deliverAll(List<Callback> callbacks) {
        if (callbacks.isEmpty()) {
            return Future.succeededFuture();
        }
        return deliver(callbacks.get(0)).compose(any -> deliverAll(callbacks.subList(1, callbacks.size())));
    }

    private Future<Reply> deliver(Callback callback) {
        Instant at = clock.instant();
        long start = System.nanoTime();
        return post(callback.url(), callback.body(), callback.shortCode()).onSuccess(reply -> recorder.callback(
                callback.epoch(), at, callback.url(), callback.body(), reply.status(),
                Duration.ofNanos(System.nanoTime() - start)));
    }

    private static Future<Reply> exchange(HttpClientRequest request, String body) {
        return request.send(body)
                .compose(response -> response.body().map(read -> new Reply(response.statusCode(), read.toString())));
    }
}
