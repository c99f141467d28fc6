package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One payment that is asked for many times at once: double clicks, a list with a line twice, copies of an exchange. */
class DuplicatesTest extends DatabaseEndToEnd {

    private static final String KEY = "?idempotencyKey=${header.key}";

    @BeforeEach
    void money() {
        deposit(UTILITY, 100_000);
    }

    private Shop node() {
        return newNode().route("push", "daraja:stkPush" + KEY)
                .route("pushWait", "daraja:stkPush" + KEY + "&awaitOutcome=true&outcomeTimeout=10m")
                .route("pay", "daraja:b2c" + KEY)
                .route("payWait", "daraja:b2c" + KEY + "&awaitOutcome=true&outcomeTimeout=10m");
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2 })
    void fiftyClicksAreOnePayment(int nodes) {
        List<Shop> all = IntStream.range(0, nodes).mapToObj(i -> node().open()).toList();
        try {
            safaricom.faults().nextPush(Script.pays().slowAnswer(Duration.ofMillis(200)));
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().slowAnswer(Duration.ofMillis(200)));
            List<CompletableFuture<Exchange>> clicks = new ArrayList<>();
            List<CompletableFuture<Exchange>> waiting = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Shop node = all.get(i % nodes);
                String wait = i % 3 == 0 ? "Wait" : "";
                List<CompletableFuture<Exchange>> some = i % 3 == 0 ? waiting : clicks;
                some.add(node.sendAsync("direct:push" + wait, new StkPush.Request(PHONE, 100, "INV-1"), Map.of("key", "cart-7")));
                some.add(node.sendAsync("direct:pay" + wait, new B2c.Request(PHONE, 100), Map.of("key", "wage-7")));
            }
            List<Exchange> done = new ArrayList<>(clicks.stream().map(CompletableFuture::join).toList());
            await().until(() -> transfers().size() == 1 && safaricom.books().payments().size() == 1);
            // whoever waits on the node that is not told looks from time to time
            await().until(() -> {
                safaricom.clock().advance(Duration.ofMillis(500));
                return waiting.stream().allMatch(CompletableFuture::isDone);
            });
            waiting.forEach(one -> done.add(one.join()));
            assertThat(waiting).allMatch(one -> outcome(one.join()).isCompleted());
            assertThat(done).allMatch(exchange -> exchange.getException() == null);
            for (String operation : List.of("stkPush", "b2c")) {
                List<Exchange> ofIt = done.stream().filter(exchange ->
                        operation.equals(exchange.getMessage().getHeader(DarajaConstants.OPERATION))).toList();
                assertThat(ofIt).hasSize(50);
                assertThat(ofIt.stream().map(one -> one.getMessage().getHeader(DarajaConstants.REFERENCE)).distinct()).hasSize(1);
                assertThat(ofIt).filteredOn(one -> one.getMessage().getHeader(DarajaConstants.REPLAYED) == null).hasSize(1);
            }
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
            assertThat(count("b2c.received")).isEqualTo(1);
            assertThat(transfers()).hasSize(1);
        } finally {
            all.forEach(Shop::close);
        }
    }

    @Test
    void aLineThatIsTwiceInAListIsPaidOnce() {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            // every line twice, here and there in another form
            lines.add(Map.of("id", "line-" + i / 2, "phone", (i % 2 == 0 ? "0712" : "+254712") + (345_600 + i / 2), "amount", 10 + i / 2));
        }
        List<Exchange> paid = new CopyOnWriteArrayList<>();
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        try (Shop shop = newNode().routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DarajaRequestException.class).handled(true)
                        .process(e -> refused.add(e.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from("direct:list").split(body()).parallelProcessing()
                        .setHeader("key", simple("2026-11-${body[id]}"))
                        .process(e -> {
                            Map<?, ?> line = e.getMessage().getBody(Map.class);
                            e.getMessage().setBody(Map.of("phoneNumber", line.get("phone"), "amount", line.get("amount")));
                        }).to("daraja:b2c" + KEY).process(paid::add).end();
            }
        }).open()) {
            assertThat(shop.send("direct:list", lines).getException()).isNull();

            assertThat(paid).hasSize(40);
            assertThat(paid).filteredOn(one -> one.getMessage().getHeader(DarajaConstants.REPLAYED) != null).hasSize(20);
            await().until(() -> transfers().size() >= 20);
            assertThat(transfers()).extracting(Transfer::to).doesNotHaveDuplicates().hasSize(20);
            assertThat(count("b2c.received")).isEqualTo(20);

            // the whole list once more, and one line with another amount
            lines.set(0, Map.of("id", "line-0", "phone", "0712345600", "amount", 11));
            assertThat(shop.send("direct:list", lines).getException()).isNull();
            assertThat(paid).hasSize(79);
            assertThat(refused).singleElement().asString().contains("idempotency key");
            assertThat(count("b2c.received")).isEqualTo(20);
        }
    }

    @Test
    void copiesOfAnExchangeAreOnePayment() {
        List<Exchange> paid = new CopyOnWriteArrayList<>();
        try (Shop shop = newNode().routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:copies").multicast().parallelProcessing().to("seda:a", "seda:b", "direct:c", "direct:c");
                from("seda:a?concurrentConsumers=3").to("direct:c");
                from("seda:b").wireTap("direct:c").end().to("direct:c");
                from("direct:c").to("daraja:b2c" + KEY).process(paid::add);
            }
        }).open()) {
            shop.send("direct:copies", new B2c.Request(PHONE, 100), Map.of("key", "wage-8"));
            await().until(() -> paid.size() == 5);

            assertThat(paid.stream().map(one -> one.getMessage().getHeader(DarajaConstants.REFERENCE)).distinct()).hasSize(1);
            assertThat(paid).filteredOn(one -> one.getMessage().getHeader(DarajaConstants.REPLAYED) == null).hasSize(1);
            await().until(() -> transfers().size() == 1);
            assertThat(count("b2c.received")).isEqualTo(1);
        }
    }

    @Test
    void aFailedExchangeThatIsPutAsideAndSentAgainRejoinsItsPayment() throws Exception {
        List<Object> bodies = new CopyOnWriteArrayList<>();
        try (Shop shop = newNode().routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("seda:later").useOriginalMessage());
                from("direct:wage").to("daraja:b2c" + KEY).process(e -> {
                    bodies.add(e.getMessage().getBody());
                    if (bodies.size() == 1) {
                        throw new IllegalStateException("the printer is off");
                    }
                });
                from("seda:later").routeId("later").autoStartup(false).to("direct:wage");
            }
        }).collecting("b2c").open()) {
            shop.send("direct:wage", new B2c.Request(PHONE, 100), Map.of("key", "wage-9"));
            await().until(() -> shop.outcomes().size() == 1);
            safaricom.clock().advance(Duration.ofHours(7));
            shop.context().getRouteController().startRoute("later");
            await().until(() -> bodies.size() == 2);

            assertThat(bodies.get(1)).isInstanceOf(Outcome.class);
            assertThat(count("b2c.received")).isEqualTo(1);
            assertThat(transfers()).hasSize(1);
        }
    }
}
