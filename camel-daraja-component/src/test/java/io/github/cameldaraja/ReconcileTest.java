package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.B2bExpress;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.ReconcileSummary;
import io.github.cameldaraja.api.ReconcileSummary.Total;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.CallbackScript;
import io.github.cameldaraja.simulator.ExpressScript;
import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.RecordedRequest;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At the hours that a route sets, every payment that is open is asked about, by one node and once, and the route is told of the whole. */
class ReconcileTest extends EndToEnd {

    private static final String URI = "daraja:reconcile?scheduler=#hand";
    private static final Duration NEXT = Duration.ofHours(1);

    private final List<ReconcileSummary> summaries = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();
    private final List<String> json = new CopyOnWriteArrayList<>();
    private final List<Alert> alerts = new CopyOnWriteArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final ExecutorService hands = Executors.newCachedThreadPool();

    /** A schedule that says "now" when a test does. */
    public static final class Hand extends ServiceSupport implements ScheduledPollConsumerScheduler {

        private CamelContext camelContext;
        private volatile Runnable task;

        @Override
        public void onInit(Consumer consumer) {
            // nothing to know of it
        }

        @Override
        public void scheduleTask(Runnable task) {
            this.task = task;
        }

        @Override
        public void unscheduleTask() {
            task = null;
        }

        @Override
        public void startScheduler() {
            // a test does
        }

        @Override
        public boolean isSchedulerStarted() {
            return true;
        }

        @Override
        public CamelContext getCamelContext() {
            return camelContext;
        }

        @Override
        public void setCamelContext(CamelContext camelContext) {
            this.camelContext = camelContext;
        }
    }

    @BeforeEach
    void money() {
        deposit(UTILITY, 10_000);
    }

    @AfterEach
    void letGo() throws InterruptedException {
        hands.shutdownNow();
        assertThat(hands.awaitTermination(10, TimeUnit.SECONDS)).as("no run hangs").isTrue();
    }

    // asks only when it is told to
    private Shop shop() {
        return shop(URI).with(component -> component.setAskWhenLate(false));
    }

