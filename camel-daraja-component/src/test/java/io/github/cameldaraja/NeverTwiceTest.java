package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.DarajaAuthenticationException;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.TokenFault;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import io.github.cameldaraja.transaction.FailingRepository;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A push whose fate is unknown is sent once, however eagerly the route tries again; what certainly did not happen may be repeated. */
class NeverTwiceTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private final AtomicInteger redeliveries = new AtomicInteger();

    private Shop stubborn() {
        return Shop.at(safaricom).with(component -> {
            component.setResponseTimeout(Duration.ofMillis(1500));
            component.setAskWhenLate(false);
        }).routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(3).redeliveryDelay(0)
                        .onRedelivery(exchange -> redeliveries.incrementAndGet());
                from("direct:pay").to("daraja:stkPush");
                from("direct:wait").to("daraja:stkPush?awaitOutcome=true&outcomeTimeout=60s");
                from("direct:key").to("daraja:stkPush?idempotencyKey=${header.order}");
            }
        }).collecting();
    }

    private static Map<String, Script> unknown() {
        Map<String, Script> scripts = new LinkedHashMap<>();
        // long after the test: nobody is told meanwhile
        Duration late = Duration.ofDays(1);
        scripts.put("reset before accepting", Script.pays().resetBeforeAccepting());
        scripts.put("SOAP fault", Script.pays().soapFault());
        scripts.put("reset after accepting", Script.pays().callbackAfter(late).resetAfterAccepting());
        scripts.put("500 after accepting", Script.pays().callbackAfter(late).errorAfterAccepting());
        scripts.put("HTML 503 after accepting", Script.pays().callbackAfter(late).html503AfterAccepting());
        scripts.put("empty body", Script.pays().callbackAfter(late).emptyBody());
        scripts.put("slow answer", Script.pays().callbackAfter(late).slowAnswer(Duration.ofSeconds(4)));
        return scripts;
    }

    @Test
    void whatMayHaveBeenAcceptedIsNeverSentAgain() {
        try (Shop shop = stubborn().open()) {
            int number = 0;
            for (Map.Entry<String, Script> unknown : unknown().entrySet()) {
                String phone = "25471200040" + number++;
                safaricom.faults().nextPush(unknown.getValue());
                Exchange done = shop.send("direct:pay", new StkPush.Request(phone, 100, "INV-1"));

                assertThat(done.getException()).as(unknown.getKey()).isInstanceOf(DarajaOutcomeUnknownException.class);
                assertThat(redeliveries.getAndSet(0)).isEqualTo(3);
                assertThat(safaricom.counters().pushes()).as(unknown.getKey()).isEqualTo(number);
                assertThat(done.getMessage().getHeader(DarajaConstants.REFERENCE)).isNotNull();
                assertThat(shop.repository().all()).filteredOn(payment -> payment.phoneNumber().equals(phone))
                        .as(unknown.getKey()).singleElement()
                        .matches(payment -> payment.status() == PaymentStatus.UNKNOWN)
                        .matches(payment -> payment.reference().equals(done.getMessage().getHeader(DarajaConstants.REFERENCE)));
            }
        }
    }

    @Test
    void withAKeyNotEvenAnotherExchangeSendsItAgain() {
        try (Shop shop = stubborn().open()) {
            safaricom.faults().nextPush(Script.pays().resetAfterAccepting().callbackAfter(Duration.ofMinutes(1)));
            StkPush.Request request = new StkPush.Request("254712000411", 100, "INV-1");
            for (int i = 0; i < 3; i++) {
                assertThat(shop.send("direct:key", request, Map.of("order", "7")).getException())
                        .isInstanceOf(DarajaOutcomeUnknownException.class);
            }
            await().until(() -> safaricom.books().payments().size() == 1);
            safaricom.clock().advance(Duration.ofMinutes(2));
            await().until(() -> shop.outcomes().size() == 1);
            Exchange after = shop.send("direct:key", request, Map.of("order", "7"));
            assertThat(after.getException()).isNull();
            assertThat(after.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, "COMPLETED")
                    .containsEntry(DarajaConstants.REPLAYED, true);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void whoWaitsStaysParkedWhenTheAcknowledgementIsLost() {
        try (Shop shop = stubborn().open()) {
            Map<String, CompletableFuture<Exchange>> waiting = new LinkedHashMap<>();
            int number = 0;
            for (Map.Entry<String, Script> unknown : unknown().entrySet()) {
                String phone = "25471200042" + number++;
                safaricom.faults().forPhoneOnce(phone, unknown.getValue());
                waiting.put(unknown.getKey(), shop.sendAsync("direct:wait", new StkPush.Request(phone, 100, "INV-1")));
            }
            int all = number;
            await().until(() -> shop.repository().all().stream().filter(one -> one.status() == PaymentStatus.UNKNOWN).count() == all);
            shop.look();
            waiting.forEach((name, exchange) -> assertThat(exchange).as(name).isNotDone());
            safaricom.clock().advance(Duration.ofSeconds(61));
            waiting.forEach((name, exchange) -> {
                assertThat(exchange.join().getException()).as(name).isNull();
                assertThat(exchange.join().getMessage().getHeader(DarajaConstants.STATUS)).as(name).isEqualTo("UNKNOWN");
            });
            assertThat(redeliveries).hasValue(0);
            assertThat(safaricom.counters().pushes()).isEqualTo(all);
        }
    }

    @Test
    void whatCertainlyDidNotHappenIsTriedAgainAsOftenAsAsked() {
        Map<String, Script> throttled = new LinkedHashMap<>();
        throttled.put("spike arrest", Script.pays().spikeArrest());
        throttled.put("spike arrest of the gateway", Script.pays().spikeArrestGateway());
        throttled.put("quota", Script.pays().quota());
        throttled.put("busy", Script.pays().systemBusy());
        throttled.put("busy with 200", Script.pays().errorWith200());
        throttled.put("locked", Script.pays().unableToLock());
        throttled.put("firewall", Script.pays().html503());
        try (Shop shop = stubborn().open()) {
            int number = 0;
            for (Map.Entry<String, Script> refusal : throttled.entrySet()) {
                for (String route : new String[] { "direct:pay", "direct:wait" }) {
                    String phone = "2547120004" + (30 + number++);
                    safaricom.faults().forPhone(phone, refusal.getValue());
                    int before = safaricom.counters().pushes();
                    Exchange done = shop.send(route, new StkPush.Request(phone, 100, "INV-1"));

                    assertThat(done.getException()).as(refusal.getKey()).isInstanceOf(DarajaThrottledException.class);
                    assertThat(((DarajaException) done.getException()).getOperation()).isEqualTo("stkPush");
                    assertThat(((DarajaException) done.getException()).getAccount()).isEqualTo("default");
                    assertThat(safaricom.counters().pushes() - before).as(refusal.getKey()).isEqualTo(4);
                    assertThat(redeliveries.getAndSet(0)).isEqualTo(3);
                }
            }
            assertThat(safaricom.counters().acceptedPushes()).isZero();
            assertThat(shop.repository().all()).allMatch(payment -> payment.status() == PaymentStatus.FAILED);

            // twice busy, then paid
            String phone = "254712000459";
            safaricom.faults().forPhoneOnce(phone, Script.pays().systemBusy());
            safaricom.faults().forPhoneOnce(phone, Script.pays().spikeArrest());
            Exchange done = shop.send("direct:wait", new StkPush.Request(phone, 100, "INV-1"));
            assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
            assertThat(safaricom.counters().acceptedPushes()).isEqualTo(1);
        }
    }

    @Test
    void whatNeverLeftIsTriedAgain() {
        int nobody = Ports.free();
        try (Shop shop = stubborn().with(component -> component.getConfiguration().setBaseUrl("http://127.0.0.1:" + nobody)).open()) {
            for (String route : new String[] { "direct:pay", "direct:wait" }) {
                Exchange done = shop.send(route, new StkPush.Request("254712000461", 100, "INV-1"));
                assertThat(done.getException()).isInstanceOf(DarajaNotSentException.class);
                assertThat(redeliveries.getAndSet(0)).isEqualTo(3);
            }
        }
    }

    @Test
    void withoutATokenNothingIsSent() {
        try (Shop shop = stubborn().open()) {
            // each fetch is tried twice by itself
            for (int i = 0; i < 8; i++) {
                safaricom.faults().nextToken(i % 2 == 0 ? TokenFault.RESET : TokenFault.HTML_503);
            }
            Exchange done = shop.send("direct:pay", new StkPush.Request("254712000471", 100, "INV-1"));
            assertThat(done.getException()).isInstanceOfAny(DarajaNotSentException.class, DarajaThrottledException.class);
            assertThat(safaricom.counters().pushes()).isZero();

            while (safaricom.counters().tokenCalls() < 8) {
                shop.send("direct:pay", new StkPush.Request("254712000471", 100, "INV-1"));
            }
            done = shop.send("direct:wait", new StkPush.Request("254712000472", 100, "INV-1"));
            assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
        }
    }

    @Test
    void refusalsSayWhatToDo() {
        try (Shop shop = stubborn().open()) {
            safaricom.faults().nextPush(Script.pays().errorBeforeAccepting(400, "400.002.02", "Bad Request - Invalid PhoneNumber"));
            Exchange done = shop.send("direct:pay", new StkPush.Request("254712000481", 100, "INV-1"));
            // the second attempt of the route is accepted; this is the route's own stubbornness
            assertThat(done.getException()).isNull();

            safaricom.faults().forPhone("254712000482", Script.pays().errorBeforeAccepting(400, "400.002.02", "Bad Request - Invalid Amount"));
            done = shop.send("direct:pay", new StkPush.Request("254712000482", 100, "INV-1"));
            assertThat(done.getException()).isInstanceOf(DarajaRequestException.class);
            DarajaException refusal = (DarajaException) done.getException();
            assertThat(refusal.getHttpStatus()).isEqualTo(400);
            assertThat(refusal.getErrorCode()).isEqualTo("400.002.02");
            assertThat(refusal.getErrorMessage()).contains("Invalid Amount");
            assertThat(refusal.getRequestId()).isNotBlank();

            safaricom.faults().forPhone("254712000483", Script.pays().apiProductFault());
            done = shop.send("direct:pay", new StkPush.Request("254712000483", 100, "INV-1"));
            assertThat(done.getException()).isInstanceOf(DarajaAuthenticationException.class);
        }
        try (Shop shop = stubborn().with(component -> component.getConfiguration().setPasskey("wrong")).open()) {
            assertThat(shop.send("direct:pay", new StkPush.Request("254712000484", 100, "INV-1")).getException())
                    .isInstanceOf(DarajaAuthenticationException.class).hasMessageContaining("passkey");
        }
        try (Shop shop = stubborn().with(component -> component.getConfiguration().setConsumerSecret("wrong-secret")).open()) {
            assertThat(shop.send("direct:pay", new StkPush.Request("254712000485", 100, "INV-1")).getException())
                    .isInstanceOf(DarajaAuthenticationException.class).hasMessageContaining("consumerSecret")
                    .hasMessageNotContaining("wrong-secret");
        }
    }

    @Test
    void aSecondPaymentOfTheSameExchangeIsSent() {
        try (Shop shop = Shop.at(safaricom).with(component -> component.setAskWhenLate(false)).routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:two").doTry().to("daraja:stkPush?amount=100&phoneNumber=0712000491")
                        .doCatch(DarajaOutcomeUnknownException.class).setBody(constant(null)).end()
                        .to("daraja:stkPush?amount=200&phoneNumber=0712000492");
            }
        }).open()) {
            safaricom.faults().nextPush(Script.pays().resetBeforeAccepting());
            Exchange done = shop.send("direct:two", null);
            assertThat(done.getException()).isNull();
            assertThat(safaricom.counters().pushes()).isEqualTo(2);
            assertThat(shop.lastPush().get("Amount").asText()).isEqualTo("200");
        }
    }

    @Test
    void aSubRouteThatIsDoneAgainBecauseALaterStepFailedPushesOnce() {
        AtomicInteger failures = new AtomicInteger(2);
        RouteBuilder routes = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:order").errorHandler(defaultErrorHandler().maximumRedeliveries(5).redeliveryDelay(0)).to("direct:sub");
                from("direct:sub").errorHandler(noErrorHandler()).to("daraja:stkPush").process(exchange -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("the printer is off");
                    }
                });
                from("direct:twice").to("daraja:stkPush").setBody(constant(new StkPush.Request("254712000991", 100, "INV-1")))
                        .to("daraja:stkPush");
            }
        };
        try (Shop shop = Shop.at(safaricom).routes(routes).collecting().open()) {
            Exchange done = shop.send("direct:order", new StkPush.Request("254712000990", 100, "INV-1"));

            assertThat(done.getException()).isNull();
            assertThat(failures).hasNegativeValue();
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
            assertThat(done.getMessage().getHeader(DarajaConstants.REPLAYED)).isEqualTo(true);

            // without a redelivery, who asks twice pays twice
            await().until(() -> shop.outcomes().size() == 1);
            safaricom.faults().nextPush(Script.pays().callbackBeforeAnswer());
            shop.send("direct:twice", new StkPush.Request("254712000991", 100, "INV-1"));
            assertThat(safaricom.counters().pushes()).isEqualTo(3);
        }
    }

    private Exchange pushOnShakyGround(TransactionRepository repository, Runnable beforeRedelivery) {
        try (Shop shop = Shop.at(safaricom).with(component -> {
            component.setAskWhenLate(false);
            component.setRepository(repository);
        }).routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(3).redeliveryDelay(0)
                        .onRedelivery(exchange -> beforeRedelivery.run());
                from("direct:pay").to("daraja:stkPush");
            }
        }).open()) {
            return shop.send("direct:pay", new StkPush.Request("254712000493", 100, "INV-1"));
        }
    }

    @Test
    void aStoreThatIsDownWhenTheRouteTriesAgainDoesNotMakeItForget() {
        FailingRepository shaky = new FailingRepository(new MemoryTransactionRepository(safaricom.clock(), 100));
        safaricom.faults().nextPush(Script.pays().callbackAfter(Duration.ofDays(1)).resetAfterAccepting());

        Exchange done = pushOnShakyGround(shaky, () -> {
            if (redeliveries.incrementAndGet() == 1) {
                shaky.breakDown(FailingRepository.Step.FIND);
            } else {
                shaky.repair();
            }
        });

        assertThat(redeliveries).hasValue(3);
        assertThat(safaricom.counters().pushes()).isEqualTo(1);
        assertThat(done.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
    }

    @Test
    void aStoreThatIsDownWhileAPaymentIsJoinedDoesNotMakeItForget() {
        MemoryTransactionRepository memory = new MemoryTransactionRepository(safaricom.clock(), 100);
        AtomicInteger finds = new AtomicInteger();
        // the second look of the first redelivery
        TransactionRepository shaky = Repositories.of(memory, (call, arguments) ->
                call.equals("find") && arguments.length == 1 && finds.incrementAndGet() == 2
                        ? CompletableFuture.failedFuture(new IllegalStateException("the store is down")) : null);
        safaricom.faults().nextPush(Script.pays().callbackAfter(Duration.ofDays(1)).resetAfterAccepting());

        Exchange done = pushOnShakyGround(shaky, redeliveries::incrementAndGet);

        assertThat(redeliveries).hasValue(3);
        assertThat(safaricom.counters().pushes()).isEqualTo(1);
        assertThat(done.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
    }

    @Test
    void aStoreThatBreaksItsPromiseAfterThePushDoesNotMakeItForget() {
        MemoryTransactionRepository memory = new MemoryTransactionRepository(safaricom.clock(), 100);
        AtomicInteger updates = new AtomicInteger();
        TransactionRepository shaky = Repositories.of(memory, (call, arguments) -> {
            if (call.equals("update") && updates.incrementAndGet() == 1) {
                throw new IllegalStateException("the store is down");
            }
            return null;
        });
        safaricom.faults().nextPush(Script.pays().callbackAfter(Duration.ofDays(1)));

        Exchange done = pushOnShakyGround(shaky, redeliveries::incrementAndGet);

        assertThat(safaricom.counters().pushes()).isEqualTo(1);
        assertThat(done.getException()).as("it is on its way").isNull();
        assertThat(redeliveries).hasValue(0);
        assertThat(memory.all()).singleElement().as("stored afterwards").matches(payment -> payment.acknowledgement() != null);
    }

    @Test
    void aRefusalThatACallbackHasContradictedIsNoReasonToSendItAgain() {
        MemoryTransactionRepository memory = new MemoryTransactionRepository(safaricom.clock(), 100);
        TransactionRepository contradicted = Repositories.of(memory, (call, arguments) -> {
            if (call.equals("abandon")) {
                // money, but not the amount that was asked for
                memory.settle(Outcome.builder().reference((String) arguments[0]).status(PaymentStatus.COMPLETED).resultCode("0")
                        .amount(new BigDecimal("90")).receiptNumber("UKL7ABCDE1").source(Source.CALLBACK).build(), "node").join();
            }
            return null;
        });
        safaricom.faults().nextPush(Script.pays().errorBeforeAccepting(400, "400.002.02", "Bad Request - Invalid Amount"));

        Exchange done = pushOnShakyGround(contradicted, redeliveries::incrementAndGet);

        assertThat(safaricom.counters().pushes()).isEqualTo(1);
        assertThat(done.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
    }

    @Test
    void whoAsksTwiceAfterARedeliveryPaysTwice() {
        try (Shop shop = Shop.at(safaricom).with(component -> component.setAskWhenLate(false)).routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(3).redeliveryDelay(0);
                from("direct:twice").to("daraja:stkPush?awaitOutcome=true")
                        .setBody(constant(new StkPush.Request("254712000495", 100, "INV-1"))).to("daraja:stkPush?awaitOutcome=true");
            }
        }).open()) {
            safaricom.faults().nextPush(Script.pays().systemBusy());
            assertThat(shop.send("direct:twice", new StkPush.Request("254712000495", 100, "INV-1")).getException()).isNull();
            assertThat(safaricom.counters().acceptedPushes()).isEqualTo(2);
        }
    }
}
