package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ShutdownAware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stop, start again, suspend and resume. */
class StoppingTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    private static StkPush.Request hundred(int phone) {
        return new StkPush.Request("254712000" + phone, 100, "INV-1");
    }

    @Test
    void whoeverWaitsGoesOnAtOnceAndSafaricomIsHeardUntilTheEnd() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        AtomicInteger heard = new AtomicInteger();
        List<Exception> refused = new CopyOnWriteArrayList<>();
        try (Shop shop = Shop.at(safaricom).with(component -> component.setAskWhenLate(false)).collecting()
                .routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:wait").to("daraja:stkPush?awaitOutcome=true&outcomeTimeout=1h").setProperty("status",
                                header(DarajaConstants.STATUS)).process(e -> {
                                    String url = e.getMessage().getHeader("url", String.class);
                                    if (url != null) {
                                        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(url))
                                                .POST(HttpRequest.BodyPublishers.ofString(e.getMessage().getHeader("paid", String.class)))
                                                .build(), HttpResponse.BodyHandlers.ofString());
                                        heard.set(answer.statusCode());
                                    }
                                    e.getMessage().setBody(hundred(599));
                                }).to("daraja:stkPush");
                    }
                }).route("pay", "daraja:stkPush").open()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            Acknowledgement open = shop.send("direct:pay", hundred(600)).getMessage().getBody(Acknowledgement.class);
            Map<String, Object> callback = Map.of("url", shop.lastCallbackUrl(), "paid", CallbackTexts.paid(open, 100, "TKA4CCCCC1"));

            List<CompletableFuture<Exchange>> waiting = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                safaricom.faults().forPhoneOnce("254712000" + (601 + i), Script.pays().lostCallback());
                waiting.add(shop.sendAsync("direct:wait", hundred(601 + i), i == 0 ? callback : Map.of()));
            }
            await().until(() -> shop.repository().all().stream().filter(one -> one.status() == PaymentStatus.PENDING).count() == 51);

            long start = System.nanoTime();
            shop.context().stop();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));

            for (CompletableFuture<Exchange> one : waiting) {
                Exchange done = one.get(10, TimeUnit.SECONDS);
                assertThat(done.getProperty("status")).isEqualTo("UNKNOWN");
                refused.add(done.getException());
            }
            assertThat(refused).hasSize(50).allMatch(DarajaNotSentException.class::isInstance);
            assertThat(safaricom.counters().pushes()).isEqualTo(51);
            assertThat(heard).hasValue(200);
            assertThat(shop.payment(open.reference()).status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(shop.repository().all()).filteredOn(one -> one.status() == PaymentStatus.PENDING).hasSize(50);
        }
    }

    @Test
    void theComponentStartsAgain() throws Exception {
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").route("wait", "daraja:stkPush?awaitOutcome=true")
                .collecting().open()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            Acknowledgement before = shop.send("direct:pay", hundred(701)).getMessage().getBody(Acknowledgement.class);
            String url = shop.lastCallbackUrl();
            String paid = CallbackTexts.paid(before, 100, "TKA4CCCCC2");
            for (String route : List.of("route1", "route2", "collecting")) {
                shop.context().getRouteController().stopRoute(route);
            }
            shop.component().stop();
            assertThat(safaricom.post(url, paid).join()).isEqualTo(-1);

            shop.component().start();
            for (String route : List.of("collecting", "route2", "route1")) {
                shop.context().getRouteController().startRoute(route);
            }
            assertThat(safaricom.post(url, paid).join()).isEqualTo(200);
            assertThat(shop.outcomes()).extracting(Outcome::reference).containsExactly(before.reference());
            Exchange waited = shop.send("direct:wait", hundred(702));
            assertThat(waited.getException()).isNull();
            assertThat(waited.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
            shop.send("direct:pay", hundred(703));
            await().until(() -> shop.outcomes().size() == 2);
        }
    }

    @Test
    void theContextStartsAgain() {
        try (Shop shop = Shop.at(safaricom).route("wait", "daraja:stkPush?awaitOutcome=true").collecting().open()) {
            shop.send("direct:wait", hundred(711));
            shop.context().stop();
            // Camel forgets its components when it stops
            shop.open();
            Exchange waited = shop.send("direct:wait", hundred(712));
            assertThat(waited.getException()).isNull();
            assertThat(waited.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aSuspendedRouteIsToldWhenItResumes() throws Exception {
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").collecting().open()) {
            shop.context().getRouteController().suspendRoute("collecting");
            shop.send("direct:pay", hundred(721));
            await().until(() -> safaricom.callbacks().size() == 1);
            assertThat(safaricom.callbacks().get(0).status()).isEqualTo(200);
            assertThat(safaricom.callbacks().get(0).took()).isLessThan(Duration.ofSeconds(4));
            assertThat(shop.onlyPayment().status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(shop.outcomes()).isEmpty();

            shop.context().getRouteController().resumeRoute("collecting");
            await().until(() -> shop.outcomes().size() == 1);
            shop.send("direct:pay", hundred(722));
            await().until(() -> shop.outcomes().size() == 2);
            assertThat(shop.component().services().deliveries().count().join().open()).isZero();
        }
    }

    @Test
    void aSuspendedGroupGetsItsCopyAndNobodyAnother() throws Exception {
        List<Outcome> others = new CopyOnWriteArrayList<>();
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").collecting().routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush?group=other").routeId("other").process(e -> others.add(e.getMessage().getBody(Outcome.class)));
            }
        }).open()) {
            shop.context().getRouteController().suspendRoute("other");
            shop.send("direct:pay", hundred(731));
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(others).isEmpty();

            shop.context().getRouteController().resumeRoute("other");
            await().until(() -> others.size() == 1);
            // the same when all are suspended
            shop.context().getRouteController().suspendRoute("other");
            shop.context().getRouteController().suspendRoute("collecting");
            shop.send("direct:pay", hundred(732));
            await().until(() -> safaricom.callbacks().size() == 2);
            shop.context().getRouteController().resumeRoute("collecting");
            await().until(() -> shop.outcomes().size() == 2);
            assertThat(others).hasSize(1);
            shop.context().getRouteController().resumeRoute("other");
            await().until(() -> others.size() == 2);

            shop.send("direct:pay", hundred(733));
            await().until(() -> shop.outcomes().size() == 3 && others.size() == 3);
            assertThat(shop.component().services().deliveries().count().join().open()).isZero();
        }
    }

    @Test
    void aRouteThatComesLaterIsTold() {
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").open()) {
            shop.send("direct:pay", hundred(741));
            await().until(() -> safaricom.callbacks().size() == 1);
            assertThat(shop.component().services().deliveries().count().join().open()).isEqualTo(1);
            shop.collecting();
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.component().services().deliveries().count().join().open()).isZero();
        }
    }


    @Test
    void anExchangeWhoseIntentIsStoredOnlyAfterTheEndGoesOn() throws Exception {
        for (String uri : List.of("daraja:stkPush", "daraja:stkPush?awaitOutcome=true&outcomeTimeout=1h")) {
            CompletableFuture<Void> stored = new CompletableFuture<>();
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch continued = new CountDownLatch(1);
            try (Shop shop = Shop.at(safaricom).with(component -> {
                TransactionRepository store = component.getRepository();
                component.setRepository(Repositories.of(store, (call, arguments) -> {
                    if (!call.equals("open")) {
                        return null;
                    }
                    asked.countDown();
                    return stored.thenCompose(done -> store.open((Transaction) arguments[0], (String) arguments[1]));
                }));
            }).open()) {
                // not by a template: it gives up by itself when the context stops
                AsyncProducer producer = shop.context().getEndpoint(uri).createAsyncProducer();
                producer.start();
                Exchange exchange = producer.getEndpoint().createExchange();
                exchange.getMessage().setBody(hundred(751));
                producer.process(exchange, done -> continued.countDown());
                asked.await();
                shop.close();

                stored.complete(null);
                assertThat(continued.await(20, TimeUnit.SECONDS)).as(uri + " goes on").isTrue();
                assertThat(safaricom.counters().pushes()).isZero();
            }
        }
    }

    @Test
    void whatNobodyTookBeforeIsToldAfterTheComponentHasStartedAgain() throws Exception {
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").collecting().open()) {
            shop.context().getRouteController().stopRoute("collecting");
            shop.send("direct:pay", hundred(761));
            await().until(() -> safaricom.callbacks().size() == 1);
            assertThat(safaricom.callbacks().get(0).status()).isEqualTo(200);
            shop.context().getRouteController().stopRoute("route1");
            shop.component().stop();
            shop.component().start();
            shop.context().getRouteController().startRoute("collecting");
            await().untilAsserted(() -> assertThat(shop.outcomes()).hasSize(1));
        }
    }

    @Test
    void theComponentAloneStartsAgain() throws Exception {
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").collecting().open()) {
            shop.component().stop();
            shop.component().start();
            shop.send("direct:pay", hundred(771));
            await().untilAsserted(() -> assertThat(shop.outcomes()).hasSize(1));
        }
    }

    @Test
    void aRouteThatStopsIsStillToldWhatWasOnItsWay() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        try (Shop shop = Shop.at(safaricom).with(component -> component.setDeliveryThreads(1)).collecting().open()) {
            DarajaServices services = shop.component().services();
            services.workers().execute(() -> {
                try {
                    busy.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            shop.bring(Outcome.builder().operation("stkPush").account("default").reference("aa11")
                    .status(PaymentStatus.COMPLETED).build());
            Route collecting = shop.context().getRoute("collecting");
            assertThat(((ShutdownAware) collecting.getConsumer()).getPendingExchangesSize()).isEqualTo(1);

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
                try {
                    shop.context().getRouteController().stopRoute("collecting");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> !((OutcomeConsumer) collecting.getConsumer()).isStarted());
            busy.countDown();
            stopped.get(10, TimeUnit.SECONDS);
            assertThat(shop.outcomes()).extracting(Outcome::reference).containsExactly("aa11");
            assertThat(((ShutdownAware) collecting.getConsumer()).getPendingExchangesSize()).isZero();
        }
    }

    @Test
    void whatComesWhenTheThreadsAreGoneIsDoneAllTheSame() {
        AtomicInteger done = new AtomicInteger();
        try (Shop shop = Shop.at(safaricom).open()) {
            DarajaServices services = shop.component().services();
            shop.component().stop();
            Workers.run(services.workers(), done::incrementAndGet);
            assertThat(done).hasValue(1);
        }
    }
}
