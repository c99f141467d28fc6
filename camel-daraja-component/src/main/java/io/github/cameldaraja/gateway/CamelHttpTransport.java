package io.github.cameldaraja.gateway;

import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * Sends through Camel HTTP, with an exchange of its own per call and never the user's, on a bounded pool of its own, because
 * Camel HTTP blocks.
 */
final class CamelHttpTransport extends ServiceSupport implements Transport {

    private static final String THREADS = "DarajaHttp";
    private static final String WATCH = "DarajaHttpWatch";
    private static final String STOPPING = "not started, or stopping";
    private static final String OVERDUE = "the answer did not end in time";
    private static final Duration GRACE = Duration.ofMillis(500);

    private final CamelContext camelContext;
    private final TransportSettings settings;
    private final Map<String, Producer> producers = new ConcurrentHashMap<>();
    private final Set<Sending> unfinished = ConcurrentHashMap.newKeySet();

    private HttpComponent http;
    private volatile ExecutorService pool;
    private volatile ScheduledExecutorService watch;
    private volatile boolean accepting;

    CamelHttpTransport(CamelContext camelContext, TransportSettings settings) {
        this.camelContext = camelContext;
        this.settings = settings;
    }

    @Override
    public CompletableFuture<TransportAnswer> send(TransportRequest request) {
        Sending sending = new Sending(request, this::exchange);
        unfinished.add(sending);
        sending.answer().whenComplete((answer, failure) -> unfinished.remove(sending));
        try {
            if (accepting) {
                pool.execute(sending);
                Duration wait = settings.connectionRequestTimeout();
                watch(sending, wait, () -> sending.refuse("no free connection within " + wait.toMillis() + " ms", null));
            } else {
                sending.refuse(STOPPING, null);
            }
        } catch (RejectedExecutionException e) {
            sending.refuse(accepting ? settings.maxPending() + " requests are waiting already" : STOPPING, e);
        } catch (Throwable e) {
            // no thread to be had, for instance
            sending.refuse(e.toString(), e);
        }
        return sending.answer();
    }

    /** Blocks. */
    private TransportAnswer exchange(Sending sending) throws Exception {
        if (!accepting) {
            throw new IllegalStateException(STOPPING);
        }
        Duration longest = settings.connectTimeout().plus(settings.responseTimeout());
        long until = System.nanoTime() + longest.toNanos();
        // the timeouts of sockets begin anew with each byte
        watch(sending, longest.plus(GRACE), () -> sending.abandon(OVERDUE, new SocketTimeoutException(OVERDUE)));
        TransportRequest request = sending.request();
        Producer producer = producers.computeIfAbsent(request.toString(), key -> producer(request));
        Exchange exchange = producer.getEndpoint().createExchange(ExchangePattern.InOut);
        exchange.getIn().setHeader("Authorization", request.authorization());
        exchange.getIn().setHeader("Accept", "application/json");
        request.headers().forEach(exchange.getIn()::setHeader);
        exchange.getIn().setBody(sending.body());
        // an answer that is compressed although we did not ask for it is one that we cannot read
        exchange.setProperty(Exchange.SKIP_GZIP_ENCODING, Boolean.TRUE);
        try {
            producer.process(exchange);
            int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
            String date = exchange.getMessage().getHeader("Date") instanceof String text ? text : null;
            return new TransportAnswer(status, AnswerReader.read(exchange.getMessage().getBody(InputStream.class), until), date);
        } finally {
            // camel-http waits with the release of the connection for the end of an exchange, which ours has not
            UnitOfWorkHelper.doneSynchronizations(exchange, exchange.getExchangeExtension().handoverCompletions());
        }
    }

    private void watch(Sending sending, Duration time, Runnable end) {
        Future<?> timer = watch.schedule(end, time.toMillis(), TimeUnit.MILLISECONDS);
        sending.answer().whenComplete((answer, failure) -> timer.cancel(false));
    }

    private Producer producer(TransportRequest request) {
        try {
            String options = "httpMethod=" + request.method() + "&throwExceptionOnFailure=false&disableStreamCache=true";
            Endpoint endpoint = http.createEndpoint(
                    URISupport.appendParametersToURI(request.url().toString(), URISupport.parseQuery(options)));
            endpoint.setCamelContext(camelContext);
            ServiceHelper.startService(endpoint);
            Producer producer = endpoint.createProducer();
            ServiceHelper.startService(producer);
            return producer;
        } catch (Exception e) {
            throw new IllegalArgumentException("cannot send to " + request.url(), e);
        }
    }

    @Override
    protected void doStart() throws Exception {
        http = PrivateHttp.create(camelContext, settings);
        ServiceHelper.startService(http);
        pool = camelContext.getExecutorServiceManager().newThreadPool(this, THREADS, profile());
        watch = camelContext.getExecutorServiceManager().newScheduledThreadPool(this, WATCH, watchProfile());
        accepting = true;
    }

    private static ThreadPoolProfile watchProfile() {
        ThreadPoolProfile profile = new ThreadPoolProfile(WATCH);
        profile.setPoolSize(1);
        // as many as there are requests under way; Camel's default refuses the 1001st
        profile.setMaxQueueSize(-1);
        return profile;
    }

    private ThreadPoolProfile profile() {
        ThreadPoolProfile profile = new ThreadPoolProfile(THREADS);
        profile.setPoolSize(settings.maxConnections());
        profile.setMaxPoolSize(settings.maxConnections());
        profile.setMaxQueueSize(settings.maxPending());
        profile.setAllowCoreThreadTimeOut(true);
        profile.setKeepAliveTime(60L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /** Refuses what has not begun, and waits for what has as long as its timeouts let it live. */
    @Override
    protected void doStop() {
        accepting = false;
        if (pool != null) {
            pool.shutdown();
            unfinished.forEach(sending -> sending.refuse(STOPPING, null));
            try {
                pool.awaitTermination(settings.connectTimeout().plus(settings.responseTimeout()).toMillis(),
                        TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        producers.values().forEach(producer -> ServiceHelper.stopService(producer, producer.getEndpoint()));
        producers.clear();
        ServiceHelper.stopAndShutdownService(http);
        if (pool != null) {
            camelContext.getExecutorServiceManager().shutdownNow(pool);
            camelContext.getExecutorServiceManager().shutdownNow(watch);
        }
        unfinished.forEach(sending -> sending.abandon("stopped before the answer came", null));
    }
}
