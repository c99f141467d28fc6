package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.CallbackKind;
import io.github.cameldaraja.account.Environment;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.ConsultationApi;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.NoticeApi;
import io.github.cameldaraja.api.PayoutPolicy;
import io.github.cameldaraja.api.QuestionApi;
import io.github.cameldaraja.api.RegisteredUrl;
import io.github.cameldaraja.api.ReportApi;
import io.github.cameldaraja.callback.Answering;
import io.github.cameldaraja.callback.CallbackFigures;
import io.github.cameldaraja.callback.CallbackHandler;
import io.github.cameldaraja.callback.CallbackServer;
import io.github.cameldaraja.callback.CallbackSettings;
import io.github.cameldaraja.callback.Consultations;
import io.github.cameldaraja.callback.Keeper;
import io.github.cameldaraja.callback.Notices;
import io.github.cameldaraja.callback.Refusals;
import io.github.cameldaraja.callback.RequestCallbacks;
import io.github.cameldaraja.callback.SenderAddress;
import io.github.cameldaraja.callback.Spool;
import io.github.cameldaraja.callback.SpoolWatch;
import io.github.cameldaraja.gateway.DarajaGateway;
import io.github.cameldaraja.gateway.QuestionPace;
import io.github.cameldaraja.gateway.TransportSettings;
import io.github.cameldaraja.management.AskingControl;
import io.github.cameldaraja.management.CallbackCounts;
import io.github.cameldaraja.management.DarajaDoctor;
import io.github.cameldaraja.management.Finding;
import io.github.cameldaraja.management.Freshness;
import io.github.cameldaraja.management.HealthSettings;
import io.github.cameldaraja.management.Oversight;
import io.github.cameldaraja.management.Watched;
import io.github.cameldaraja.reconcile.AskSchedule;
import io.github.cameldaraja.reconcile.Asking;
import io.github.cameldaraja.reconcile.Departures;
import io.github.cameldaraja.reconcile.Questions;
import io.github.cameldaraja.reconcile.Reconciliation;
import io.github.cameldaraja.reconcile.Repeats;
import io.github.cameldaraja.reconcile.Statements;
import io.github.cameldaraja.transaction.Alarms;
import io.github.cameldaraja.transaction.Arrivals;
import io.github.cameldaraja.transaction.Deadlines;
import io.github.cameldaraja.transaction.Debts;
import io.github.cameldaraja.transaction.Decisions;
import io.github.cameldaraja.transaction.Deliveries;
import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.Door;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Node;
import io.github.cameldaraja.transaction.OperatorCircuits;
import io.github.cameldaraja.transaction.References;
import io.github.cameldaraja.transaction.RetentionJob;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all endpoints of a component share, built from its options and started and stopped with it. */
final class DarajaServices extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(DarajaServices.class);
    private static final long TICK_MILLIS = 100;
    private static final int TICKS_PER_LOOK = 5;
    private static final Duration LONGEST_LEAVE = Duration.ofSeconds(5);
    private static final int RETRY_THREADS = 2;
    // the disk forces files of several threads at once: four are many times as fast as one
    private static final int DISK_THREADS = 4;

    @FunctionalInterface
    private interface Served {
        void by(CallbackServer server) throws Exception;
    }

    private final DarajaComponent options;
    private final CamelContext camelContext;
    private final Clock clock;
    private final Accounts accounts;
    private final DarajaGateway gateway;
    private final TransactionRepository repository;
    private final References references;
    private final Operations operations;
    private final Waiting waiting = new Waiting();
    private final Sends sends = new Sends();
    // these two outlive a restart: consumers stay subscribed, and what nobody took so far is not forgotten
    private final Deadlines deadlines;
    private final Deliveries deliveries;
    private final Alarms alarms;
    private final OperatorCircuits operators;
    private final RetentionJob retention;
    private final Door door;
    private final Decisions decisions;
    private final Oversight oversight;
    private final DarajaDoctor doctor = new DarajaDoctor(this::examine);
    private final LifecycleStrategySupport shutdown = new LifecycleStrategySupport() {
        @Override
        public void onContextStopping(CamelContext context) {
            // before Camel waits for exchanges in flight: ours would keep it waiting
            waiting.close();
        }
    };
    private ExecutorService workers;
    private ScheduledExecutorService ticker;
    // of the ticking thread alone
    private int ticks;
    private Questions questions;
    private Arrivals arrivals;
    private Statements statements;
    private Departures departures;
    private Asking asking;
    private QuestionPace pace;
    private final Deadlines prompt;
    private final Debts debts;
    private final Consultations consultations;
    // what else the callback listener serves, by what it is: again after a restart
    private final Map<String, Served> served = new LinkedHashMap<>();
    // operation and account whose payments are verified
    private final Set<String> verified = ConcurrentHashMap.newKeySet();
    private Map<Character, CallbackHandler> handlers;
    private ExecutorService retries;
    private ExecutorService disk;
    private volatile Keeper keeper;
    private SpoolWatch spoolWatch;
    private CallbackServer callbacks;
    private boolean callbacksWanted;

    DarajaServices(DarajaComponent options) {
        requireOne("memoryCapacity", options.getMemoryCapacity());
        requireOne("deliveryThreads", options.getDeliveryThreads());
        requireOne("maximumDeliveries", options.getMaximumDeliveries());
        requirePositive("storeTimeout", options.getStoreTimeout());
        requirePositive("approvalTime", options.getApprovalTime());
        requireOne("healthBacklog", options.getHealthBacklog());
        requirePositive("healthUnsettledAge", options.getHealthUnsettledAge());
        requirePositive("healthCallbackSilence", options.getHealthCallbackSilence());
        if (options.getPayoutSpacing().isNegative()) {
            throw new IllegalArgumentException("payoutSpacing must not be negative; leave it out for the default, or set 0 for none");
        }
        this.options = options;
        this.camelContext = options.getCamelContext();
        this.clock = options.getClock() == null ? Clock.systemUTC() : options.getClock();
        this.accounts = new Accounts(camelContext, options.getConfiguration(), options.getAccounts(), options.getAccountResolver());
        this.repository = options.getRepository() == null ? new MemoryTransactionRepository(clock, options.getMemoryCapacity())
                : options.getRepository();
        this.gateway = new DarajaGateway(camelContext, clock, transportSettings(), repository.commons().orElse(null),
                options.getStoreTimeout());
        this.references = new References(clock);
        this.operations = new Operations(camelContext);
        this.deadlines = new Deadlines(clock, task -> workers.execute(task));
        // on the clock's own thread: all workers may be busy with the very routes that are late
        this.prompt = new Deadlines(clock, Runnable::run);
        this.debts = new Debts(clock, prompt);
        this.consultations = new Consultations(clock, prompt);
        this.deliveries = new Deliveries(clock, repository.outbox(), operation -> operations.find(operation) instanceof QuestionApi
                || operations.find(operation) instanceof ReportApi,
                options.getMaximumDeliveries(), options.getDeliveryDelay());
        this.alarms = new Alarms(clock, repository.outbox(), deliveries);
        deliveries.whenParked(this::parked);
        repository.whenUnreadable(clear -> alarms.raise(AlertKind.STORED_UNREADABLE, clear, "what is stored of this payment cannot be read"
                + " and is set aside: a secret is missing, or somebody has changed it", Map.of("why", clear.resultDescription())));
        this.operators = new OperatorCircuits(clock, options.getApplication(), repository, accounts, alarms);
        this.retention = new RetentionJob(clock, repository, options.getRawRetention(), options.getLedgerRetention());
        this.door = new Door(repository, deliveries, alarms);
        this.decisions = new Decisions(clock, repository, door, operations);
        this.oversight = oversight();
    }

    @Override
    protected void doStart() throws Exception {
        workers = threads("DarajaDelivery", options.getDeliveryThreads());
        ticker = camelContext.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "DarajaClock");
        questions = new Questions(clock, gateway, operations);
        arrivals = new Arrivals(clock, options.getApplication(), repository, door, accounts, options.getMergeWindow());
        statements = new Statements(clock, gateway, repository, arrivals, alarms, this::node);
        AskSchedule schedule = new AskSchedule(options.getAskAfter(), options.getAskInterval(), options.getMaximumQuestions(),
                options.getQueryGrace());
        pace = pace();
        departures = new Departures(clock, repository, debts, accounts, gateway, operations, operators, schedule, longestSending(),
                options.getApprovalTime());
        Repeats repeats = new Repeats(clock, repository, debts, gateway, operations, operators, schedule, options.getResendWindow());
        asking = new Asking(clock, options.getApplication(), repository, debts, accounts, questions, repeats, departures, operators, pace,
                door, arrivals, alarms, schedule, options.isAskWhenLate());
        handlers = handlers();
        keeper = keeper();
        spoolWatch = new SpoolWatch(clock, alarms, String.valueOf(options.getSpoolDirectory()));
        callbacks = new CallbackServer(camelContext, callbackSettings(), clock, accounts,
                new SenderAddress(options.getCallbackSources(), options.getTrustedProxies()),
                new Refusals(clock, alarms), keeper, handlers);
        for (Served one : served.values()) {
            one.by(callbacks);
        }
        waiting.open();
        CamelContextAware.trySetCamelContext(repository, camelContext);
        ServiceHelper.startService(repository, gateway);
        deliveries.start(new Node(options.getApplication(), references.next()));
        keeper.start();
        camelContext.addLifecycleStrategy(shutdown);
        oversight.begin();
        camelContext.addService(doctor);
        if (callbacksWanted) {
            ServiceHelper.startService(callbacks);
        }
        ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doStop() {
        camelContext.getLifecycleStrategies().remove(shutdown);
        waiting.close();
        oversight.leave();
        camelContext.getExecutorServiceManager().shutdownNow(ticker);
        ServiceHelper.stopService(gateway);
        end(workers);
        // last: what Safaricom still has to say is heard until the end
        keeper.hurry();
        ServiceHelper.stopService(callbacks);
        end(retries);
        end(disk);
        keeper.close();
        payDebts();
        leave();
        ServiceHelper.stopService(repository);
        dismissDoctor();
        oversight.end();
    }

    private void dismissDoctor() {
        try {
            camelContext.removeService(doctor);
        } catch (Exception e) {
            LOG.warn("DarajaDoctor could not be taken away: {}", e.toString());
        }
    }

    private Oversight oversight() {
        Watched watched = new Watched(clock, options.getApplication(), repository, deliveries, accounts, gateway, new Freshness(clock),
                this::callbackCounts);
        HealthSettings health = new HealthSettings(options.getApplication(), options.isHealthReadiness(),
                options.getHealthUnsettledAge(), options.getHealthBacklog(), options.getHealthCallbackSilence());
        return new Oversight(camelContext, watched, health, door, decisions, operators, () -> pace, askingControl(),
                operations);
    }

    // made anew with each start
    private AskingControl askingControl() {
        return new AskingControl() {
            @Override
            public CompletableFuture<Transaction> askNow(String reference) {
                return asking.askNow(reference);
            }

            @Override
            public void pause(boolean paused) {
                asking.pause(paused);
            }

            @Override
            public boolean isPaused() {
                return asking.isPaused();
            }
        };
    }

    private CallbackCounts callbackCounts() {
        CallbackFigures figures = callbackFigures();
        return new CallbackCounts(figures.spooled(), figures.drained(), figures.waiting(), figures.oldest(), figures.refused());
    }

    /** Looks whether the settings of all accounts work, without a payment. Blocks. */
    List<Finding> examine() {
        return examine(gateway);
    }

    /** The same where nothing is started, and nothing must be: a second node would send again, and tell routes. */
    List<Finding> examineAlone() {
        DarajaGateway own = new DarajaGateway(camelContext, clock, transportSettings());
        ServiceHelper.startService(own);
        try {
            return examine(own);
        } finally {
            ServiceHelper.stopAndShutdownService(own);
        }
    }

    private List<Finding> examine(DarajaGateway asking) {
        return new Examination(clock, longestSending(), asking, repository, String.valueOf(options.getSpoolDirectory()),
                InetAddress::getAllByName).run(accounts.all());
    }

    private QuestionPace pace() {
        return new QuestionPace(clock, repository.commons().orElse(null), options.getStoreTimeout());
    }

    private Keeper keeper() {
        retries = threads("DarajaIntake", RETRY_THREADS);
        disk = threads("DarajaSpool", DISK_THREADS);
        // in front of a store that forgets there is nothing to gain
        Spool spool = repository.isDurable() ? new Spool(options.getSpoolDirectory(), disk) : null;
        return new Keeper(clock, options.getStoreTimeout(), spool, accounts, handlers, retries);
    }

    private void payDebts() {
        try {
            debts.payAll().get(LONGEST_LEAVE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("What Safaricom has answered could not be stored: {}", e.toString());
        }
    }

    // what is not delivered is free at once; if the store does not answer, a little later
    private void leave() {
        try {
            deliveries.stop().get(LONGEST_LEAVE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The store could not be told that this node has stopped: {}", e.toString());
        }
    }

    // what still waits for a thread is done here: a dropped continuation is an exchange that hangs
    private void end(ExecutorService workers) {
        ExecutorServiceManager threads = camelContext.getExecutorServiceManager();
        workers.shutdown();
        try {
            threads.awaitTermination(workers, threads.getShutdownAwaitTermination());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow().forEach(Runnable::run);
        // and out of Camel's books
        threads.shutdownNow(workers);
    }

    /**
     * Refuses payouts on a store that is gone with the process, in production.
     *
     * @throws IllegalArgumentException naming the cure
     */
    void requireLastingStore(String operation, Account account) {
        if (!repository.isDurable() && account.environment() == Environment.PRODUCTION && !options.isAllowVolatile()) {
            throw new IllegalArgumentException(operation + " pays out, and payments are kept in memory: after a restart nobody would"
                    + " know what was paid; set repository to a durable one, or allowVolatile=true if that is what you want");
        }
    }

    /** Starts the callback listener when the first operation needs it. */
    void acceptCallbacks() {
        lock.lock();
        try {
            callbacksWanted = true;
            ServiceHelper.startService(callbacks);
        } finally {
            lock.unlock();
        }
    }

    /** Serves a URL that was registered before we came, from now on: what is told there may not depend on a route's state. */
    void acceptNotices(String path, Account account, RegisteredUrl url) throws Exception {
        serve(path, server -> server.serve(path, account, url, handlers.get(url.kind())));
    }

    /** Serves the paths at which Safaricom asks for names. */
    void acceptNameQuestions() throws Exception {
        serve("names", server -> server.serveNames(accounts, consultations));
    }

    private void serve(String what, Served by) throws Exception {
        lock.lock();
        try {
            by.by(callbacks);
            served.putIfAbsent(what, by);
        } finally {
            lock.unlock();
        }
    }

    /** From now on no payment of this operation and account counts before Safaricom has been asked about it. */
    void verifyNotices(String operation, String account) {
        verified.add(operation + '/' + account);
    }

    /** Whether it is listed who may call back. */
    boolean knowsSenders() {
        return options.getCallbackSources() != null && !options.getCallbackSources().isBlank();
    }

    /** How long after an intent was stored it is certain that nobody sends it any more. */
    Duration longestSending() {
        return options.getConnectTimeout().plus(options.getResponseTimeout()).multipliedBy(2).plusMinutes(1);
    }

    /** How long after an intent was stored its sender usually knows what Safaricom answers. */
    Duration usualSending() {
        return options.getConnectTimeout().plus(options.getResponseTimeout());
    }

    /** How far apart equal payouts are sent. */
    Duration payoutSpacing() {
        return options.getPayoutSpacing();
    }

    /** How long a payout waits for a second person. */
    Duration approvalTime() {
        return options.getApprovalTime();
    }

    /** The company's own, or null. */
    PayoutPolicy payoutPolicy() {
        return options.getPayoutPolicy();
    }

    /** What was answered and could not be stored so far. */
    Debts debts() {
        return debts;
    }

    /** Sends what was stored to be sent later. */
    Departures departures() {
        return departures;
    }

    /** Whether no second prompt is sent to a phone that shows one. */
    boolean guardsPrompts() {
        return options.isPromptGuard();
    }

    boolean asksByItself() {
        return options.isAskWhenLate();
    }

    Consultations consultations() {
        return consultations;
    }

    Clock clock() {
        return clock;
    }

    Accounts accounts() {
        return accounts;
    }

    DarajaGateway gateway() {
        return gateway;
    }

    TransactionRepository repository() {
        return repository;
    }

    Operations operations() {
        return operations;
    }

    References references() {
        return references;
    }

    Sends sends() {
        return sends;
    }

    Waiting waiting() {
        return waiting;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    /** Deadlines that are kept even when all workers are busy; what they run must not take long. */
    Deadlines prompt() {
        return prompt;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** Who we are among those that share the store. */
    Node node() {
        return deliveries.node();
    }

    /** Whether the operators of accounts may sign. */
    OperatorCircuits operators() {
        return operators;
    }

    /** Takes in what a person decides. */
    Decisions decisions() {
        return decisions;
    }

    Questions questions() {
        return questions;
    }

    Statements statements() {
        return statements;
    }

    /** How the keeping of callbacks is going. */
    CallbackFigures callbackFigures() {
        Keeper current = keeper;
        return current == null ? new CallbackFigures(0, 0, 0, Duration.ZERO, 0) : current.figures();
    }

    /** Takes in payments that come by themselves. */
    Arrivals arrivals() {
        return arrivals;
    }

    /** Looks at all that is open, once. */
    Reconciliation reconciliation() {
        return new Reconciliation(clock, options.getApplication(), repository, asking, pace, prompt, options.getQueryGrace());
    }

    Asking asking() {
        return asking;
    }

    /** Runs user routes; never the thread that brought the news. */
    ExecutorService workers() {
        return workers;
    }

    private static void requireOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " must be at least 1; leave it out for the default");
        }
    }

    private static void requirePositive(String option, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(option + " must be longer than 0; leave it out for the default");
        }
    }

    private void tick() {
        guarded(prompt::tick);
        guarded(deadlines::tick);
        // a database is asked less often than memory is
        if (!repository.isDurable() || ++ticks % TICKS_PER_LOOK == 0) {
            guarded(deliveries::tick);
            guarded(asking::tick);
        }
        guarded(keeper::tick);
        guarded(() -> spoolWatch.look(keeper.figures()));
        guarded(retention::tick);
        guarded(oversight::tick);
    }

    // what escapes would end the ticking for good, and with it all timeouts
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            LOG.error("The clock goes on, but what was due now may be late", e);
        }
    }

    // an alert that its route fails on is in the log, and no reason for another alert
    private void parked(Delivery delivery) {
        if (!delivery.isAlert()) {
            alarms.raise(AlertKind.PARKED, delivery.outcome(), "a route failed on this outcome as often as allowed: mend it and release the"
                    + " outcome", Map.of("group", delivery.group(), "number", delivery.number(), "attempts", delivery.attempt(), "status",
                    delivery.outcome().status()), delivery.id(), clock.instant());
        }
    }

    private boolean isVerified(String operation, String account) {
        return verified.contains(operation + '/' + account) || verified.contains(operation + "/*");
    }

    private Map<Character, CallbackHandler> handlers() {
        Map<Character, CallbackHandler> handlers = new HashMap<>();
        Answering answering = new Answering(repository, options.getStoreTimeout());
        CallbackHandler requests = new RequestCallbacks(clock, operations, repository, door, arrivals, answering, operators, alarms,
                asking::heard);
        for (CallbackKind kind : CallbackKind.values()) {
            handlers.put(kind.character(), requests);
        }
        Notices notices = new Notices(repository, arrivals, answering, alarms, this::isVerified);
        for (RegisteredUrl url : RegisteredUrl.values()) {
            handlers.put(url.kind(), notices.undocumented());
        }
        for (DarajaApi api : operations.all()) {
            if (api instanceof NoticeApi notice) {
                handlers.put(notice.url().kind(), notices.of(notice));
            } else if (api instanceof ConsultationApi question && question.url() != null) {
                handlers.put(question.url().kind(), consultations.of(question));
            }
        }
        return handlers;
    }

    private ExecutorService threads(String name, int size) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(size);
        profile.setMaxPoolSize(size);
        // unbounded: each entry stands for a payment that is kept anyway, and the bringer must not run routes itself. Not -1, which
        // for Camel is no queue at all: then event loop, transport and clock would run routes as soon as all threads are busy
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setKeepAliveTime(30L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        // Camel's default drops in silence what comes after the shutdown, and the exchange would never go on
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return camelContext.getExecutorServiceManager().newThreadPool(this, name, profile);
    }

    private TransportSettings transportSettings() {
        return TransportSettings.defaults()
                .withConnectTimeout(options.getConnectTimeout())
                .withResponseTimeout(options.getResponseTimeout())
                .withMaxConnections(options.getMaxConnections())
                .withMaxPending(options.getMaxPending())
                .withSslContextParameters(options.getSslContextParameters())
                .withProxy(options.getProxyHost(), options.getProxyPort(), options.getProxyUsername(),
                        options.getProxyPassword());
    }

    private CallbackSettings callbackSettings() {
        String path = options.getCallbackPath();
        if (path == null) {
            path = accounts.all().stream().map(Account::callbackBasePath).filter(base -> !base.isEmpty()).findFirst().orElse("");
        }
        return new CallbackSettings(options.getCallbackComponentName(), options.getCallbackHost(), options.getCallbackPort(),
                path.replaceAll("/+$", ""));
    }
}
