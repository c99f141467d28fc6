package io.github.cameldaraja;

import static io.github.cameldaraja.Shop.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes of the user's on the same kind of server may hold all its threads: callbacks are answered all the same. */
class BusyServerTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private final HttpClient browser = HttpClient.newHttpClient();

    @Test
    void callbacksNeedNoThreadOfTheUsersRoutes() throws Exception {
        int port = Ports.free();
        CountDownLatch held = new CountDownLatch(4);
        CountDownLatch release = new CountDownLatch(1);
        RouteBuilder blocking = new RouteBuilder() {
            @Override
            public void configure() {
                from("netty-http:http://127.0.0.1:" + port + "/slow").process(exchange -> {
                    held.countDown();
                    release.await(30, TimeUnit.SECONDS);
                });
            }
        };
        try (Shop shop = Shop.at(safaricom).routes(blocking).route("pay", "daraja:stkPush?awaitOutcome=true").open()) {
            List<CompletableFuture<HttpResponse<String>>> visitors = new ArrayList<>();
            HttpRequest slow = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/slow")).build();
            for (int i = 0; i < 64; i++) {
                visitors.add(browser.sendAsync(slow, HttpResponse.BodyHandlers.ofString()));
            }
            assertThat(held.await(20, TimeUnit.SECONDS)).as("the server's threads are held").isTrue();

            shop.sendAsync("direct:pay", new StkPush.Request(CUSTOMER, 100, null)).get(10, TimeUnit.SECONDS);

            await().until(() -> safaricom.callbacks().size() == 1);
            assertThat(safaricom.callbacks().get(0).status()).isEqualTo(200);
            assertThat(release.getCount()).as("nobody was released for it").isOne();
            release.countDown();
            CompletableFuture.allOf(visitors.toArray(new CompletableFuture<?>[0])).get(20, TimeUnit.SECONDS);
        }
    }
}
