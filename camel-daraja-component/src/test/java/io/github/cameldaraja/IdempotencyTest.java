package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaKeyConflictException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One key is one payment. */
class IdempotencyTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    private Shop shop() {
        return Shop.at(safaricom).route("key", "daraja:stkPush?idempotencyKey=${header.order}")
                .route("wait", "daraja:stkPush?idempotencyKey=${header.order}&awaitOutcome=true").collecting();
    }

    private static StkPush.Request hundred(int phone) {
        return new StkPush.Request("254712000" + phone, 100, "INV-1");
    }

    private static Map<String, Object> order(String key) {
        return Map.of("order", key);
    }

    private List<CompletableFuture<Exchange>> together(Shop shop, int callers, String route, StkPush.Request request) {
        List<CompletableFuture<Exchange>> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            all.add(shop.sendAsync(route, request, order("together")));
        }
        return all;
    }

    @Test
    void fiftyCallersMakeOnePayment() {
        safaricom.faults().nextPush(Script.pays().slowAnswer(Duration.ofMillis(200)));
        try (Shop shop = shop().open()) {
            List<CompletableFuture<Exchange>> callers = together(shop, 50, "direct:wait", hundred(501));
            int replayed = 0;
            for (CompletableFuture<Exchange> caller : callers) {
                Exchange done = caller.join();
                assertThat(done.getException()).isNull();
                assertThat(done.getMessage().getBody(Outcome.class).isCompleted()).isTrue();
                replayed += Boolean.TRUE.equals(done.getMessage().getHeader(DarajaConstants.REPLAYED)) ? 1 : 0;
            }
            assertThat(replayed).isEqualTo(49);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
            assertThat(shop.repository().all()).hasSize(1);
            assertThat(shop.outcomes()).isEmpty();

            Exchange later = shop.send("direct:key", hundred(501), order("together"));
            assertThat(later.getMessage().getBody(Outcome.class).isCompleted()).isTrue();
            assertThat(later.getMessage().getHeader(DarajaConstants.REPLAYED)).isEqualTo(true);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void whoComesWhileTheFirstIsBeingSentJoinsItsAcknowledgement() {
        safaricom.faults().nextPush(Script.pays().lostCallback().slowAnswer(Duration.ofMillis(300)));
        try (Shop shop = shop().open()) {
            int replayed = 0;
            for (CompletableFuture<Exchange> caller : together(shop, 20, "direct:key", hundred(502))) {
                Exchange done = caller.join();
                assertThat(done.getException()).isNull();
                assertThat(done.getMessage().getHeader(DarajaConstants.CHECKOUT_REQUEST_ID)).isNotNull();
                assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("PENDING");
                replayed += Boolean.TRUE.equals(done.getMessage().getHeader(DarajaConstants.REPLAYED)) ? 1 : 0;
            }
            assertThat(replayed).isEqualTo(19);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void whoHasJoinedIsToldWhenTheFirstIsRefused() throws Exception {
        safaricom.faults().nextPush(Script.pays().systemBusy().slowAnswer(Duration.ofMillis(300)));
        try (Shop shop = shop().open()) {
            List<CompletableFuture<Exchange>> callers = together(shop, 10, "direct:wait", hundred(503));
            for (CompletableFuture<Exchange> caller : callers) {
                Exchange done = caller.get(10, TimeUnit.SECONDS);
                assertThat(done.getException()).isInstanceOf(DarajaThrottledException.class);
            }
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
            // nothing happened, so the key is free
            Exchange again = shop.send("direct:wait", hundred(503), order("together"));
            assertThat(again.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
            assertThat(again.getMessage().getHeader(DarajaConstants.REPLAYED)).isNull();
        }
    }

    @Test
    void whoHasJoinedWaitsOnWhenTheFateOfTheFirstIsUnknown() throws Exception {
        safaricom.faults().nextPush(Script.pays().resetAfterAccepting().slowAnswer(Duration.ofMillis(200)));
        try (Shop shop = shop().open()) {
            for (CompletableFuture<Exchange> caller : together(shop, 10, "direct:wait", hundred(504))) {
                assertThat(caller.get(10, TimeUnit.SECONDS).getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
            }
            safaricom.faults().nextPush(Script.pays().resetBeforeAccepting().slowAnswer(Duration.ofMillis(200)));
            List<CompletableFuture<Exchange>> callers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                callers.add(shop.sendAsync("direct:key", hundred(505), order("lost")));
            }
            for (CompletableFuture<Exchange> caller : callers) {
                assertThat(caller.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
            }
            assertThat(safaricom.counters().pushes()).isEqualTo(2);
        }
    }

    @Test
    void oneKeyIsForOnePayment() {
        try (Shop shop = shop().open()) {
            String first = shop.send("direct:wait", hundred(511), order("a")).getMessage().getHeader(DarajaConstants.REFERENCE, String.class);
            for (StkPush.Request other : List.of(new StkPush.Request("254712000511", 101, "INV-1"), hundred(512),
                    new StkPush.Request("254712000511", 100, "INV-2"), new StkPush.Request("254712000511", 100, null))) {
                for (String route : List.of("direct:key", "direct:wait")) {
                    Exchange done = shop.send(route, other, order("a"));
                    assertThat(done.getException()).as(other.toString()).isInstanceOfSatisfying(DarajaKeyConflictException.class, used -> {
                        assertThat(used.getReference()).isEqualTo(first);
                        assertThat(used.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                        assertThat(used.isRetriable()).isFalse();
                    }).hasMessageContaining("idempotency key was used before").hasMessageContaining(first);
                    assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.REFERENCE, first)
                            .doesNotContainKey(DarajaConstants.STATUS);
                }
            }
            // the same in another form is the same
            Exchange same = shop.send("direct:wait", "{\"phonenumber\":\"0712 000 511\",\"amount\":\"100.00\",\"accountreference\":\"INV-1 \"}",
                    order("a"));
            assertThat(same.getException()).isNull();
            assertThat(same.getMessage().getHeader(DarajaConstants.REPLAYED)).isEqualTo(true);
            // and one without a reference of its own is the same as one without
            shop.send("direct:wait", new StkPush.Request("254712000513", 100, null), order("b"));
            same = shop.send("direct:wait", new StkPush.Request("254712000513", 100, null), order("b"));
            assertThat(same.getException()).isNull();
            assertThat(same.getMessage().getHeader(DarajaConstants.REPLAYED)).isEqualTo(true);
            assertThat(safaricom.counters().pushes()).isEqualTo(2);
        }
    }

    @Test
    void withoutAValueThereIsNoPayment() {
        try (Shop shop = shop().open()) {
            Map<String, Object> blank = new HashMap<>();
            blank.put("order", " ");
            for (Map<String, Object> headers : List.of(Map.<String, Object>of(), blank, order("k".repeat(201)))) {
                assertThat(shop.send("direct:key", hundred(521), headers).getException()).isInstanceOf(DarajaRequestException.class)
                        .hasMessageContaining("idempotencyKey");
            }
            assertThat(safaricom.counters().pushes()).isZero();
            assertThat(shop.repository().all()).isEmpty();
        }
    }

    @Test
    void aFinalFailureIsTheAnswerForGood() {
        safaricom.faults().nextPush(Script.result(1032));
        try (Shop shop = shop().open()) {
            Exchange first = shop.send("direct:wait", hundred(531), order("a"));
            assertThat(first.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("CANCELLED");
            for (String route : List.of("direct:key", "direct:wait")) {
                Exchange again = shop.send(route, hundred(531), order("a"));
                assertThat(again.getException()).isNull();
                assertThat(again.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, "CANCELLED")
                        .containsEntry(DarajaConstants.RESULT_CODE, "1032").containsEntry(DarajaConstants.REPLAYED, true)
                        .containsEntry(DarajaConstants.IDEMPOTENCY_KEY, "a");
            }
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void anotherAccountIsAnotherKey() {
        DarajaAccount other = new DarajaAccount();
        other.setShortCode(safaricom.credentials().shortCode());
        other.setPasskey(safaricom.credentials().passkey());
        try (Shop shop = shop().with(component -> component.getAccounts().put("other", other))
                .route("other", "daraja:stkPush?account=other&idempotencyKey=${header.order}").open()) {
            shop.send("direct:wait", hundred(541), order("a"));
            Exchange second = shop.send("direct:other", hundred(542), order("a"));
            assertThat(second.getException()).isNull();
            assertThat(second.getMessage().getHeader(DarajaConstants.REPLAYED)).isNull();
            await().until(() -> safaricom.books().payments().size() == 2);
        }
    }


    @Test
    void anotherKeyIsAnotherPaymentInTheSameExchangeToo() {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:two")
                        .setHeader("order", constant("first")).setBody(constant(hundred(551))).to("direct:wait")
                        .setProperty("first", header(DarajaConstants.STATUS))
                        .setHeader("order", constant("second")).setBody(constant(hundred(551))).to("direct:key");
            }
        }).open()) {
            CompletableFuture<Exchange> both = shop.sendAsync("direct:two", null);
            await().until(() -> safaricom.books().payments().size() == 1);
            safaricom.clock().advance(Duration.ofMinutes(5));

            Exchange done = both.join();
            assertThat(done.getProperty("first")).isEqualTo("UNKNOWN");
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.IDEMPOTENCY_KEY, "second")
                    .doesNotContainKey(DarajaConstants.REPLAYED);
            assertThat(safaricom.counters().pushes()).as("two orders are two payments").isEqualTo(2);
        }
    }
}
