package io.github.cameldaraja.simulator;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

/**
 * A local Safaricom: serves the Daraja API on a port of this machine and keeps books of all money that moves.
 *
 * <p>Thread safe. Close it to free the port.
 */
public final class DarajaSimulator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DarajaSimulator.class);
    private static final long PATIENCE_SECONDS = 30;

    private final SimulatorSettings settings;
    private final Vertx vertx;
    private final HttpServer server;
    private final SimulatedClock clock;
    private final Books books;
    private final Customers customers;
    private final Counters counters = new Counters();
    private final Faults faults;
    private final Recorder recorder;
    private final Ids ids;
    private final Tokens tokens;
    private final QueryLimit limit;
    private final PushDesk desk;
    private final CallbackSender sender;
    private final Handset handset;

    private DarajaSimulator(SimulatorSettings settings) {
        this.settings = settings;
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
        Context context = vertx.getOrCreateContext();
        clock = new SimulatedClock(alarm(vertx));
        books = new Books(settings);
        customers = new Customers(books);
        faults = new Faults(settings.handset());
        recorder = new Recorder(clock);
        ids = new Ids(clock);
        limit = new QueryLimit(settings.queryLimit(), clock);
        Json json = new Json();
        Answers answers = new Answers(json, ids);
        tokens = new Tokens(settings, clock, ids, answers);
        MerchantCheck merchant = new MerchantCheck(settings.credentials(), answers);
        sender = new CallbackSender(
                vertx, context, clock, new CallbackWriter(json, ids, clock, books), recorder, counters);
        desk = new PushDesk(settings, clock, ids, answers, merchant, tokens, faults, books, counters, sender);
        handset = new Handset(desk, customers);
        Router router = Router.router(vertx);
        ApiServer api = new ApiServer(settings, recorder, answers);
        api.mount(router,
                new TokenEndpoint(settings, tokens, faults, counters, answers, json),
                new PushEndpoint(settings, tokens, desk, counters, answers, json),
                new QueryEndpoint(settings, tokens, desk, merchant, faults, counters, limit, answers, json));
        new ControlApi(this, json, settings.defaultBalance()).mount(router);
        new Pages(this).mount(router);
        api.mountRest(router);
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false).setAcceptBacklog(1024))
                .connectionHandler(connection -> connection.exceptionHandler(
                        e -> LOG.debug("A client went away", e)))
                .requestHandler(router);
    }

    /** Starts on a free port of the loopback interface with the default settings. */
    public static DarajaSimulator start() {
        return start(SimulatorSettings.defaults());
    }

    /** Starts with the given settings; throws {@link IllegalStateException} if the port is taken. */
    public static DarajaSimulator start(SimulatorSettings settings) {
        DarajaSimulator simulator = new DarajaSimulator(settings);
        try {
            await(simulator.server.listen(settings.port(), settings.host()));
        } catch (CompletionException e) {
            simulator.close();
            throw new IllegalStateException(
                    "cannot listen on " + settings.host() + ":" + settings.port(), e.getCause());
        }
        return simulator;
    }

    /** Where the API is, e.g. {@code http://127.0.0.1:41234}, without a slash at the end. */
    public String baseUrl() {
        return "http://" + settings.host() + ":" + port();
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Stops the server; waits until the port is free. */
    @Override
    public void close() {
        await(vertx.close());
    }

    /** Back to the state of the start: books, customers, scripts, counters, clock and tokens; nothing is pending. */
    public void reset() {
        clock.reset();
        desk.reset();
        recorder.reset();
        customers.reset();
        books.reset();
        faults.reset();
        tokens.revokeAll();
        limit.reset();
        ids.reset();
        counters.reset();
    }

    /** The time inside. */
    public SimulatedClock clock() {
        return clock;
    }

    /** Keys and numbers of the merchant. */
    public Credentials credentials() {
        return settings.credentials();
    }

    /** The truth about money. */
    public Books books() {
        return books;
    }

    /** How often things happened. */
    public Counters counters() {
        return counters;
    }

    /** The scripts of what is to happen. */
    public Faults faults() {
        return faults;
    }

    /** The people with phones. */
    public Customers customers() {
        return customers;
    }

    /** The phones themselves. */
    public Handset handset() {
        return handset;
    }

    /** Every API request received, in order. */
    public List<RecordedRequest> requests() {
        return recorder.requests();
    }

    /** Every callback sent, in the order in which they were answered or given up. */
    public List<RecordedCallback> callbacks() {
        return recorder.callbacks();
    }

    /** Kills every token issued so far. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /**
     * Sends the callback of a concluded push again, or a lost one for the first time.
     *
     * @return the receiver's HTTP status, -1 if it could not be delivered; fails with {@link IllegalArgumentException}
     *         for an unknown push and with {@link IllegalStateException} while it is pending
     */
    public CompletableFuture<Integer> resend(String checkoutRequestId) {
        Push push = desk.find(checkoutRequestId).orElse(null);
        if (push == null) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("no such push: " + checkoutRequestId));
        }
        String body = push.callback();
        if (body == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("still pending: " + checkoutRequestId));
        }
        return future(sender.send(push, body));
    }

    /**
     * Posts any text to a callback address, as a forger would; neither counted nor recorded.
     *
     * @return the receiver's HTTP status, -1 if it could not be delivered
     */
    public CompletableFuture<Integer> post(String url, String body) {
        return future(sender.post(url, body, settings.credentials().shortCode()));
    }

    private static SimulatedClock.Alarm alarm(Vertx vertx) {
        return new SimulatedClock.Alarm() {
            @Override
            public long in(long millis, Runnable wake) {
                return vertx.setTimer(millis, id -> wake.run());
            }

            @Override
            public void cancel(long id) {
                vertx.cancelTimer(id);
            }
        };
    }

    private static <T> CompletableFuture<T> future(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture();
    }

    private static <T> T await(Future<T> future) {
        return future(future).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
