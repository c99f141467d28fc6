package io.github.cameldaraja.gateway;

import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
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

    private final CamelContext camelContext;
    private final TransportSettings settings;
    private final Map<String, Producer> producers = new ConcurrentHashMap<>();
    private final Set<Sending> unfinished = ConcurrentHashMap.newKeySet();

    private HttpComponent http;
    private volatile ExecutorService pool;
    private volatile boolean accepting;

    CamelHttpTransport(CamelContext camelContext, TransportSettings settings) {
        this.camelContext = camelContext;
        this.settings = settings;
    }

    @Override
    public CompletableFuture<TransportAnswer> send(TransportRequest request) {
        Sending sending = new Sending(request, this::exchange, () -> accepting, settings.connectionRequestTimeout());
        unfinished.add(sending);
        sending.answer().whenComplete((answer, failure) -> unfinished.remove(sending));
        try {
            if (accepting) {
                pool.execute(sending);
            } else {
                sending.refuse("not started, or stopping", null);
            }
        } catch (RejectedExecutionException e) {
            sending.refuse(accepting ? settings.maxPending() + " requests are waiting already" : "stopping", e);
        } catch (Throwable e) {
            // no thread to be had, for instance
            sending.refuse(e.toString(), e);
        }
        return sending.answer();
    }

    /** Blocks. */
    private TransportAnswer exchange(TransportRequest request, WatchedBody body) throws Exception {
        long until = System.nanoTime() + settings.responseTimeout().plus(settings.connectTimeout()).toNanos();
        Producer producer = producers.computeIfAbsent(request.toString(), key -> producer(request));
        Exchange exchange = producer.getEndpoint().createExchange(ExchangePattern.InOut);
        exchange.getIn().setHeader("Authorization", request.authorization());
        exchange.getIn().setHeader("Accept", "application/json");
        exchange.getIn().setBody(body);
        // an answer that is compressed although we did not ask for it is one that we cannot read
        exchange.setProperty(Exchange.SKIP_GZIP_ENCODING, Boolean.TRUE);
        try {
            producer.process(exchange);
            int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
            return new TransportAnswer(status, AnswerReader.read(exchange.getMessage().getBody(InputStream.class), until));
        } finally {
            // camel-http waits with the release of the connection for the end of an exchange, which ours has not
            UnitOfWorkHelper.doneSynchronizations(exchange, exchange.getExchangeExtension().handoverCompletions());
        }
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
        accepting = true;
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
        }
        unfinished.forEach(Sending::abandon);
    }
}