    private Shop shop(String uri) {
        Shop shop = newShop().route("push", "daraja:stkPush").route("pay", "daraja:b2c?idempotencyKey=${header.order}")
                .route("ussd", "daraja:b2bExpress?idempotencyKey=${header.order}").collecting("stkPush", "b2c", "b2bExpress");
        shop.context().getRegistry().bind("hand", new Hand());
        return shop.routes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("reconcile").process(e -> {
                    headers.add(Map.copyOf(e.getMessage().getHeaders()));
                    json.add(e.getMessage().getBody(String.class));
                    assertThat(e.getMessage().getBody(Map.class)).containsKey("settled");
                    summaries.add(e.getMessage().getBody(ReconcileSummary.class));
                    if (broken.get()) {
                        throw new IllegalStateException("the mail server is down");
                    }
                });
                from("daraja:alerts").process(e -> alerts.add(e.getMessage().getBody(Alert.class)));
            }
        });
    }

    // a while after the callbacks should have come: the component has left what is open to the hours
    private void later(Shop shop) {
        safaricom.clock().advance(Duration.ofMinutes(2));
        Instant soon = safaricom.clock().instant().plus(Duration.ofMinutes(30));
        await().until(() -> shop.component().getRepository().findOpen("default", null, null, 100).join().stream()
                .allMatch(payment -> payment.dueAt().isAfter(soon)));
    }

    private CompletableFuture<Void> begin(Shop shop) {
        return CompletableFuture.runAsync(shop.context().getRegistry().lookupByNameAndType("hand", Hand.class).task, hands);
    }

    /** One run, while time goes on. */
    private ReconcileSummary run(Shop shop) {
        return run(shop, Duration.ofSeconds(1));
    }

    private ReconcileSummary run(Shop shop, Duration step) {
        int before = summaries.size();
        end(begin(shop), step);
        assertThat(summaries).as("one for each run").hasSize(before + 1);
        return summaries.get(before);
    }

    private void end(CompletableFuture<Void> run) {
        end(run, Duration.ofSeconds(1));
    }

    private void end(CompletableFuture<Void> run, Duration step) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            safaricom.clock().advance(step);
            return run.isDone();
        });
        run.join();
    }

    private String push(Shop shop, Script script, long amount) {
        safaricom.faults().nextPush(script);
        // a customer has one prompt at a time
        String phone = "2547123%05d".formatted(40_000 + shop.sent("/stkpush/").size());
        return shop.send("direct:push", new StkPush.Request(phone, amount, "INV-1")).getMessage().getBody(Acknowledgement.class)
                .reference();
    }

    private Transaction stored(Shop shop, String reference) {
        return shop.component().getRepository().find(reference).join();
    }

    private int queries() {
        return safaricom.counters().queries();
    }

    // whom Safaricom has answered a question about
    private List<String> answered() {
        return safaricom.requests().stream().filter(request -> request.path().contains("/stkpushquery/") && request.answer().contains(
                "ResponseCode")).map(request -> Shop.json(request.body()).get("CheckoutRequestID").asText()).toList();
    }

    private static Total total(int payments, long amount) {
        return new Total(payments, BigDecimal.valueOf(amount));
    }

    @Test
    void aRunAsksAboutAllThatIsOpenAndTellsOnceWhatItFound() {
        try (Shop shop = shop().open()) {
            List<String> paid = IntStream.range(0, 3).mapToObj(i -> push(shop, Script.pays().lostCallback(), 100 + i)).toList();
            String cancelled = push(shop, Script.result(1032).lostCallback(), 50);
            safaricom.b2bExpress().next(ExpressScript.pays().callback(CallbackScript.usual().lost()));
            shop.send("direct:ussd", new B2bExpress.Request(till, 20, "INV-2", "Shop"), Map.of("order", "1"));
            later(shop);
            assertThat(queries()).as("nothing by itself").isZero();

            ReconcileSummary summary = run(shop);
            assertThat(summary.asked()).isEqualTo(4);
            assertThat(queries()).isEqualTo(4);
            assertThat(summary.settled()).containsOnly(Map.entry(PaymentStatus.COMPLETED, total(3, 303)),
                    Map.entry(PaymentStatus.CANCELLED, total(1, 50)));
            assertThat(summary.open()).as("nobody answers questions about it").isEqualTo(total(1, 20));
            assertThat(summary.unresolved()).isEqualTo(Total.NONE);
            assertThat(summary.account()).isNull();
            assertThat(summary.from()).isBefore(summary.until());
            assertThat(headers.get(0)).containsEntry(DarajaConstants.OPERATION, "reconcile").doesNotContainKey(DarajaConstants.ACCOUNT);
            assertThat(Shop.json(json.get(0)).at("/settled/COMPLETED/payments").asInt()).isEqualTo(3);
            assertThat(Shop.json(json.get(0)).at("/open/amount").asInt()).isEqualTo(20);

            // the payments go where all go
            assertThat(paid).allSatisfy(reference -> assertThat(told(shop, reference).source()).isEqualTo(Source.QUERY));
            assertThat(told(shop, cancelled).status()).isEqualTo(PaymentStatus.CANCELLED);
            assertThat(shop.outcomes()).hasSize(4);

            advance(shop, NEXT);
            await().until(() -> !alerts.isEmpty());
            ReconcileSummary next = run(shop);
            assertThat(next.asked()).as("what has ended is asked about no more").isZero();
            assertThat(next.settled()).isEmpty();
            assertThat(next.unresolved()).as("nobody can tell any more").isEqualTo(total(1, 20));
        }
    }

    @Test
    void nodesShareTheWorkOverMemory() {
        MemoryTransactionRepository repository = new MemoryTransactionRepository(safaricom.clock(), 1_000);
        nodesShareTheWork(repository, repository);
    }

    @Test
    void nodesShareTheWorkOverADatabase(@TempDir Path directory) {
        try (HikariDataSource database = Databases.h2(directory)) {
            nodesShareTheWork(Databases.repository(database), Databases.repository(database));
        }
    }

    private void nodesShareTheWork(TransactionRepository ofOne, TransactionRepository ofOther) {
        try (Shop one = shop().with(component -> component.setRepository(ofOne)).open();
             Shop other = shop().with(component -> component.setRepository(ofOther)).open()) {
            List<String> references = IntStream.range(0, 30)
                    .mapToObj(i -> push(i % 2 == 0 ? one : other, Script.pays().lostCallback(), 10)).toList();
            later(one);

            CompletableFuture<Void> first = begin(one);
            end(CompletableFuture.allOf(first, begin(other)));
            assertThat(summaries).hasSize(2);
            // each has a token of its own, and each new one kills the other's: some questions are refused, and put in the next run
            while (summaries.get(summaries.size() - 1).open().payments() > 0) {
                safaricom.clock().advance(NEXT);
                run(one);
            }
            assertThat(summaries.stream().mapToInt(ReconcileSummary::asked).sum()).isEqualTo(30);
            assertThat(answered()).as("no answer was asked for twice").hasSize(30).doesNotHaveDuplicates();
            assertThat(references).allMatch(reference -> stored(one, reference).status() == PaymentStatus.COMPLETED);
            // once or, where this clock outruns the sign of life of a node that tells, twice
            await().until(() -> Stream.of(one, other).flatMap(shop -> shop.outcomes().stream()).map(Outcome::reference).distinct()
                    .count() == 30);
        }
    }

    @Test
    void whatIsYoungOrAskedAboutAnywayIsLeftAlone() {
        try (Shop shop = shop(URI).open()) {
            String reference = push(shop, Script.pays().lostCallback(), 10);
            ReconcileSummary summary = run(shop, Duration.ofMillis(1));
            assertThat(summary.asked()).isZero();
            assertThat(summary.open()).isEqualTo(total(1, 10));
            // by itself, as ever
            advance(shop, Duration.ofSeconds(21));
            assertThat(told(shop, reference).isCompleted()).isTrue();
            assertThat(queries()).isEqualTo(1);
        }
    }

    @Test
    void whatIsAskedAboutByItselfIsAskedAboutOnceMoreAndThenGoesOnAsBefore() {
        for (int i = 0; i < 3; i++) {
            safaricom.faults().nextQuery(QueryFault.PENDING_4999);
        }
        // 20 s, 2 min, 4 min
        try (Shop shop = shop(URI).with(component -> component.setAskInterval(Duration.ofMinutes(10))).open()) {
            String reference = push(shop, Script.pays().lostCallback(), 10);
            advance(shop, Duration.ofSeconds(21));
            await().until(() -> stored(shop, reference).questions() == 1);
            advance(shop, Duration.ofSeconds(121));
            await().until(() -> stored(shop, reference).questions() == 2);
            advance(shop, Duration.ofMinutes(1).plusSeconds(1));
            Transaction before = stored(shop, reference);
            ReconcileSummary summary = run(shop);
            assertThat(summary.asked()).isEqualTo(1);
            assertThat(summary.open()).isEqualTo(total(1, 10));
            assertThat(queries()).isEqualTo(3);
            assertThat(stored(shop, reference)).matches(after -> after.dueAt().equals(before.dueAt()) && after.questions() == 2
                    && after.status() == PaymentStatus.PENDING);
            safaricom.clock().advance(Duration.ofMinutes(5));
            assertThat(told(shop, reference).isCompleted()).isTrue();
            assertThat(queries()).isEqualTo(4);
        }
    }

    @Test
    void whatAPersonWasToldOfIsLookedAtForAWeek() {
        for (int i = 0; i < 2; i++) {
            safaricom.faults().nextQuery(QueryFault.SPURIOUS_DOES_NOT_EXIST);
        }
        try (Shop shop = shop(URI).with(component -> component.setMaximumQuestions(1)).open()) {
            String reference = push(shop, Script.pays().lostCallback(), 10);
            advance(shop, Duration.ofSeconds(21));
            await().until(() -> !alerts.isEmpty() && stored(shop, reference).dueAt() == null);

            advance(shop, NEXT);
            ReconcileSummary still = run(shop);
            assertThat(still.asked()).isEqualTo(1);
            assertThat(still.unresolved()).isEqualTo(total(1, 10));
            assertThat(stored(shop, reference)).matches(one -> one.status() == PaymentStatus.UNRESOLVED && one.dueAt() == null);
            assertThat(alerts).extracting(Alert::kind).as("he is told once").containsExactly(AlertKind.UNRESOLVED);

            advance(shop, NEXT);
            assertThat(run(shop).settled()).containsOnly(Map.entry(PaymentStatus.COMPLETED, total(1, 10)));
            assertThat(told(shop, reference).source()).isEqualTo(Source.QUERY);

            safaricom.faults().nextQuery(QueryFault.SPURIOUS_DOES_NOT_EXIST);
            push(shop, Script.pays().lostCallback(), 10);
            advance(shop, Duration.ofSeconds(21));
            await().until(() -> alerts.size() == 2);
            advance(shop, Duration.ofDays(7));
            ReconcileSummary late = run(shop);
            assertThat(late.asked()).isZero();
            assertThat(late.unresolved()).isEqualTo(total(1, 10));
        }
    }

    @Test
    void eachAccountHasItsPaceAndNoneWaitsForAnother() {
        DarajaAccount second = new DarajaAccount();
        try (Shop shop = shop().with(component -> {
            component.getConfiguration().setQuerySpacing(Duration.ofSeconds(10));
            second.setShortCode(component.getConfiguration().getShortCode());
            second.setPasskey(component.getConfiguration().getPasskey());
            second.setQuerySpacing(Duration.ofSeconds(2));
            component.getAccounts().put("second", second);
        }).route("second", "daraja:stkPush?account=second").open()) {
            for (int i = 0; i < 3; i++) {
                push(shop, Script.pays().lostCallback(), 10);
            }
            for (int i = 0; i < 5; i++) {
                safaricom.faults().nextPush(Script.pays().lostCallback());
                shop.send("direct:second", new StkPush.Request("25471255000" + i, 1, "INV-1"));
            }
            later(shop);
            ReconcileSummary summary = run(shop, Duration.ofMillis(100));
            assertThat(summary.asked()).isEqualTo(8);
            assertThat(summary.settled()).containsOnly(Map.entry(PaymentStatus.COMPLETED, total(8, 35)));
            List<Instant> asked = safaricom.requests().stream().filter(request -> request.path().contains("/stkpushquery/"))
                    .map(RecordedRequest::at).sorted().toList();
            assertThat(Duration.between(asked.get(0), asked.get(7))).as("20 s for three, and the others meanwhile")
                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));
        }
    }

    @Test
    void aPayoutOfWhichNothingIsKnownIsSentAgainAndPaidOnce() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetBeforeAccepting());
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetAfterAccepting().lostCallback());
        try (Shop shop = shop().open()) {
            shop.send("direct:pay", new B2c.Request(PHONE, 100), Map.of("order", "1"));
            shop.send("direct:pay", new B2c.Request(PHONE, 200), Map.of("order", "2"));
            later(shop);
            assertThat(count("b2c.received")).isEqualTo(2);

            assertThat(run(shop).asked()).isEqualTo(2);
            advance(shop, NEXT);
            ReconcileSummary second = run(shop);
            assertThat(second.open()).isEqualTo(Total.NONE);
            await().until(() -> shop.outcomes().size() == 2);
            assertThat(shop.outcomes()).allMatch(Outcome::isCompleted);
            assertThat(transfers()).hasSize(2);
            assertThat(count("b2c.duplicates")).isEqualTo(1);
        }
    }

    @Test
    void whereNobodyAsksAPersonIsToldAfterTwoDays() {
        try (Shop shop = shop().open()) {
            String reference = push(shop, Script.pays().lostCallback(), 10);
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetBeforeAccepting());
            String payout = shop.send("direct:pay", new B2c.Request(PHONE, 100), Map.of("order", "1")).getMessage()
                    .getHeader(DarajaConstants.REFERENCE, String.class);
            advance(shop, Duration.ofHours(25));
            await().until(() -> stored(shop, payout).repetition().fields().isEmpty());
            advance(shop, Duration.ofHours(22));
            assertThat(alerts).isEmpty();
            advance(shop, Duration.ofHours(2));
            await().until(() -> alerts.size() == 2);
            assertThat(alerts).extracting(Alert::reference).containsExactlyInAnyOrder(reference, payout);
            assertThat(alerts).extracting(Alert::kind).containsOnly(AlertKind.UNRESOLVED);
            assertThat(queries()).isZero();
            assertThat(count("b2c.received")).isEqualTo(1);
            assertThat(shop.outcomes()).isEmpty();
        }
    }

    @Test
    void aRefusedOperatorIsNotMadeToSign() {
        try (Shop shop = shop().route("balance", "daraja:accountBalance?awaitOutcome=true").open()) {
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback());
            shop.send("direct:pay", new B2c.Request(PHONE, 100), Map.of("order", "1"));
            safaricom.results().next(ResultApi.BALANCE, ResultScript.result("21"));
            shop.send("direct:balance", null);
            later(shop);

            ReconcileSummary summary = run(shop);
            assertThat(summary.asked()).isZero();
            assertThat(summary.open()).isEqualTo(total(1, 100));
            assertThat(shop.sent("/transactionstatus/")).isEmpty();
            shop.component().services().operators().release("default").join();
            advance(shop, NEXT);
            ReconcileSummary after = run(shop);
            assertThat(after.asked()).isEqualTo(1);
            assertThat(after.settled()).containsOnly(Map.entry(PaymentStatus.COMPLETED, total(1, 100)));
        }
    }

    @Test
    void oneAccountAlone() {
        DarajaAccount second = new DarajaAccount();
        try (Shop shop = shop(URI + "&account=second").with(component -> {
            component.setAskWhenLate(false);
            second.setShortCode(component.getConfiguration().getShortCode());
            second.setPasskey(component.getConfiguration().getPasskey());
            component.getAccounts().put("second", second);
        }).route("second", "daraja:stkPush?account=second").open()) {
            push(shop, Script.pays().lostCallback(), 10);
            safaricom.faults().nextPush(Script.pays().lostCallback());
            shop.send("direct:second", new StkPush.Request(PHONE, 5, "INV-1"));
            later(shop);
            ReconcileSummary summary = run(shop);
            assertThat(summary.account()).isEqualTo("second");
            assertThat(headers.get(0)).containsEntry(DarajaConstants.ACCOUNT, "second");
            assertThat(summary.asked()).isEqualTo(1);
            assertThat(summary.settled()).containsOnly(Map.entry(PaymentStatus.COMPLETED, total(1, 5)));
            assertThat(summary.open()).isEqualTo(Total.NONE);
        }
    }

    @Test
    void aRunThatIsLateIsNotOvertakenAndEndsWithItsRoute() throws Exception {
        try (Shop shop = shop().with(component -> component.getConfiguration().setQuerySpacing(Duration.ofHours(1))).open()) {
            push(shop, Script.pays().lostCallback(), 10);
            push(shop, Script.pays().lostCallback(), 10);
            later(shop);
            CompletableFuture<Void> long1 = begin(shop);
            await().until(() -> queries() == 1);
            begin(shop).join();
            assertThat(long1).isNotDone();
            assertThat(summaries).isEmpty();

            shop.context().getRouteController().stopRoute("reconcile");
            long1.join();
            assertThat(summaries).as("half a run says nothing").isEmpty();
            shop.context().getRouteController().startRoute("reconcile");
            advance(shop, NEXT);
            assertThat(run(shop).settled()).containsOnly(Map.entry(PaymentStatus.COMPLETED, total(1, 10)));
            assertThat(queries()).isEqualTo(2);
        }
    }

    @Test
    void aStoreOrARouteThatFailsCostsThisRunOnly() {
        MemoryTransactionRepository repository = new MemoryTransactionRepository(safaricom.clock(), 1_000);
        AtomicInteger failures = new AtomicInteger();
        try (Shop shop = shop().with(component -> component.setRepository(Repositories.of(repository, (call, arguments) ->
                call.equals("findOpen") && failures.getAndDecrement() > 0
                        ? CompletableFuture.failedFuture(new IllegalStateException("down")) : null))).open()) {
            push(shop, Script.pays().lostCallback(), 10);
            later(shop);
            failures.set(1);
            begin(shop).join();
            assertThat(summaries).isEmpty();
            assertThat(queries()).isZero();

            broken.set(true);
            assertThat(run(shop).asked()).isEqualTo(1);
            broken.set(false);
            advance(shop, NEXT);
            assertThat(run(shop).asked()).isZero();
            assertThat(shop.context().getInflightRepository().size()).isZero();
        }
    }

    @Test
    void quartzSetsTheHours() {
        try (Shop shop = shop("daraja:reconcile?scheduler=quartz&scheduler.cron=0/1+*+*+*+*+?&scheduler.timeZone=Africa/Nairobi").open()) {
            await().until(() -> summaries.size() >= 2);
            assertThat(summaries).allMatch(summary -> summary.from().getOffset().getId().equals("+03:00") && summary.asked() == 0);
        }
    }

    @Test
    void whatWouldDoNothingIsRefused() {
        assertThat(catchThrowable(() -> newShop().route("x", "daraja:reconcile").open()))
                .hasStackTraceContaining("to(\"daraja:reconcile\") does not exist").hasStackTraceContaining("use from(");
        for (String option : List.of("group=a", "transacted=true", "overlap=1h", "sendEmptyMessageWhenIdle=true", "path=/x")) {
            Throwable refused = catchThrowable(() -> shop(URI + "&" + option).open());
            assertThat(refused).hasStackTraceContaining("from(\"daraja:reconcile\") has no " + option.split("=")[0]);
        }
        assertThat(catchThrowable(() -> shop(URI + "&account=nobody").open())).hasStackTraceContaining("nobody");
    }
}
