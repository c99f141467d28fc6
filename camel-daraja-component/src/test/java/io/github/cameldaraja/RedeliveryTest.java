package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Camel's own redeliveries, up to three: of the step, and of a route around it of which a later step fails; with a key and, for what
 * needs none, without. What may have been accepted is one request.
 */
class RedeliveryTest extends DatabaseEndToEnd {

    private static final int REDELIVERIES = 3;
    private static final StkPush.Request PRICE = new StkPush.Request(PHONE, 100, "INV-1");

    private long phones = 254712000100L;
    private final AtomicInteger redeliveries = new AtomicInteger();
    private final AtomicInteger laterFailures = new AtomicInteger();

    @BeforeEach
    void money() {
        deposit(UTILITY, 10_000);
    }

    private void printer(Exchange exchange) {
        if (laterFailures.getAndDecrement() > 0) {
            throw new IllegalStateException("the printer is off");
        }
    }

    private Shop stubborn(String uri) {
        return newNode().with(component -> component.setAskWhenLate(false)).routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(REDELIVERIES).redeliveryDelay(0)
                        .onRedelivery(exchange -> redeliveries.incrementAndGet()));
                steps(from("direct:step"));
                from("direct:around").to("direct:sub");
                steps(from("direct:sub").errorHandler(noErrorHandler()));
            }

            private void steps(RouteDefinition route) {
                route.to(uri).process(RedeliveryTest.this::printer);
            }
        }).open();
    }

    private int requests(String uri) {
        return uri.contains("b2c") ? count("b2c.received") : safaricom.counters().pushes();
    }

    private void next(String uri, Script push, ResultScript payout) {
        if (uri.contains("b2c")) {
            safaricom.results().next(ResultApi.B2C, payout);
        } else {
            safaricom.faults().nextPush(push);
        }
    }

    private Exchange send(Shop shop, String route, String key) {
        redeliveries.set(0);
        return shop.send(route, Map.of("phoneNumber", nextPhone(), "amount", 100), Map.of("key", key));
    }

    // a customer has one prompt at a time
    private String nextPhone() {
        return String.valueOf(phones++);
    }

    @ParameterizedTest
    @ValueSource(strings = { "daraja:stkPush", "daraja:stkPush?idempotencyKey=${header.key}",
        "daraja:b2c?idempotencyKey=${header.key}" })
    void ofARouteThatDoesItAllAgain(String uri) {
        try (Shop shop = stubborn(uri)) {
            for (String route : new String[] { "direct:step", "direct:around" }) {
                boolean around = route.equals("direct:around");
                int before = requests(uri);

                // acknowledged, and a later step fails
                laterFailures.set(REDELIVERIES);
                Exchange acknowledged = send(shop, route, route + "acknowledged");
                assertThat(acknowledged.getException()).isNull();
                assertThat(redeliveries).hasValue(REDELIVERIES);
                assertThat(requests(uri) - before).as("%s, acknowledged", route).isEqualTo(1);
                assertThat(acknowledged.getMessage().getHeader(DarajaConstants.REPLAYED)).as("done again, and joined")
                        .isEqualTo(around ? true : null);

                // the answer is lost
                next(uri, Script.pays().lostCallback().resetAfterAccepting(),
                        ResultScript.succeeds().lostCallback().resetAfterAccepting());
                Exchange lost = send(shop, route, route + "lost");
                assertThat(lost.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
                assertThat(redeliveries).hasValue(REDELIVERIES);
                assertThat(requests(uri) - before).as("%s, answer lost", route).isEqualTo(2);

                // refused, and then accepted, and then a later step fails
                next(uri, Script.pays().spikeArrest(), ResultScript.succeeds().spikeArrest());
                laterFailures.set(REDELIVERIES - 1);
                Exchange refused = send(shop, route, route + "refused");
                assertThat(refused.getException()).isNull();
                // each step has redeliveries of its own, the route around them has its own three
                assertThat(redeliveries).hasValue(REDELIVERIES);
                assertThat(requests(uri) - before).as("%s, refused and accepted", route).isEqualTo(4);

                // refused for good
                for (int i = 0; i <= REDELIVERIES; i++) {
                    next(uri, Script.pays().spikeArrest(), ResultScript.succeeds().spikeArrest());
                }
                assertThat(send(shop, route, route + "busy").getException()).isInstanceOf(DarajaThrottledException.class);
                assertThat(requests(uri) - before).as("%s, refused", route).isEqualTo(4 + 1 + REDELIVERIES);
            }
        }
    }

    @Test
    void aRouteThatForgetsThatItIsDoneAgainPushesOnce() {
        laterFailures.set(REDELIVERIES);
        try (Shop shop = newNode().routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(REDELIVERIES).redeliveryDelay(0));
                from("direct:around").to("direct:sub");
                from("direct:sub").errorHandler(noErrorHandler()).removeHeaders("*").to("daraja:stkPush")
                        .process(RedeliveryTest.this::printer);
                from("direct:byHand").errorHandler(noErrorHandler()).setProperty("price", body()).loop(4)
                        .setBody(exchangeProperty("price"))
                        .doTry().to("direct:sub").doCatch(Exception.class).setBody(constant("once more"));
            }
        }).open()) {
            Exchange done = shop.send("direct:around", PRICE);
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeader(DarajaConstants.REPLAYED)).isEqualTo(true);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);

            laterFailures.set(REDELIVERIES);
            assertThat(shop.send("direct:byHand", new StkPush.Request(nextPhone(), 100, "INV-1")).getException()).isNull();
            assertThat(laterFailures).hasValue(-1);
            assertThat(safaricom.counters().pushes()).isEqualTo(2);
        }
    }

    @Test
    void aPromptAfterOneThatWasDeclinedIsAnother() {
        safaricom.faults().nextPush(Script.result(1032));
        safaricom.faults().nextPush(Script.result(1032));
        try (Shop shop = newNode().routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:byHand").errorHandler(noErrorHandler()).loop(3).doTry()
                        .to("daraja:stkPush?awaitOutcome=true&throwExceptionOnFailure=true")
                        .doCatch(DarajaPaymentFailedException.class).setBody(constant(PRICE));
            }
        }).open()) {
            assertThat(outcome(shop.send("direct:byHand", PRICE)).isCompleted()).isTrue();
            assertThat(safaricom.counters().pushes()).isEqualTo(3);
        }
    }

    @Test
    void aLoopThatWantsTheSameTwiceNamesEach() {
        laterFailures.set(1);
        try (Shop shop = newNode().routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(REDELIVERIES).redeliveryDelay(0));
                from("direct:unnamed").process(RedeliveryTest.this::printer).loop(2).setBody(constant(PRICE))
                        .to("daraja:stkPush?awaitOutcome=true");
                from("direct:named").process(RedeliveryTest.this::printer).loop(2).setBody(constant(PRICE))
                        .to("daraja:stkPush?awaitOutcome=true&idempotencyKey=order-7-${exchangeProperty.CamelLoopIndex}");
            }
        }).open()) {
            // whether it is done again or wanted twice is not to be known: rather one prompt too few
            assertThat(shop.send("direct:unnamed", null).getMessage().getHeader(DarajaConstants.REPLAYED)).isEqualTo(true);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);

            laterFailures.set(1);
            assertThat(shop.send("direct:named", null).getMessage().getHeader(DarajaConstants.REPLAYED)).isNull();
            assertThat(safaricom.counters().pushes()).isEqualTo(3);
        }
    }
}
