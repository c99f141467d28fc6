package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.RegisteredUrl;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds while a consumer does not run. */
class ConsumerLifeTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension();

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private final List<Outcome> told = new CopyOnWriteArrayList<>();

    private int confirm(Shop shop) throws Exception {
        String url = shop.component().services().accounts().get("default").registeredUrl(RegisteredUrl.C2B_CONFIRMATION);
        String body = """
                {"TransactionType":"Pay Bill","TransID":"UKL7ABCDE1","TransTime":"20261121120000","TransAmount":"100.00",
                "BusinessShortCode":"%s","BillRefNumber":"A-1","MSISDN":"2547 ***** 678"}"""
                .formatted(safaricom.credentials().shortCode());
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void whatARouteWantsVerifiedIsVerifiedBeforeItRuns() throws Exception {
        try (Shop shop = Shop.at(safaricom).with(component -> {
            component.getConfiguration().setInitiatorName("operator");
            component.getConfiguration().setSecurityCredential("c2VjdXJpdHkgY3JlZGVudGlhbA==");
        }).collecting().routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:c2bConfirmation?verify=true").routeId("later").autoStartup(false)
                        .process(e -> told.add(e.getMessage().getBody(Outcome.class)));
            }
        }).open()) {
            assertThat(confirm(shop)).isEqualTo(200);
            shop.context().getRouteController().startRoute("later");
            shop.look();
            assertThat(told).isEmpty();
            assertThat(shop.onlyPayment().status()).isEqualTo(PaymentStatus.PENDING);
        }
    }

    @Test
    void aPollingRouteThatStopsIsStillToldWhatWasOnItsWay() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        try (Shop shop = Shop.at(safaricom).with(component -> component.setDeliveryThreads(1)).routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:pullTransactions?startScheduler=false").routeId("pulling")
                        .process(e -> told.add(e.getMessage().getBody(Outcome.class)));
            }
        }).open()) {
            DarajaServices services = shop.component().services();
            services.workers().execute(() -> {
                try {
                    busy.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            shop.bring(Outcome.builder().operation("pullTransactions").account("default").reference("aa11")
                    .status(PaymentStatus.COMPLETED).build());
            ServiceSupport pulling = (ServiceSupport) shop.context().getRoute("pulling").getConsumer();

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
                try {
                    shop.context().getRouteController().stopRoute("pulling");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> !pulling.isStarted());
            assertThat(((ShutdownAware) pulling).getPendingExchangesSize()).isEqualTo(1);
            busy.countDown();
            stopped.get(10, TimeUnit.SECONDS);
            assertThat(told).extracting(Outcome::reference).containsExactly("aa11");
        }
    }
}
