package io.github.cameldaraja.callback;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.CapabilityPath;
import io.github.cameldaraja.api.RegisteredUrl;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.component.netty.http.NettyHttpComponent;
import org.apache.camel.spi.RestConfiguration;
import org.apache.camel.spi.RestConsumerFactory;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener for callbacks, on a port of its own: the only one that Safaricom must reach. It belongs to the component and not
 * to a route, so that it goes on accepting while routes are suspended, busy or gone.
 */
public final class CallbackServer extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackServer.class);

    private record Owner(String account, RegisteredUrl url) {
    }

    private final CamelContext camelContext;
    private final CallbackSettings settings;
    private final SenderAddress senders;
    private final Clock clock;
    private final Refusals refusals;
    private final Keeper keeper;
    // what is served besides capabilities
    private final Map<String, Intake> paths = new LinkedHashMap<>();
    private final Map<String, Owner> pathOwners = new LinkedHashMap<>();
    private final List<Consumer> consumers = new ArrayList<>();
    private final CallbackIntake capabilities;

    public CallbackServer(CamelContext camelContext, CallbackSettings settings, Clock clock, Accounts accounts,
                          SenderAddress senders, Refusals refusals, Keeper keeper, Map<Character, CallbackHandler> handlers) {
        this.camelContext = camelContext;
        this.settings = settings;
        this.senders = senders;
        this.clock = clock;
        this.refusals = refusals;
        this.keeper = keeper;
        this.capabilities = new CallbackIntake(clock, accounts, senders, refusals, keeper, handlers);
    }

    /**
     * Serves a URL that was registered earlier, until the component stops; the same again is harmless.
     *
     * @param path as it reaches the listener
     * @throws IllegalArgumentException naming rule and cure
     */
    public void serve(String path, Account account, RegisteredUrl url, CallbackHandler handler) throws Exception {
        if (!path.matches("(/[A-Za-z0-9._~-]+)+") || path.startsWith("/d/")) {
            throw new IllegalArgumentException("path=" + path + " must be the path of the registered URL, without host and query,"
                    + " and not below /d; write it as /pay/confirmation");
        }
        lock.lock();
        try {
            Owner asked = new Owner(account.name(), url);
            Owner owner = pathOwners.putIfAbsent(path, asked);
            if (owner != null && !owner.equals(asked)) {
                throw new IllegalArgumentException("path=" + path + " is served for account '" + owner.account() + "' and "
                        + owner.url() + " already; one URL tells of one kind of one account's payments");
            }
            if (owner == null) {
                add(path, new PathIntake(clock, senders, refusals, keeper, account, url, handler));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Serves the paths at which Safaricom asks for names, until the component stops; again is harmless. */
    public void serveNames(Accounts accounts, Consultations consultations) throws Exception {
        lock.lock();
        try {
            if (!paths.containsKey(settings.basePath() + NameDesk.TOKEN_PATH)) {
                NameDesk desk = new NameDesk(clock, accounts, consultations, refusals);
                add(settings.basePath() + NameDesk.TOKEN_PATH, desk.tokens(senders));
                add(settings.basePath() + NameDesk.NOTIFY_PATH, desk.questions(senders));
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(String path, Intake intake) throws Exception {
        paths.put(path, intake);
        if (isStarted()) {
            open(path, null, intake);
        }
    }

    @Override
    protected void doStart() throws Exception {
        open(settings.basePath(), CapabilityPath.TEMPLATE, capabilities);
        for (Map.Entry<String, Intake> path : paths.entrySet()) {
            open(path.getKey(), null, path.getValue());
        }
        LOG.info("Callbacks are accepted by {} at {}:{}{}", settings.componentName(), settings.host(), settings.port(),
                settings.basePath() + "/d/…");
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopAndShutdownServices(consumers);
        consumers.clear();
    }

    private void open(String path, String template, Intake intake) throws Exception {
        Component server = camelContext.getComponent(settings.componentName(), true, false);
        if (!(server instanceof RestConsumerFactory factory)) {
            throw new IllegalArgumentException("callbackComponentName '" + settings.componentName() + "' "
                    + (server == null ? "is not on the class path" : "serves no HTTP") + "; use netty-http, jetty, servlet,"
                    + " undertow or platform-http, and add its camel-… artifact");
        }
        RestConfiguration configuration = new RestConfiguration();
        configuration.setComponent(settings.componentName());
        configuration.setScheme("http");
        configuration.setHost(settings.host());
        configuration.setPort(settings.port());
        if (server instanceof NettyHttpComponent) {
            // the component's worker threads serve the user's routes too, which may wait: we never do, so the server's own will do
            // and when it stops, two groups of threads are waited for that never end in time
            configuration.setEndpointProperties(Map.of("usingExecutorService", "false", "shutdownTimeout", "20"));
        }
        Consumer consumer =
                factory.createConsumer(camelContext, intake, "POST", path, template, null, null, configuration, Map.of());
        try {
            ServiceHelper.startService(consumer);
        } catch (Exception e) {
            throw new IllegalStateException("callbacks cannot be accepted at " + settings.host() + ":" + settings.port()
                    + "; set callbackHost and callbackPort to a free one", e);
        }
        consumers.add(consumer);
    }
}
