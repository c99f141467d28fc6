package io.github.cameldaraja.management;

import io.github.cameldaraja.api.ApiTable;
import io.github.cameldaraja.gateway.QuestionPace;
import io.github.cameldaraja.transaction.Approvals;
import io.github.cameldaraja.transaction.Decisions;
import io.github.cameldaraja.transaction.Door;
import io.github.cameldaraja.transaction.OperatorCircuits;
import io.github.cameldaraja.transaction.Settlement;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that people who run payments see: health checks, desks, meters and spans, which come and go with the component. */
public final class Oversight {

    private static final Logger LOG = LoggerFactory.getLogger(Oversight.class);

    private final CamelContext camelContext;
    private final Watched watched;
    private final List<HealthCheck> checks;
    private final List<Service> desks;
    private volatile Meters meters = Meters.NONE;
    private volatile Consumer<Settlement> spans = settlement -> { };

    /**
     * @param door what passes it is counted
     * @param pace of questions; null before the component is started
     */
    public Oversight(CamelContext camelContext, Watched watched, HealthSettings health, Door door, Decisions decisions,
                     OperatorCircuits operators, Supplier<QuestionPace> pace, AskingControl asking, ApiTable operations) {
        this.camelContext = camelContext;
        this.watched = watched;
        this.checks = checks(health, operators);
        this.desks = desks(decisions, operators, pace, asking, operations);
        door.whenSettled(watched.freshness()::settled);
        door.whenSettled(settlement -> meters.settled(settlement));
        door.whenSettled(settlement -> spans.accept(settlement));
    }

    private List<HealthCheck> checks(HealthSettings health, OperatorCircuits operators) {
        return List.of(new TokensHealthCheck(watched.accounts(), watched.gateway(), health),
                new RepositoryHealthCheck(watched.repository(), watched.callbacks(), health),
                new DeliveriesHealthCheck(watched.clock(), watched.deliveries(), health),
                new PaymentsHealthCheck(watched.clock(), watched.repository(), health),
                new CallbacksHealthCheck(watched.clock(), watched.freshness(), health),
                new OperatorsHealthCheck(operators, health));
    }

    private List<Service> desks(Decisions decisions, OperatorCircuits operators, Supplier<QuestionPace> pace, AskingControl asking,
                                ApiTable operations) {
        Approvals approvals = new Approvals(watched.clock(), watched.application(), watched.repository());
        AccountsDesk accounts = new AccountsDesk(watched.clock(), watched.accounts(), watched.gateway(), pace, watched.repository(),
                operators);
        return List.of(new PaymentsDesk(watched.clock(), watched.application(), watched.repository(), decisions, approvals, operators),
                new PaymentsSearch(watched.clock(), watched.application(), watched.repository(), watched.accounts(), operations, asking),
                accounts, new ComponentDesk(watched, accounts, asking));
    }

    /** The component runs from now on. */
    public void begin() throws Exception {
        HealthCheckRegistry registry = HealthCheckRegistry.get(camelContext);
        if (registry != null) {
            checks.forEach(registry::register);
        }
        for (Service desk : desks) {
            camelContext.addService(desk);
            show(desk);
        }
        meters = orElse(Meters.NONE, "Nothing is measured", () -> Meters.of(camelContext, watched));
        spans = orElse(settlement -> { }, "Callbacks have no spans", () -> PaymentSpans.of(camelContext));
        watched.gateway().watch(meters == Meters.NONE ? null : meters);
    }

    /** Does what is due; returns at once. */
    public void tick() {
        meters.tick();
    }

    /** The component is about to stop: nobody sees it half. */
    public void leave() {
        HealthCheckRegistry registry = HealthCheckRegistry.get(camelContext);
        if (registry != null) {
            checks.forEach(registry::unregister);
        }
        desks.forEach(this::remove);
    }

    /** Nothing happens any more. */
    public void end() {
        watched.gateway().watch(null);
        Meters last = meters;
        meters = Meters.NONE;
        last.close();
    }

    private void show(Service desk) {
        try {
            DeskMBean.show(camelContext, desk);
        } catch (Exception e) {
            LOG.warn("{} is shown as Camel shows it: {}", desk.getClass().getSimpleName(), e.toString());
        }
    }

    // what is only seen must not stand in the way of money
    private static <T> T orElse(T nothing, String what, Supplier<T> source) {
        try {
            return source.get();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: {}", what, e.toString());
            return nothing;
        }
    }

    private void remove(Service desk) {
        try {
            camelContext.removeService(desk);
        } catch (Exception e) {
            LOG.warn("{} could not be taken away: {}", desk.getClass().getSimpleName(), e.toString());
        }
    }
}
