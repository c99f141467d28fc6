package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.Alerts;
import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.api.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises alerts, once for each matter. They go the way of outcomes, through the outbox, so that one node tells of it and a route that
 * fails is told again. Where no route wants them nothing is kept: whoever raises one has written it to the log.
 */
public final class Alarms {

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final String OPERATION = "operation";
    private static final String REFERENCE = "reference";
    private static final String TIME = "time";
    private static final String DETAILS = "details";

    private final Clock clock;
    private final Outbox outbox;
    private final Deliveries deliveries;

    public Alarms(Clock clock, Outbox outbox, Deliveries deliveries) {
        this.clock = clock;
        this.outbox = outbox;
        this.deliveries = deliveries;
    }

    /**
     * Raises an alert about a payment.
     *
     * @param details may have names without a value
     * @param matter  what tells it from others about the same payment
     * @return done when it is kept, or cannot be; never exceptionally
     */
    public CompletableFuture<Void> raise(AlertKind kind, Outcome payment, String message, Map<String, Object> details,
                                         Object... matter) {
        return raise(new Alert(kind, payment.account(), payment.operation(), payment.reference(), message, now(), told(details)), matter);
    }

    /** The same about a stored payment. */
    public CompletableFuture<Void> raise(AlertKind kind, Transaction payment, String message, Map<String, Object> details,
                                         Object... matter) {
        return raise(new Alert(kind, payment.account(), payment.operation(), payment.reference(), message, now(), told(details)), matter);
    }

    /**
     * The same about no stored payment.
     *
     * @param account null for all
     */
    public CompletableFuture<Void> raise(AlertKind kind, String account, String message, Map<String, Object> details,
                                         Object... matter) {
        return raise(new Alert(kind, account, null, null, message, now(), told(details)), matter);
    }

    private CompletableFuture<Void> raise(Alert alert, Object... matter) {
        try {
            Node node = deliveries.node();
            String id = References.ofMatter(Stream.concat(Stream.of(node.application(), alert.kind(), alert.account(),
                    alert.reference()), Stream.of(matter)).map(String::valueOf).toArray(String[]::new));
            Instant now = clock.instant();
            Delivery delivery = new Delivery(id, 1, null, node.application(), write(id, alert), 1, DeliveryState.HELD, node.id(), now, now);
            if (!deliveries.isWanted(delivery.outcome())) {
                return CompletableFuture.completedFuture(null);
            }
            return outbox.raise(delivery).handle((stored, failure) -> {
                if (failure != null) {
                    LOG.warn("The alert {} could not be kept, and is told here alone, if at all: {}", alert.kind(), failure.toString());
                    deliveries.tellHere(delivery);
                } else if (stored != null) {
                    // not waited for: a route may take long
                    deliveries.bring(stored);
                }
                return null;
            });
        } catch (RuntimeException e) {
            LOG.warn("The alert {} could not be raised: {}", alert.kind(), e.toString());
            return CompletableFuture.completedFuture(null);
        }
    }

    // the outbox knows outcomes only: it is one of nobody's payment
    private static Outcome write(String id, Alert alert) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(OPERATION, alert.operation());
        details.put(REFERENCE, alert.reference());
        details.put(TIME, alert.time().toString());
        details.put(DETAILS, alert.details());
        return Outcome.builder().operation(Alerts.NAME).account(Objects.toString(alert.account(), "")).reference(id)
                .resultCode(alert.kind().name()).resultDescription(alert.message()).details(details).build();
    }

    /** The alert that an outcome in the outbox stands for. */
    @SuppressWarnings("unchecked")
    public static Alert read(Outcome stored) {
        Map<String, Object> details = stored.details();
        return new Alert(AlertKind.valueOf(stored.resultCode()), stored.account().isEmpty() ? null : stored.account(),
                (String) details.get(OPERATION), (String) details.get(REFERENCE), stored.resultDescription(),
                OffsetDateTime.parse((String) details.get(TIME)), (Map<String, Object>) details.get(DETAILS));
    }

    private OffsetDateTime now() {
        return clock.instant().atZone(NairobiTime.ZONE).toOffsetDateTime();
    }

    // as text, but for numbers: what comes out of a store is what went into it
    private static Map<String, Object> told(Map<String, Object> details) {
        Map<String, Object> told = new LinkedHashMap<>();
        details.forEach((name, value) -> {
            if (value != null) {
                told.put(name, value instanceof Number ? value : value.toString());
            }
        });
        return told;
    }
}
