package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is told an outcome, and how often. */
class DeliveryTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    private static StkPush.Request hundred(int phone) {
        return new StkPush.Request("254712000" + phone, 100, "INV-1");
    }

    @Test
    void eachGroupGetsOneCopyAndItsConsumersShare() {
        Map<String, List<String>> told = new ConcurrentHashMap<>();
        List.of("a", "b1", "b2").forEach(name -> told.put(name, new CopyOnWriteArrayList<>()));
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush?group=a").process(e -> told.get("a").add(e.getMessage().getBody(Outcome.class).reference()));
                from("daraja:stkPush?group=b").process(e -> told.get("b1").add(e.getMessage().getBody(Outcome.class).reference()));
                from("daraja:stkPush?group=b").process(e -> told.get("b2").add(e.getMessage().getBody(Outcome.class).reference()));
            }
        }).open()) {
            for (int i = 0; i < 10; i++) {
                shop.send("direct:pay", hundred(801 + i));
                int sent = i + 1;
                // one after the other, so that the groups take turns in the same order each time
                await().until(() -> safaricom.callbacks().size() == sent);
            }
            assertThat(told.get("a")).hasSize(10).doesNotHaveDuplicates();
            List<String> shared = new CopyOnWriteArrayList<>(told.get("b1"));
            shared.addAll(told.get("b2"));
            assertThat(shared).containsExactlyInAnyOrderElementsOf(told.get("a"));
            assertThat(told.get("b1")).hasSize(5);
            assertThat(told.get("b2")).hasSize(5);
        }
    }

    @Test
    void aConsumerHearsOfItsOwnAccount() {
        DarajaAccount other = new DarajaAccount();
        other.setShortCode(safaricom.credentials().shortCode());
        other.setPasskey(safaricom.credentials().passkey());
        List<String> others = new CopyOnWriteArrayList<>();
        List<String> all = new CopyOnWriteArrayList<>();
        try (Shop shop = Shop.at(safaricom).with(component -> component.getAccounts().put("other", other)).collecting()
                .route("pay", "daraja:stkPush").route("other", "daraja:stkPush?account=other").routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("daraja:stkPush?account=other").process(e -> others.add(e.getMessage().getBody(Outcome.class).account()));
                        from("daraja:stkPush?account=*&group=books")
                                .process(e -> all.add(e.getMessage().getBody(Outcome.class).account()));
                    }
                }).open()) {
            shop.send("direct:pay", hundred(821));
            shop.send("direct:other", hundred(822));
            await().until(() -> safaricom.callbacks().size() == 2);
            assertThat(shop.outcomes()).extracting(Outcome::account).containsExactly("default");
            assertThat(others).containsExactly("other");
            assertThat(all).containsExactlyInAnyOrder("default", "other");
        }
    }

    @Test
    void aFailingRouteIsToldAgainAtGrowingDistancesAndThenNoMore() {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        safaricom.clock().freeze();
        try (Logs logs = new Logs(Level.ERROR, "io.github.cameldaraja");
             Shop shop = Shop.at(safaricom).with(component -> {
                 component.setMaximumDeliveries(4);
                 component.setDeliveryDelay(Duration.ofSeconds(10));
             }).route("pay", "daraja:stkPush").routes(new RouteBuilder() {
                 @Override
                 public void configure() {
                     from("daraja:stkPush").process(e -> {
                         attempts.add(e.getMessage().getHeader(DarajaConstants.DELIVERY_ATTEMPT, Integer.class));
                         throw new IllegalStateException("the database is down");
                     });
                 }
             }).open()) {
            shop.send("direct:pay", hundred(831));
            safaricom.clock().advance(Duration.ofSeconds(1));
            await().until(() -> safaricom.callbacks().size() == 1);
            assertThat(safaricom.callbacks().get(0).status()).isEqualTo(200);
            assertThat(attempts).containsExactly(1);
            int[] pauses = { 10, 20, 40 };
            for (int i = 0; i < pauses.length; i++) {
                safaricom.clock().advance(Duration.ofSeconds(pauses[i] - 1));
                shop.look();
                assertThat(attempts).hasSize(i + 1);
                safaricom.clock().advance(Duration.ofSeconds(1));
                int expected = i + 2;
                await().until(() -> attempts.size() == expected);
                shop.look();
            }
            await().until(() -> shop.component().services().deliveries().count().join().parked() == 1);
            safaricom.clock().advance(Duration.ofHours(10));
            shop.look();
            assertThat(attempts).containsExactly(1, 2, 3, 4);
            assertThat(logs.lines()).anyMatch(line -> line.startsWith("ERROR") && line.contains("parked")
                    && line.contains(shop.onlyPayment().reference()) && !line.contains("254712000831"));
        }
    }

    @Test
    void whoBringsTheNewsNeverRunsARouteHoweverBusyTheThreadsAre() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        CountDownLatch release = new CountDownLatch(1);
        try (Shop shop = Shop.at(safaricom).with(component -> {
            component.setDeliveryThreads(1);
            component.setStoreTimeout(Duration.ofMillis(50));
        }).route("pay", "daraja:stkPush").routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush").process(e -> {
                    threads.add(Thread.currentThread().getName());
                    release.await(20, TimeUnit.SECONDS);
                });
            }
        }).open()) {
            for (int i = 0; i < 3; i++) {
                shop.sendAsync("direct:pay", hundred(851 + i));
                int sent = i + 1;
                await().untilAsserted(() -> assertThat(safaricom.callbacks()).as("answered").hasSize(sent));
            }
            assertThat(threads).hasSize(1);
            release.countDown();
            await().until(() -> threads.size() == 3);
            assertThat(threads).allMatch(name -> name.contains("DarajaDelivery"));
        } finally {
            release.countDown();
        }
    }
}
