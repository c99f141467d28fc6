package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Exchanges that wait: what ends the wait, and to whom the outcome belongs after it. */
class WaitingTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private int phones = 254712600;

    private StkPush.Request hundred() {
        return new StkPush.Request(phones++ + "001", 100, "INV-1");
    }

    private Shop shop(RouteBuilder routes) {
        return Shop.at(safaricom).with(component -> component.setAskWhenLate(false)).routes(routes).collecting();
    }

    @Test
    void anOutcomeThatItsRouteDidNotDealWithGoesToTheConsumer() {
        String wait = "daraja:stkPush?awaitOutcome=true";
        try (Shop shop = shop(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:fails").to(wait).throwException(new IllegalStateException("the database is down"));
                from("direct:handles").onException(IllegalStateException.class).handled(true).setBody(constant("sorry")).end()
                        .to(wait).throwException(new IllegalStateException("the database is down"));
                from("direct:rollsBack").to(wait).markRollbackOnly();
                from("direct:catches").to(wait).doTry().throwException(new IllegalStateException("the database is down"))
                        .doCatch(IllegalStateException.class).setBody(constant("sorry")).end();
                from("direct:throws").to(wait + "&throwExceptionOnFailure=true");
            }
        }).open()) {
            int told = 0;
            for (String route : List.of("fails", "handles", "rollsBack", "catches")) {
                Exchange done = shop.send("direct:" + route, hundred());
                int expected = ++told;
                await(route).until(() -> shop.outcomes().size() == expected);
                assertThat(shop.outcomes().get(told - 1).isCompleted()).as(route).isTrue();
                assertThat(done.getException() != null).isEqualTo(route.equals("fails"));
            }
            safaricom.faults().nextPush(Script.result(1032));
            Exchange thrown = shop.send("direct:throws", hundred());
            assertThat(thrown.getException()).isInstanceOf(DarajaPaymentFailedException.class);
            DarajaPaymentFailedException failure = (DarajaPaymentFailedException) thrown.getException();
            assertThat(failure.getOutcome().status()).isEqualTo(PaymentStatus.CANCELLED);
            assertThat(failure.getErrorCode()).isEqualTo("1032");

            Exchange paid = shop.send("direct:throws", hundred());
            assertThat(paid.getException()).isNull();
            assertThat(paid.getMessage().getBody(Outcome.class).isCompleted()).isTrue();
            // the callback of an awaited payment is answered when its route has ended
            await().until(() -> safaricom.callbacks().size() == 6);
            assertThat(shop.outcomes()).filteredOn(Outcome::isCompleted).hasSize(4);
        }
    }

    @Test
    void anOutcomeThatItsRouteDealtWithIsTheConsumersNoMore() {
        try (Shop shop = shop(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:well").to("daraja:stkPush?awaitOutcome=true");
                // what failed and was dealt with before the payment has nothing to do with it
                from("direct:before").doTry().throwException(new IllegalStateException("no stock here, but there"))
                        .doCatch(IllegalStateException.class).setProperty("shop", constant("other")).end()
                        .to("daraja:stkPush?awaitOutcome=true").setProperty("booked", constant(true));
            }
        }).open()) {
            for (String route : List.of("direct:well", "direct:before")) {
                Exchange done = shop.send(route, hundred());
                assertThat(done.getException()).isNull();
                assertThat(done.getMessage().getBody(Outcome.class).isCompleted()).isTrue();
            }
            await().until(() -> safaricom.callbacks().size() == 2);
            assertThat(shop.outcomes()).isEmpty();
        }
    }

    @Test
    void afterTheTimeoutTheStoredPaymentIsAsItWas() {
        try (Shop shop = shop(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:wait").to("daraja:stkPush?awaitOutcome=true&outcomeTimeout=30s");
                from("direct:throw").to("daraja:stkPush?awaitOutcome=true&outcomeTimeout=30s&throwExceptionOnFailure=true");
            }
        }).open()) {
            safaricom.faults().nextPush(Script.pays().callbackAfter(Duration.ofMinutes(5)));
            safaricom.faults().nextPush(Script.pays().callbackAfter(Duration.ofMinutes(5)));
            CompletableFuture<Exchange> waiting = shop.sendAsync("direct:wait", hundred());
            CompletableFuture<Exchange> throwing = shop.sendAsync("direct:throw", hundred());
            await().until(() -> safaricom.books().payments().size() == 2);
            await().until(() -> shop.repository().all().stream().allMatch(one -> one.status() == PaymentStatus.PENDING));
            safaricom.clock().advance(Duration.ofSeconds(25));
            shop.look();
            assertThat(waiting).isNotDone();
            safaricom.clock().advance(Duration.ofSeconds(6));

            Exchange done = waiting.join();
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, "UNKNOWN")
                    .containsEntry(DarajaConstants.SOURCE, "TIMEOUT").doesNotContainKeys(DarajaConstants.RECEIPT_NUMBER,
                            DarajaConstants.RESULT_CODE);
            assertThat(done.getMessage().getHeader(DarajaConstants.CHECKOUT_REQUEST_ID, String.class)).startsWith("ws_CO_");
            assertThat(throwing.join().getException()).as("it may still be paid").isInstanceOf(DarajaOutcomeUnknownException.class);
            assertThat(shop.repository().all()).allMatch(one -> one.status() == PaymentStatus.PENDING && one.outcome() == null);

            safaricom.clock().advance(Duration.ofMinutes(5));
            await().until(() -> shop.outcomes().size() == 2);
            assertThat(shop.outcomes()).allMatch(Outcome::isCompleted);
        }
    }

    @Test
    void aTransactedRouteOnTheOnlyThreadIsNotLeftThere() {
        try (Shop shop = Shop.at(safaricom).with(component -> component.setDeliveryThreads(1)).route("pay", "daraja:stkPush")
                .routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("daraja:stkPush").process(e -> e.getUnitOfWork().beginTransactedBy("test")).to("daraja:stkQuery")
                                .to("mock:asked");
                    }
                }).open()) {
            shop.send("direct:pay", new StkPush.Request("254712000590", 100, "INV-1"));
            MockEndpoint asked = shop.context().getEndpoint("mock:asked", MockEndpoint.class);
            await().until(() -> asked.getReceivedCounter() == 1);
            assertThat(asked.getExchanges().get(0).getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aTransactedExchangeMayNotWait() {
        try (Shop shop = shop(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:wait").process(e -> e.getUnitOfWork().beginTransactedBy("test")).to("daraja:stkPush?awaitOutcome=true");
                from("direct:pay").process(e -> e.getUnitOfWork().beginTransactedBy("test")).to("daraja:stkPush");
            }
        }).open()) {
            Exchange done = shop.send("direct:wait", hundred());
            assertThat(done.getException()).isInstanceOf(DarajaRequestException.class).hasMessageContaining("awaitOutcome")
                    .hasMessageContaining("from(\"daraja:stkPush\")");
            assertThat(safaricom.counters().pushes()).isZero();
            assertThat(shop.repository().all()).isEmpty();

            assertThat(shop.send("direct:pay", hundred()).getException()).isNull();
            await().until(() -> shop.outcomes().size() == 1);
        }
    }


    @Test
    void whatBreaksTheAskingDoesNotStopTheClock() {
        AtomicInteger broken = new AtomicInteger();
        try (Shop shop = Shop.at(safaricom).with(component -> component.setRepository(Repositories.of(component.getRepository(),
                (call, arguments) -> {
                    if (call.equals("claimDue")) {
                        broken.incrementAndGet();
                        throw new IllegalStateException("the store broke its promise");
                    }
                    return null;
                }))).route("wait", "daraja:stkPush?awaitOutcome=true&outcomeTimeout=60s").open()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            CompletableFuture<Exchange> waiting = shop.sendAsync("direct:wait", new StkPush.Request("254712000991", 100, "INV-1"));
            await().until(() -> broken.get() > 0);
            await().until(() -> safaricom.books().payments().size() == 1);
            safaricom.clock().advance(Duration.ofMinutes(2));
            assertThat(waiting).succeedsWithin(Duration.ofSeconds(5))
                    .extracting(done -> done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("UNKNOWN");
            await().until(() -> broken.get() > 1);
        }
    }
}
