package io.github.cameldaraja.management;

import static io.github.cameldaraja.management.DeskWork.json;
import static io.github.cameldaraja.management.DeskWork.await;
import static io.github.cameldaraja.management.DeskWork.moment;

import io.github.cameldaraja.transaction.OpenCounts;
import io.github.cameldaraja.transaction.OutboxCounts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/**
 * How it stands with the component on this node: store, callbacks, payments, deliveries, accounts. A Camel service, as
 * {@link PaymentsDesk} is: {@code type=services,name=ComponentDesk}.
 */
@ManagedResource(description = "camel-daraja on this node: store, callbacks, payments, deliveries, accounts")
public final class ComponentDesk extends ServiceSupport implements StaticService {

    private final Watched watched;
    private final AccountsDesk accounts;
    private final AskingControl asking;

    ComponentDesk(Watched watched, AccountsDesk accounts, AskingControl asking) {
        this.watched = watched;
        this.accounts = accounts;
        this.asking = asking;
    }

    @ManagedAttribute(description = "Whose payments these are")
    public String getApplication() {
        return watched.application();
    }

    @ManagedAttribute(description = "This node, as the store knows it")
    public String getNode() {
        return watched.deliveries().node().id();
    }

    @ManagedAttribute(description = "Whether payments survive this process")
    public boolean isDurable() {
        return watched.repository().isDurable();
    }

    @ManagedAttribute(description = "When Safaricom called this node last; empty for not since its start")
    public String getLastCallback() {
        Instant last = watched.freshness().heard().lastCall();
        return last == null ? "" : moment(last).toString();
    }

    @ManagedAttribute(description = "How many payments have ended by a question since the last callback")
    public int getMissedCallbacks() {
        return watched.freshness().heard().missed();
    }

    @ManagedAttribute(description = "Callbacks that wait in the spool for the store")
    public int getSpooledCallbacks() {
        return watched.callbacks().get().waiting();
    }

    @ManagedAttribute(description = "Callbacks that could be kept nowhere and were answered 503")
    public long getRefusedCallbacks() {
        return watched.callbacks().get().refused();
    }

    /** Everything at once, as JSON. */
    @ManagedOperation(description = "Everything at once, as JSON")
    public String overview() {
        return json(figures());
    }

    /** What {@link #overview} says. */
    Map<String, Object> figures() {
        OpenCounts open = await(watched.repository().countOpen(watched.application()));
        OutboxCounts outcomes = await(watched.deliveries().count());
        Freshness.Heard heard = watched.freshness().heard();
        CallbackCounts kept = watched.callbacks().get();
        return group("application", watched.application(), "node", getNode(),
                "store", group("durable", isDurable()),
                "payments", group("unsettled", open.unsettled(), "undecided", open.undecided(), "held", open.held(), "oldest",
                        open.oldest()),
                "outcomes", group("undelivered", outcomes.open(), "parked", outcomes.parked(), "untakenSince", outcomes.oldest()),
                "callbacks", group("last", heard.lastCall(), "missed", heard.missed(), "spooled", kept.waiting(), "refused",
                        kept.refused()),
                "asking", group("paused", asking.isPaused()),
                "accounts", accounts.list());
    }

    // in this order, and null for what is not there
    private static Map<String, Object> group(Object... namesAndValues) {
        Map<String, Object> group = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            group.put((String) namesAndValues[i], value instanceof Instant time ? moment(time) : value);
        }
        return group;
    }
}
