package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.management.Meters;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.TokenFault;
import io.github.cameldaraja.transaction.FailingRepository;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to payments is measured where a registry of meters is bound, and nothing of a person is a tag. */
class MetersTest extends EndToEnd {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private Shop shop() {
        Shop shop = newShop().route("pay", "daraja:stkPush").collecting();
        shop.context().getRegistry().bind("meters", meters);
        return shop;
    }

    private static void pay(Shop shop) {
        shop.send("direct:pay", new StkPush.Request(PHONE, 100, "INV-1"));
    }

    private double gauge(String name, String... tags) {
        return meters.get(name).tags(tags).gauge().value();
    }

    @Test
    void paymentsRequestsAndWhatIsOpenAreMeasured() {
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            pay(shop);
            await().until(() -> shop.outcomes().size() == 1);
            safaricom.faults().nextPush(Script.result(1032));
            pay(shop);
            await().until(() -> shop.outcomes().size() == 2);
            safaricom.faults().nextPush(Script.result(1032));
            pay(shop);
            await().until(() -> shop.outcomes().size() == 3);
            safaricom.faults().nextPush(Script.pays().lostCallback());
            pay(shop);

            assertThat(meters.get("daraja.outcomes").tags("application", "default", "operation", "stkPush", "account", "default", "status",
                    "COMPLETED", "source", "CALLBACK", "verdict", "applied").counter().count()).isEqualTo(1);
            assertThat(meters.get("daraja.outcomes").tags("status", "CANCELLED").counter().count()).isEqualTo(2);
            assertThat(meters.get("daraja.settlement").tags("status", "CANCELLED").timer().count()).isEqualTo(2);
            assertThat(meters.get("daraja.settlement").tags("operation", "stkPush", "status", "COMPLETED").timer().count()).isEqualTo(1);
            assertThat(meters.get("daraja.settlement").tags("status", "COMPLETED").timer().totalTime(TimeUnit.MINUTES)).isLessThan(1);
            // what was counted on the transport's thread may be a moment behind the route
            await().until(() -> meters.get("daraja.requests").tags("operation", "stkPush", "answer", "accepted").timer().count() == 4);
            assertThat(gauge("daraja.token.remaining", "account", "default")).isBetween(3000.0, 3600.0);
            assertThat(gauge("daraja.callbacks.age")).isBetween(0.0, 60.0);
            assertThat(gauge("daraja.callbacks.spooled")).isZero();
            assertThat(meters.get("daraja.callbacks.refused").functionCounter().count()).isZero();

            safaricom.clock().advance(Duration.ofSeconds(11));
            await().until(() -> gauge("daraja.payments.open", "state", "unsettled") == 1);
            assertThat(gauge("daraja.payments.open", "state", "undecided")).isZero();
            assertThat(gauge("daraja.payments.oldest")).isBetween(11.0, 60.0);
            assertThat(gauge("daraja.outcomes.open", "state", "parked")).isZero();
            assertThat(gauge("daraja.store.up")).isEqualTo(1);

            safaricom.faults().nextPush(Script.pays().systemBusy());
            pay(shop);
            await().until(() -> meters.get("daraja.requests").timers().stream()
                    .anyMatch(timer -> timer.getId().getTag("answer").endsWith("Exception")));
        }
    }

    // as Micrometer names them for Prometheus
    private static Set<String> series(Meter meter) {
        String name = meter.getId().getName().replace('.', '_');
        return switch (meter.getId().getType()) {
            case COUNTER -> Set.of(name + "_total");
            case TIMER -> Set.of(name + "_seconds_count", name + "_seconds_sum", name + "_seconds_max");
            default -> Set.of(meter.getId().getBaseUnit() == null ? name : name + '_' + meter.getId().getBaseUnit());
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"daraja-alerts.yml", "daraja-dashboard.json"})
    void dashboardAndAlertsAreAboutMetersThatExist(String file) throws Exception {
        Set<String> used = Pattern.compile("daraja_[a-z_]+").matcher(Files.readString(Path.of("../docs/monitoring", file))).results()
                .map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
        try (Shop shop = shop().open()) {
            pay(shop);
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(meters.getMeters().stream().flatMap(meter -> series(meter).stream()).collect(Collectors.toSet())).containsAll(used);
        }
        assertThat(used).hasSizeGreaterThan(8);
    }

    @Test
    void aRefusedTokenIsSeen() {
        safaricom.faults().nextToken(TokenFault.INVALID_CREDENTIALS);
        try (Shop shop = shop().open()) {
            assertThat(gauge("daraja.token.remaining", "account", "default")).isNaN();
            pay(shop);
            assertThat(gauge("daraja.token.remaining", "account", "default")).isZero();
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsSeen() {
        Shop shop = shop();
        FailingRepository store = new FailingRepository(shop.repository());
        try (shop) {
            shop.with(component -> component.setRepository(store)).open();
            await().until(() -> gauge("daraja.store.up") == 1);
            store.breakDown(FailingRepository.Step.FIND);
            safaricom.clock().advance(Duration.ofSeconds(11));
            await().until(() -> gauge("daraja.store.up") == 0);
            assertThat(gauge("daraja.payments.open", "state", "unsettled")).isNaN();
            store.repair();
            safaricom.clock().advance(Duration.ofSeconds(11));
            await().until(() -> gauge("daraja.store.up") == 1);
        }
    }

    @Test
    void oneOfSeveralRegistriesIsChosenByItsName() {
        try (Shop shop = shop()) {
            SimpleMeterRegistry camels = new SimpleMeterRegistry();
            shop.context().getRegistry().bind("other", new SimpleMeterRegistry());
            assertThat(Meters.of(shop.context(), null)).as("nobody says which").isSameAs(Meters.NONE);
            shop.context().getRegistry().bind("metricsRegistry", camels);
            shop.open();
            assertThat(camels.getMeters()).isNotEmpty();
            assertThat(meters.getMeters()).isEmpty();
        }
    }

    @Test
    void aRegistryThatFailsStandsInNobodysWay() {
        try (Shop shop = newShop().route("pay", "daraja:stkPush").collecting(); Logs logs = new Logs(Level.WARN, "io.github.cameldaraja")) {
            shop.context().getRegistry().bind("meters", new SimpleMeterRegistry() {
                @Override
                protected <T> Gauge newGauge(Meter.Id id, T value, ToDoubleFunction<T> function) {
                    throw new IllegalStateException("full");
                }
            });
            shop.open();
            pay(shop);
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(logs.lines()).anyMatch(line -> line.contains("Nothing is measured") && line.contains("full"));
        }
    }

    @Test
    void withoutARegistryNothingIsMeasured() {
        try (Shop shop = newShop().route("pay", "daraja:stkPush").collecting().open()) {
            pay(shop);
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(Meters.of(shop.context(), null)).isSameAs(Meters.NONE);
        }
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void metersExplainThemselvesNameNobodyAndGoWithTheComponent() {
        try (Shop shop = shop().open()) {
            pay(shop);
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(meters.getMeters()).isNotEmpty().allSatisfy(meter -> {
                assertThat(meter.getId().getName()).startsWith("daraja.");
                assertThat(meter.getId().getDescription()).as(meter.getId().getName()).isNotBlank();
                assertThat(meter.getId().getTags().toString()).doesNotContain(PHONE).contains("application");
            });
            assertThat(meters.getMeters().stream().map(Meter::getId).map(Meter.Id::getTags).toList().toString())
                    .doesNotContain(shop.onlyPayment().reference());
        }
        assertThat(meters.getMeters()).isEmpty();
    }
}
