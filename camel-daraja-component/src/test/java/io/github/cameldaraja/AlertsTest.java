package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Outbox;
import io.github.cameldaraja.transaction.OutboxCounts;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person must look at reaches a route, once for each matter, and tells of nobody. */
class AlertsTest extends EndToEnd {

    private final List<Alert> alerts = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();
    private final List<String> json = new CopyOnWriteArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();

    @BeforeEach
    void money() {
        deposit(UTILITY, 10_000);
    }

    private Shop shop() {
        return shop("daraja:alerts");
    }

    private Shop shop(String uri) {
        return quiet().routes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("alerts").process(e -> {
                    if (broken.get()) {
                        throw new IllegalStateException("the mail server is down");
                    }
                    headers.add(Map.copyOf(e.getMessage().getHeaders()));
                    json.add(e.getMessage().getBody(String.class));
                    assertThat(e.getMessage().getBody(Map.class)).containsKey("kind");
                    alerts.add(e.getMessage().getBody(Alert.class));
                });
            }
        });
    }

    // nobody hears alerts
    private Shop quiet() {
        return newShop().route("push", "daraja:stkPush").route("pay", "daraja:b2c?idempotencyKey=${header.order}")
                .route("balance", "daraja:accountBalance?awaitOutcome=true").collecting("stkPush", "b2c");
    }

    private Acknowledgement push(Shop shop, Script script) {
        safaricom.faults().nextPush(script);
        return shop.send("direct:push", new StkPush.Request(PHONE, 100, "INV-1")).getMessage().getBody(Acknowledgement.class);
    }

    private Alert only(AlertKind kind) {
        await().until(() -> alerts.stream().anyMatch(alert -> alert.kind() == kind));
        assertThat(alerts).filteredOn(alert -> alert.kind() == kind).hasSize(1);
        return alerts.stream().filter(alert -> alert.kind() == kind).findFirst().orElseThrow();
    }

    private static OutboxCounts counts(Shop shop) {
        return shop.component().services().deliveries().count().join();
    }

    @Test
    void aConflictIsRaisedOnceHoweverOftenItIsSaid() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().parameter("TransactionAmount", BigDecimal.ONE).callbackTimes(3));
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            Exchange done = shop.send("direct:pay", new B2c.Request(PHONE, 100), Map.of("order", "1"));
            String reference = done.getMessage().getHeader(DarajaConstants.REFERENCE, String.class);
            await().until(() -> shop.repository().kept().size() == 3);
            Alert alert = only(AlertKind.CONFLICT);
            assertThat(alert.account()).isEqualTo("default");
            assertThat(alert.operation()).isEqualTo("b2c");
            assertThat(alert.reference()).isEqualTo(reference);
            assertThat(alert.message()).isNotBlank();
            assertThat(alert.time()).isAfter(OffsetDateTime.parse("2020-01-01T00:00:00+03:00"));
            assertThat(alert.time().getOffset().getId()).isEqualTo("+03:00");
            assertThat(alert.details()).containsEntry("verdict", "conflict").containsEntry("status", "UNRESOLVED")
                    .containsEntry("receiptNumber", transfers().get(0).receipt()).containsEntry("amount", BigDecimal.ONE);
            assertThat(headers.get(0)).containsEntry(DarajaConstants.ALERT, "CONFLICT").containsEntry(DarajaConstants.ACCOUNT, "default")
                    .containsEntry(DarajaConstants.OPERATION, "b2c").containsEntry(DarajaConstants.REFERENCE, reference)
                    .containsEntry(DarajaConstants.DELIVERY_ATTEMPT, 1);
            assertThat(Shop.json(json.get(0)).get("kind").asText()).isEqualTo("CONFLICT");
            assertThat(Shop.json(json.get(0)).get("details").get("verdict").asText()).isEqualTo("conflict");
            assertThat(json.get(0)).doesNotContain(PHONE, "712345678", "Customer");
        }
    }

    @Test
    void aPaymentThatNobodyCanAskAboutLandsOnADesk() {
        try (Shop shop = shop().with(component -> component.setMaximumQuestions(1)).open()) {
            safaricom.faults().nextQuery(QueryFault.SPURIOUS_DOES_NOT_EXIST);
            String reference = push(shop, Script.pays().lostCallback()).reference();
            advance(shop, Duration.ofSeconds(21));
            Alert alert = only(AlertKind.UNRESOLVED);
            assertThat(alert.reference()).isEqualTo(reference);
            assertThat(alert.details()).containsEntry("questions", 1).containsKey("amount");
            // nobody is told twice, nor asks again
            await().until(() -> shop.payment(reference).dueAt() == null);
            for (int i = 0; i < 5; i++) {
                advance(shop, Duration.ofHours(1));
            }
            assertThat(safaricom.counters().queries()).isEqualTo(1);
            only(AlertKind.UNRESOLVED);
            assertThat(shop.outcomes()).as("routes of outcomes are told of ends").isEmpty();
        }
    }

    @Test
    void aNodeThatDiesBeforeItCouldTellIsStoodInFor() {
        AtomicBoolean dead = new AtomicBoolean(true);
        MemoryTransactionRepository repository = new MemoryTransactionRepository(safaricom.clock(), 1_000);
        Shop first = quiet().with(component -> {
            component.setMaximumQuestions(1);
            // it dies when the payment is unresolved, and before anything more
            component.setRepository(Repositories.of(repository, (call, arguments) -> dead.get() && call.equals("update")
                    && repository.all().stream().anyMatch(one -> one.status() == PaymentStatus.UNRESOLVED) ? new CompletableFuture<>() : null));
        }).open();
        safaricom.faults().nextQuery(QueryFault.SPURIOUS_DOES_NOT_EXIST);
        safaricom.faults().nextQuery(QueryFault.SPURIOUS_DOES_NOT_EXIST);
        String reference = push(first, Script.pays().lostCallback()).reference();
        advance(first, Duration.ofSeconds(21));
        await().until(() -> repository.find(reference).join().status() == PaymentStatus.UNRESOLVED);
        first.close();

        try (Shop second = shop().with(component -> {
            component.setMaximumQuestions(1);
            component.setRepository(repository);
        }).open()) {
            advance(second, Duration.ofMinutes(3));
            assertThat(only(AlertKind.UNRESOLVED).reference()).isEqualTo(reference);
            await().until(() -> repository.find(reference).join().dueAt() == null);
        }
    }

    @Test
    void whatIsParkedIsRaisedEachTimeItIsParkedAndAnAlertNever() {
        AtomicBoolean closed = new AtomicBoolean(true);
        AtomicInteger tried = new AtomicInteger();
        try (Shop shop = newShop().with(component -> {
            component.setMaximumDeliveries(2);
            component.setDeliveryDelay(Duration.ofMillis(1));
        }).route("push", "daraja:stkPush").routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush").process(e -> {
                    if (closed.get()) {
                        throw new IllegalStateException("the books are closed");
                    }
                });
                from("daraja:alerts").process(e -> {
                    tried.incrementAndGet();
                    if (broken.get()) {
                        throw new IllegalStateException("the mail server is down");
                    }
                    alerts.add(e.getMessage().getBody(Alert.class));
                });
            }
        }).open()) {
            String reference = push(shop, Script.pays()).reference();
            Alert parked = only(AlertKind.PARKED);
            assertThat(parked.reference()).isEqualTo(reference);
            assertThat(parked.details()).containsEntry("group", "default").containsEntry("attempts", 2);

            broken.set(true);
            await().until(() -> counts(shop).parked() == 1);
            safaricom.clock().advance(Duration.ofSeconds(1));
            var id = shop.repository().outbox().parked("default", 10).join().get(0).id();
            shop.repository().outbox().release(id, safaricom.clock().instant()).join();
            await().until(() -> tried.get() == 3);
            await().until(() -> shop.repository().outbox().parked("default", 10).join().size() == 2);
            // the alert that failed is parked as well, seen, and neither counts nor makes another one
            assertThat(counts(shop).parked()).isEqualTo(1);
            shop.look();
            assertThat(tried).hasValue(3);
            assertThat(alerts).hasSize(1);
        }
    }

    @Test
    void aRefusedOperatorIsRaisedAndHisRelease() {
        try (Shop shop = shop().open()) {
            safaricom.results().lockOperator();
            shop.send("direct:balance", null);
            Alert refused = only(AlertKind.OPERATOR_REFUSED);
            assertThat(refused.account()).isEqualTo("default");
            assertThat(refused.reference()).isNull();
            assertThat(refused.details()).containsEntry("resultCode", "8006");
            shop.component().services().operators().release("default").join();
            only(AlertKind.OPERATOR_RELEASED);
            // a second time is another matter
            shop.send("direct:balance", null);
            await().until(() -> alerts.stream().filter(alert -> alert.kind() == AlertKind.OPERATOR_REFUSED).count() == 2);
        }
    }

    @Test
    void messagesThatNobodyUnderstandsAreRaised() {
        try (Shop shop = shop().open(); Shop other = quiet().open()) {
            String reference = push(shop, Script.neverAnswers()).reference();
            assertThat(safaricom.post(shop.lastCallbackUrl(), "not JSON").join()).isEqualTo(200);
            assertThat(safaricom.post(shop.lastCallbackUrl(), "not JSON either").join()).isEqualTo(200);
            assertThat(only(AlertKind.UNREADABLE).reference()).isEqualTo(reference);

            // signed as by us, and not stored here
            push(other, Script.pays().callbackAfter(Duration.ofHours(1)));
            String foreign = other.lastCallbackUrl().replaceAll("http://[^/]+", shop.component().getConfiguration().getCallbackBaseUrl());
            assertThat(safaricom.post(foreign, "{\"Body\":{\"stkCallback\":{\"MerchantRequestID\":\"m\",\"CheckoutRequestID\":\"c\","
                    + "\"ResultCode\":1032,\"ResultDesc\":\"no\"}}}").join()).isEqualTo(200);
            assertThat(only(AlertKind.ORPHAN).details()).containsEntry("resultCode", "1032");
        }
    }

    @Test
    void manyRequestsWithoutACapabilityAreOneAlertForEachWindow() {
        safaricom.clock().freeze();
        try (Shop shop = shop().open()) {
            String url = shop.component().getConfiguration().getCallbackBaseUrl() + "/d/00000000/1/" + "0".repeat(32) + "/" + "0".repeat(32);
            knock(url, 100);
            assertThat(alerts).isEmpty();
            knock(url, 150);
            Alert alert = only(AlertKind.REFUSED_CALLBACKS);
            assertThat(alert.account()).isNull();
            assertThat(json.get(0)).doesNotContain("0".repeat(32));
            safaricom.clock().advance(Duration.ofMinutes(5));
            knock(url, 101);
            await().until(() -> alerts.size() == 2);
        }
    }

    private void knock(String url, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(safaricom.post(url, "{}").join()).isEqualTo(404);
        }
    }

    @Test
    void whereNobodyWantsThemNothingPilesUp() {
        try (Shop shop = quiet().open()) {
            safaricom.results().lockOperator();
            shop.send("direct:balance", null);
            await().until(() -> !shop.component().services().operators().open().join().isEmpty());
            push(shop, Script.neverAnswers());
            safaricom.post(shop.lastCallbackUrl(), "not JSON").join();
            assertThat(counts(shop)).isEqualTo(new OutboxCounts(0, 0, null));
            assertThat(shop.repository().outbox().heldBy(shop.component().services().node()).join()).isEmpty();
        }
    }

    @Test
    void aConsumerOfOneAccountHearsOfThatAccount() {
        DarajaAccount second = new DarajaAccount();
        try (Shop shop = shop("daraja:alerts?account=second").with(component -> {
            DarajaAccount first = component.getConfiguration();
            second.setShortCode(first.getShortCode());
            second.setInitiatorName(first.getInitiatorName());
            second.setInitiatorPassword("Wrong#2026");
            component.getAccounts().put("second", second);
        }).route("second", "daraja:accountBalance?account=second&awaitOutcome=true").open()) {
            safaricom.results().next(ResultApi.BALANCE, ResultScript.result("21"));
            shop.send("direct:balance", null);
            shop.send("direct:second", null);
            assertThat(only(AlertKind.OPERATOR_REFUSED).account()).isEqualTo("second");
        }
    }

    @Test
    void alertsOutliveARestartAndAreToldOnOneNode(@TempDir Path directory) throws Exception {
        try (HikariDataSource database = Databases.h2(directory)) {
            String reference;
            try (Shop shop = over(database, shop())) {
                broken.set(true);
                reference = push(shop, Script.neverAnswers()).reference();
                safaricom.post(shop.lastCallbackUrl(), "not JSON").join();
                await().until(() -> shop.context().getRoute("alerts") != null && alerts.isEmpty());
            }
            broken.set(false);
            try (Shop one = over(database, shop()); Shop other = over(database, shop())) {
                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    // less than the lease of a node, or the other one takes it over while it is told
                    advance(one, Duration.ofSeconds(5));
                    return !alerts.isEmpty();
                });
                assertThat(only(AlertKind.UNREADABLE).reference()).isEqualTo(reference);
                one.look();
                other.look();
                assertThat(alerts).hasSize(1);
                await().until(() -> rows(database, "daraja_delivery").equals("0"));
                assertThat(rows(database, "daraja_alert")).isEqualTo("1");
            }
        }
    }

    @Test
    void aStoredPaymentThatCannotBeReadIsRaisedAndHoldsUpNoOther(@TempDir Path directory) throws Exception {
        try (HikariDataSource database = Databases.h2(directory); Shop shop = over(database, shop())) {
            String damaged = push(shop, Script.pays().lostCallback()).reference();
            Databases.execute(database, "update daraja_personal set sealed = X'00'");
            safaricom.faults().nextPush(Script.pays().lostCallback());
            String whole = shop.send("direct:push", new StkPush.Request("254712345679", 100, "INV-1")).getMessage()
                    .getHeader(DarajaConstants.REFERENCE, String.class);
            advance(shop, Duration.ofSeconds(21));
            assertThat(told(shop, whole).isCompleted()).isTrue();
            Alert alert = only(AlertKind.STORED_UNREADABLE);
            assertThat(alert.reference()).isEqualTo(damaged);
            assertThat(alert.operation()).isEqualTo("stkPush");
            assertThat(alert.details().get("why").toString()).contains("cannot be opened");
        }
    }

    private static String rows(DataSource database, String table) throws SQLException {
        return Databases.select(database, "select count(*) from " + table).get(0);
    }

    private static Shop over(DataSource database, Shop shop) {
        return shop.with(component -> component.setRepository(Databases.repository(database))).open();
    }

    @Test
    void aSpoolThatIsUsedIsRaisedThoughTheStoreIsDown(@TempDir Path directory) {
        AtomicBoolean down = new AtomicBoolean();
        MemoryTransactionRepository store = new MemoryTransactionRepository(safaricom.clock(), 1_000);
        try (Shop shop = shop().with(component -> {
            CompletableFuture<?> failed = CompletableFuture.failedFuture(new IllegalStateException("the store is down"));
            Outbox outbox = Repositories.outbox(store.outbox(), (call, arguments) -> down.get() ? failed : null);
            component.setRepository(Repositories.of(store, (call, arguments) -> call.equals("isDurable") ? (Object) true
                    : call.equals("outbox") ? outbox : down.get() ? failed : null));
            component.setStoreTimeout(Duration.ofMillis(200));
            component.setSpoolDirectory(directory.resolve("spool").toString());
        }).open()) {
            safaricom.faults().nextPush(Script.pays().callbackAfter(Duration.ofMinutes(1)));
            String reference = shop.send("direct:push", new StkPush.Request(PHONE, 100, "INV-1")).getMessage()
                    .getHeader(DarajaConstants.REFERENCE, String.class);
            await().until(() -> store.find(reference).join().acknowledgement() != null);
            down.set(true);
            safaricom.clock().advance(Duration.ofMinutes(2));
            Alert used = only(AlertKind.SPOOL_USED);
            assertThat(used.details()).containsEntry("waiting", 1);
            down.set(false);
            await().until(() -> {
                advance(shop, Duration.ofSeconds(31));
                return alerts.stream().anyMatch(alert -> alert.kind() == AlertKind.SPOOL_EMPTY);
            });
            Outcome paid = store.find(reference).join().outcome();
            assertThat(paid.isCompleted()).isTrue();
        }
    }
}
