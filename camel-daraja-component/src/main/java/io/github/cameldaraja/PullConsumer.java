package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.StatementApi;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultScheduledPollConsumerScheduler;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Looks again and again into a statement for payments that nobody has told us of. Those that count reach the route like any other
 * outcome, with their retries; the poll itself only brings them in.
 */
final class PullConsumer extends ScheduledConsumer implements ShutdownAware {

    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final StatementApi<?> api;
    private final DarajaConfiguration options;
    private final DarajaServices services;
    private final OutcomeConsumer outcomes;

    PullConsumer(DarajaEndpoint endpoint, StatementApi<?> api, Processor processor) {
        super(endpoint, processor);
        this.api = api;
        this.options = endpoint.getConfiguration();
        this.services = endpoint.services();
        this.outcomes = new OutcomeConsumer(endpoint, processor, false);
    }

    @Override
    public void setRoute(Route route) {
        super.setRoute(route);
        outcomes.setRoute(route);
    }

    @Override
    public void setRouteId(String routeId) {
        super.setRouteId(routeId);
        outcomes.setRouteId(routeId);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        ServiceHelper.initService(outcomes);
        accounts().forEach(account -> account.requireFor("from(\"daraja:" + api.name() + "\")", api.needs()));
    }

    @Override
    protected void doStart() throws Exception {
        ServiceHelper.startService(outcomes);
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        ServiceHelper.stopService(outcomes);
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        ServiceHelper.stopAndShutdownService(outcomes);
    }

    @Override
    protected void doSuspend() throws Exception {
        super.doSuspend();
        ServiceHelper.suspendService(outcomes);
    }

    @Override
    protected void doResume() throws Exception {
        ServiceHelper.resumeService(outcomes);
        super.doResume();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return outcomes.deferShutdown(shutdownRunningTask);
    }

    @Override
    public int getPendingExchangesSize() {
        return outcomes.getPendingExchangesSize();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        outcomes.prepareShutdown(suspendOnly, forced);
    }

    @Override
    protected int poll() throws Exception {
        int counted = 0;
        RuntimeException failed = null;
        for (Account account : accounts()) {
            try {
                counted += services.statements().read(api, account, options.getOverlap(), options.getLag(), pause()).join();
            } catch (CompletionException e) {
                // the other accounts have their turn all the same
                RuntimeException why = e.getCause() instanceof RuntimeException cause ? cause : e;
                if (failed == null) {
                    failed = why;
                } else {
                    failed.addSuppressed(why);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
        return counted;
    }

    // hours are the same moments on all nodes, and clustered each belongs to another one; a pause is each node's own
    private Duration pause() {
        return getScheduler() instanceof DefaultScheduledPollConsumerScheduler ? Duration.ofMillis(getDelay()) : MOMENT;
    }

    private Collection<Account> accounts() {
        return DarajaConfiguration.ALL_ACCOUNTS.equals(options.getAccount())
                ? services.accounts().all().stream().filter(account -> account.shortCode() != null).toList()
                : List.of(services.accounts().get(options.getAccount()));
    }
}
