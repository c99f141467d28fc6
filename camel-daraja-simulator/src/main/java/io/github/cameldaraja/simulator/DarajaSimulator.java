package io.github.cameldaraja.simulator;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.cameldaraja.simulator.bills.BillFamily;
import io.github.cameldaraja.simulator.bonga.BongaFamily;
import io.github.cameldaraja.simulator.c2b.C2bFamily;
import io.github.cameldaraja.simulator.control.BongaCalls;
import io.github.cameldaraja.simulator.control.C2bCalls;
import io.github.cameldaraja.simulator.control.CallFaultCalls;
import io.github.cameldaraja.simulator.control.ClockCalls;
import io.github.cameldaraja.simulator.control.FaultCalls;
import io.github.cameldaraja.simulator.control.HandsetCalls;
import io.github.cameldaraja.simulator.control.MoneyCalls;
import io.github.cameldaraja.simulator.control.PullCalls;
import io.github.cameldaraja.simulator.control.RecordCalls;
import io.github.cameldaraja.simulator.control.ResultCalls;
import io.github.cameldaraja.simulator.control.StandingOrderCalls;
import io.github.cameldaraja.simulator.express.ExpressFamily;
import io.github.cameldaraja.simulator.express.ExpressFates;
import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.iot.IotFamily;
import io.github.cameldaraja.simulator.lookups.LookupFamily;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.pages.OverviewPage;
import io.github.cameldaraja.simulator.pages.Pages;
import io.github.cameldaraja.simulator.pull.PullFamily;
import io.github.cameldaraja.simulator.qr.QrFamily;
import io.github.cameldaraja.simulator.ratiba.RatibaFamily;
import io.github.cameldaraja.simulator.results.ResultFamily;
import io.github.cameldaraja.simulator.stk.Fates;
import io.github.cameldaraja.simulator.stk.QueryFaults;
import io.github.cameldaraja.simulator.stk.StkFamily;
import io.github.cameldaraja.simulator.stk.TestNumbers;
import io.github.cameldaraja.simulator.wire.AnswerFates;
import io.github.cameldaraja.simulator.wire.Answers;
import io.github.cameldaraja.simulator.wire.CallbackFate;
import io.github.cameldaraja.simulator.wire.CallbackSender;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.FaultQueue;
import io.github.cameldaraja.simulator.wire.Formats;
import io.github.cameldaraja.simulator.wire.Ids;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.OperatorPassword;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.Recorder;
import io.github.cameldaraja.simulator.wire.Reply;
import io.github.cameldaraja.simulator.wire.Tally;
import io.github.cameldaraja.simulator.wire.TokenEndpoint;
import io.github.cameldaraja.simulator.wire.Tokens;
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
    private final Ids ids;
    private final Ledger ledger;
    private final Books books;
    private final Customers customers;
    private final Tally counts = new Tally();
    private final Counters counters;
    private final FaultQueue<TokenFault> tokenFaults = new FaultQueue<>();
    private final Plans plans = new Plans();
    private final Faults faults;
    private final Recorder recorder;
    private final Tokens tokens;
    private final CallbackSender callbacks;
    private final StkFamily stk;
    private final Handset handset;
    private final C2b c2b;
    private final PullTransactions pull;
    private final StandingOrders standingOrders;
    private final Bonga bonga;
    private final AnswerFates answerFates = new AnswerFates();
    private final CallFaults calls;
    private final B2bExpress b2bExpress;
    private final BillManager billManager;
    private final QrCodes qrCodes;
    private final Lookups lookups;
    private final IotSims iotSims;
    private final Results results;
    private final List<Family> families;

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
        ids = new Ids(clock);
        ledger = new Ledger(settings);
        books = new Books(ledger);
        customers = new Customers(ledger);
        recorder = new Recorder(clock, settings.recording());
        Json json = new Json();
        Answers answers = new Answers(json, ids);
        tokens = new Tokens(settings, clock, ids, answers);
        callbacks = new CallbackSender(vertx, context, clock, recorder, counts);
        Inside inside = new Inside(settings, clock, json, ids, new Formats(settings.allowHttpCallbacks()), answers,
                tokens, ledger, customers, counts, callbacks, recorder, new OperatorPassword(settings.credentials()),
                context);

        TestNumbers numbers = new TestNumbers();
        Fates fates = new Fates(usual(settings).fate(),
                phone -> Optional.ofNullable(numbers.script(phone)).map(Script::fate), plans.pushes());
        QueryFaults queryFaults = new QueryFaults(plans.queries());
        faults = new Faults(fates, queryFaults, tokenFaults);
        Tally prompts = new Tally();
        counters = new Counters(counts, prompts);
        stk = new StkFamily(inside, fates, queryFaults, prompts);
        handset = new Handset(stk.desk(), customers);
        ResultFamily resultFamily = new ResultFamily(inside, plans.requests());
        results = new Results(resultFamily);
        C2bFamily c2bFamily = new C2bFamily(inside, plans.confirmations());
        c2b = new C2b(c2bFamily);
        PullFamily pullFamily = new PullFamily(inside, plans.pulls());
        pull = new PullTransactions(pullFamily);
        RatibaFamily ratiba = new RatibaFamily(inside);
        standingOrders = new StandingOrders(ratiba);
        BongaFamily bongaFamily = new BongaFamily(inside);
        bonga = new Bonga(bongaFamily);
        calls = new CallFaults(answerFates);
        ExpressFates expressFates = new ExpressFates();
        ExpressFamily express = new ExpressFamily(inside, answerFates, expressFates);
        b2bExpress = new B2bExpress(expressFates, express);
        FaultQueue<CallbackFate> billNotifications = new FaultQueue<>();
        BillFamily bills = new BillFamily(inside, answerFates, billNotifications);
        billManager = new BillManager(bills, billNotifications);
        QrFamily qr = new QrFamily(inside, answerFates);
        qrCodes = new QrCodes(qr);
        LookupFamily lookupFamily = new LookupFamily(inside, answerFates);
        lookups = new Lookups(lookupFamily.register());
        IotFamily iot = new IotFamily(inside, answerFates);
        iotSims = new IotSims(iot);
        families = List.of(c2bFamily, pullFamily, ratiba, bongaFamily, stk, resultFamily, express, bills, qr, lookupFamily,
                iot);

        Router router = Router.router(vertx);
        Paths paths = new Paths(router, settings.latency(), recorder, answers);
        new TokenEndpoint(settings, tokens, tokenFaults, plans.tokens(), counts, answers, json).mount(paths);
        families.forEach(family -> family.mount(paths));
        control(new ControlPaths(router, json), json);
        new Pages(new OverviewPage(settings, numbers, paths::all, this::baseUrl),
                ledger, customers, handset).mount(router);
        paths.mountRest();
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
        families.forEach(Family::reset);
        recorder.reset();
        customers.reset();
        ledger.reset();
        tokenFaults.reset();
        plans.follow(FaultPlan.NONE);
        answerFates.reset();
        tokens.revokeAll();
        ids.reset();
        counts.reset();
    }

    /**
     * Follows a plan until the next reset or the next plan; attempts count from now on. Scripts and queues go before it, the default
     * comes after it.
     */
    public void plan(FaultPlan plan) {
        plans.follow(Objects.requireNonNull(plan));
    }

    /** The time inside. */
    public SimulatedClock clock() {
        return clock;
    }

    /** Keys and numbers of the merchant. */
    public Credentials credentials() {
        return settings.credentials();
    }

    /** The merchant's short code that only pays customers; see {@link SimulatorSettings#payoutShortCode()}. */
    public String payoutShortCode() {
        return settings.payoutShortCode();
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

    /** Payments that customers begin themselves, and the confirmations of all payments. */
    public C2b c2b() {
        return c2b;
    }

    /** How the pull API behaves. */
    public PullTransactions pull() {
        return pull;
    }

    /** Standing orders (M-Pesa Ratiba). */
    public StandingOrders standingOrders() {
        return standingOrders;
    }

    /** Payments with Bonga points. */
    public Bonga bonga() {
        return bonga;
    }

    /** The scripts of how calls other than pushes are answered. */
    public CallFaults calls() {
        return calls;
    }

    /** The operators of tills. */
    public B2bExpress b2bExpress() {
        return b2bExpress;
    }

    /** The customers who are sent invoices. */
    public BillManager billManager() {
        return billManager;
    }

    /** The phones that scan QR codes. */
    public QrCodes qrCodes() {
        return qrCodes;
    }

    /** What is known about phone numbers, people and organisations. */
    public Lookups lookups() {
        return lookups;
    }

    /** The merchant's machines. */
    public IotSims iotSims() {
        return iotSims;
    }

    /** Scripts for B2C, B2B, status, balance, reversal and the like; their operator. */
    public Results results() {
        return results;
    }

    /** Every API request received, in order; the last ones if {@link SimulatorSettings#recording()} says so. */
    public List<RecordedRequest> requests() {
        return recorder.requests();
    }

    /**
     * Every callback sent, in the order in which they were answered or given up; the last ones if
     * {@link SimulatorSettings#recording()} says so.
     */
    public List<RecordedCallback> callbacks() {
        return recorder.callbacks();
    }

    /** Tells a listener of every API request when it is answered, on the thread that answers; it must be quick. */
    public void onRequest(Consumer<RecordedRequest> listener) {
        recorder.onRequest(Objects.requireNonNull(listener));
    }

    /** Tells a listener of every callback when it was answered or given up, on the thread that sends; it must be quick. */
    public void onCallback(Consumer<RecordedCallback> listener) {
        recorder.onCallback(Objects.requireNonNull(listener));
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
        return future(stk.resend(checkoutRequestId).recover(failure -> Future.failedFuture(
                failure instanceof NoSuchElementException
                        ? new IllegalArgumentException(failure.getMessage())
                        : failure)));
    }

    /**
     * Posts any text to a callback address, as a forger would; neither counted nor recorded.
     *
     * @return the receiver's HTTP status, -1 if it could not be delivered
     */
    public CompletableFuture<Integer> post(String url, String body) {
        return future(callbacks.post(url, body, settings.credentials().shortCode()).map(Reply::status));
    }

    private void control(ControlPaths paths, Json json) {
        paths.post("/reset", call -> {
            reset();
            return paths.done();
        });
        paths.post("/tokens/revoke", call -> {
            revokeTokens();
            return paths.done();
        });
        new MoneyCalls(ledger, customers, settings.defaultBalance(), json).mount(paths);
        new RecordCalls(recorder, counts, json).mount(paths);
        new ClockCalls(clock, json).mount(paths);
        new FaultCalls(faults).mount(paths);
        new HandsetCalls(handset, json).mount(paths);
        new C2bCalls(c2b, json).mount(paths);
        new PullCalls(pull).mount(paths);
        new StandingOrderCalls(standingOrders, json).mount(paths);
        new BongaCalls(bonga, json).mount(paths);
        new CallFaultCalls(calls, b2bExpress, billManager).mount(paths);
        new ResultCalls(results, json).mount(paths);
        families.forEach(family -> family.control(paths));
    }

    private static Script usual(SimulatorSettings settings) {
        return settings.handset() ? Script.pays().offeredToHandset() : Script.pays();
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
