package io.github.cameldaraja.management;

import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.ResultCategory;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.gateway.TokenState;
import io.github.cameldaraja.transaction.OpenCounts;
import io.github.cameldaraja.transaction.OutboxCounts;
import io.github.cameldaraja.transaction.Settlement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters of payments, outcomes, callbacks, tokens and requests. What is in the store is read at most every ten seconds, and only
 * while there is a registry; who reads a gauge waits for nothing. No phone number, reference or secret is a tag.
 */
final class DarajaMeters implements Meters, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(DarajaMeters.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final String CAMELS_OWN = "metricsRegistry";

    // of the store, as it was seen last
    private record Seen(OpenCounts payments, OutboxCounts outcomes) {
    }

    // meters by what becomes their tags: each is looked up once, for to describe it anew costs more than to count
    private record Settled(String operation, String account, PaymentStatus status, Source source) {
    }

    private record Judged(Settled kind, Verdict verdict, ResultCategory category) {
    }

    private record Answered(String operation, String account, String answer) {
    }

    private final Watched sources;
    private final Map<Judged, Counter> outcomes = new ConcurrentHashMap<>();
    private final Map<Settled, Timer> settlements = new ConcurrentHashMap<>();
    private final Map<Answered, Timer> requests = new ConcurrentHashMap<>();
    private final Set<Meter> meters = ConcurrentHashMap.newKeySet();
    private final Set<String> accounts = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile MeterRegistry registry;
    private volatile Seen seen;
    private volatile Instant nextLook = Instant.MIN;

    private DarajaMeters(Watched sources) {
        this.sources = sources;
    }

    static Meters of(CamelContext camelContext, Watched sources) {
        MeterRegistry registry = find(camelContext);
        if (registry == null) {
            return NONE;
        }
        DarajaMeters meters = new DarajaMeters(sources);
        meters.bindTo(registry);
        return meters;
    }

    // Camel's own; else the only one; else the one that stands for all
    private static MeterRegistry find(CamelContext camelContext) {
        MeterRegistry named = camelContext.getRegistry().lookupByNameAndType(CAMELS_OWN, MeterRegistry.class);
        Set<MeterRegistry> all = camelContext.getRegistry().findByType(MeterRegistry.class);
        if (named != null || all.isEmpty()) {
            return named;
        }
        MeterRegistry found = all.size() == 1 ? all.iterator().next()
                : all.stream().filter(CompositeMeterRegistry.class::isInstance).findFirst().orElse(null);
        if (found == null) {
            LOG.warn("Nothing is measured: {} registries of meters are bound, and none is named {}", all.size(), CAMELS_OWN);
        }
        return found;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        this.registry = registry;
        payments("unsettled", "Payments of which the outcome may still come by itself", OpenCounts::unsettled);
        payments("undecided", "Payments that only a person can decide about", OpenCounts::undecided);
        payments("held", "Payouts that a second person must approve", OpenCounts::held);
        gauge("daraja.payments.oldest", "Age of the oldest unsettled payment", "seconds", us -> us.seen == null ? Double.NaN
                : us.age(us.seen.payments().oldest(), 0));
        outcomes("undelivered", "Outcomes that no route has taken yet", OutboxCounts::open);
        outcomes("parked", "Outcomes that failed as often as allowed, and wait for a person", OutboxCounts::parked);
        gauge("daraja.outcomes.oldest", "For how long the oldest due outcome has waited for a taker", "seconds", us -> us.seen == null
                ? Double.NaN : us.age(us.seen.outcomes().oldest(), 0));
        gauge("daraja.store.up", "Whether the store answered when it was looked into last: 1 or 0", null, us ->
                us.seen == null ? 0 : 1);
        gauge("daraja.callbacks.age", "Time since Safaricom called this node last", "seconds", us ->
                us.age(us.sources.freshness().heard().lastCall(), Double.NaN));
        gauge("daraja.callbacks.missed", "Payments that ended by a question since the last callback", null, us ->
                us.sources.freshness().heard().missed());
        gauge("daraja.callbacks.spooled", "Callbacks that wait in the spool for the store", null, us ->
                us.sources.callbacks().get().waiting());
        meters.add(FunctionCounter.builder("daraja.callbacks.refused", this, us -> us.sources.callbacks().get().refused())
                .description("Callbacks that could be kept nowhere and were answered 503")
                .tags(common()).register(registry));
        tokens();
    }

    @Override
    public void settled(Settlement settlement) {
        Outcome outcome = settlement.outcome();
        Settled kind = new Settled(outcome.operation(), outcome.account(), outcome.status(), outcome.source());
        outcomes.computeIfAbsent(new Judged(kind, settlement.verdict(), outcome.resultCategory()), this::counter).increment();
        if (settlement.verdict().isDelivered() && settlement.transaction().told() <= 1) {
            Timer timer = settlements.computeIfAbsent(kind, this::timer);
            Duration took = Duration.between(settlement.transaction().createdAt(), sources.clock().instant());
            timer.record(took.isNegative() ? Duration.ZERO : took);
        }
    }

    @Override
    public void answered(String operation, String account, Duration time, Throwable failure) {
        requests.computeIfAbsent(new Answered(operation, account, failure == null ? "accepted"
                : failure instanceof DarajaException ? failure.getClass().getSimpleName() : "failed"), this::timer).record(time);
    }

    private Counter counter(Judged judged) {
        return added(Counter.builder("daraja.outcomes").description("Messages about payments, by what became of them")
                .tags(tags(judged.kind()).and("verdict", text(judged.verdict()), "category", text(judged.category())))
                .register(registry));
    }

    private Timer timer(Settled kind) {
        return added(Timer.builder("daraja.settlement").description("From the stored intent to the first outcome").tags(tags(kind))
                .register(registry));
    }

    private Timer timer(Answered answered) {
        return added(Timer.builder("daraja.requests")
                .description("Requests to Safaricom, waiting for a token and a connection included")
                .tags(common().and("operation", text(answered.operation()), "account", text(answered.account()), "answer",
                        answered.answer()))
                .register(registry));
    }

    private Tags tags(Settled kind) {
        return common().and("operation", text(kind.operation()), "account", text(kind.account()), "status", text(kind.status()),
                "source", text(kind.source()));
    }

    private <M extends Meter> M added(M meter) {
        meters.add(meter);
        return meter;
    }

    @Override
    public void tick() {
        Instant now = sources.clock().instant();
        if (now.isBefore(nextLook) || !looking.compareAndSet(false, true)) {
            return;
        }
        nextLook = now.plus(PAUSE);
        try {
            tokens();
            sources.repository().countOpen(sources.application()).thenCombine(sources.deliveries().count(), Seen::new)
                    .orTimeout(PAUSE.toSeconds(), TimeUnit.SECONDS)
                    .whenComplete((counted, failure) -> {
                        seen = counted;
                        looking.set(false);
                    });
        } catch (RuntimeException e) {
            seen = null;
            looking.set(false);
        }
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
        meters.clear();
        outcomes.clear();
        settlements.clear();
        requests.clear();
    }

    // accounts may come at run time
    private void tokens() {
        sources.accounts().all().stream().filter(account -> accounts.add(account.name())).forEach(account ->
                meters.add(Gauge.builder("daraja.token.remaining", this, us -> us.sources.gateway().tokenTrouble(account).isPresent() ? 0
                                : us.sources.gateway().tokenState(account).map(TokenState::expiresAt)
                                        .map(end -> Math.max(0, -us.age(end, 0))).orElse(Double.NaN))
                        .description("How long the access token lasts; 0 if Safaricom gave none when it was asked last")
                        .baseUnit("seconds").tags(common().and("account", account.name())).register(registry)));
    }

    private void payments(String state, String description, ToDoubleFunction<OpenCounts> value) {
        meters.add(Gauge.builder("daraja.payments.open", this, us -> us.seen == null ? Double.NaN
                        : value.applyAsDouble(us.seen.payments()))
                .description(description).tags(common().and("state", state)).register(registry));
    }

    private void outcomes(String state, String description, ToDoubleFunction<OutboxCounts> value) {
        meters.add(Gauge.builder("daraja.outcomes.open", this, us -> us.seen == null ? Double.NaN
                        : value.applyAsDouble(us.seen.outcomes()))
                .description(description).tags(common().and("state", state)).register(registry));
    }

    private void gauge(String name, String description, String unit, ToDoubleFunction<DarajaMeters> value) {
        meters.add(Gauge.builder(name, this, value).description(description).baseUnit(unit).tags(common()).register(registry));
    }

    private double age(Instant since, double none) {
        return since == null ? none : Duration.between(since, sources.clock().instant()).toMillis() / 1000.0;
    }

    private Tags common() {
        return Tags.of("application", sources.application());
    }

    private static String text(Object value) {
        return value == null ? "none" : value.toString();
    }
}
