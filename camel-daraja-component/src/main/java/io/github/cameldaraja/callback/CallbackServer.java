package io.github.cameldaraja.callback;

import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.CapabilityPath;
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
 * to a route, so that it goes on accepting while routes are suspended or busy.
 */
public final class CallbackServer extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackServer.class);

    private final CamelContext camelContext;
    private final CallbackSettings settings;
    private final CallbackIntake intake;
    private Consumer consumer;

    public CallbackServer(CamelContext camelContext, CallbackSettings settings, Accounts accounts, SenderAddress senders,
                          Map<Character, CallbackHandler> handlers) {
        this.camelContext = camelContext;
        this.settings = settings;
        this.intake = new CallbackIntake(accounts, senders, handlers);
    }

    @Override
    protected void doStart() throws Exception {
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
            configuration.setEndpointProperties(Map.of("usingExecutorService", "false"));
        }
        consumer = factory.createConsumer(camelContext, intake, "POST", settings.basePath(), CapabilityPath.TEMPLATE, null, null,
                configuration, Map.of());
        try {
            ServiceHelper.startService(consumer);
        } catch (Exception e) {
            throw new IllegalStateException("callbacks cannot be accepted at " + settings.host() + ":" + settings.port()
                    + "; set callbackHost and callbackPort to a free one", e);
        }
        LOG.info("Callbacks are accepted by {} at {}:{}{}", settings.componentName(), settings.host(), settings.port(),
                settings.basePath() + "/d/…");
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopAndShutdownService(consumer);
        consumer = null;
    }
}
