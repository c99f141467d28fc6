package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.Shop;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several nodes on one database: whoever hears of a payment, the right one is told, and nobody twice without need. */
abstract class TwoNodes extends CrashTest {

    private static final StkPush.Request PUSH = new StkPush.Request("254712345678", 100, "INV-1");
    private static final String KEY = "order-1";

    private LivingNode first;
    private LivingNode second;

    /** Callbacks come to the second. */
    private void startBoth() {
        first = node("first");
        second = node("second");
    }

    private void push(LivingNode node) {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        assertThat(node.send("stkPush", PUSH, KEY).join().getException()).isNull();
    }

    private CompletableFuture<Exchange> pushAndWait(LivingNode node) {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        CompletableFuture<Exchange> waiting = node.send("stkPush-wait", PUSH, KEY);
        await().until(() -> ground.count("select count(*) from daraja_payment where status = 'PENDING'") == 1);
        return waiting;
    }

    private void assertTold(String... lines) {
        await().until(() -> books.told().size() >= lines.length);
        nothingElseHappens();
        assertThat(books.told()).containsExactly(lines);
    }

    private List<String> deliveryStates() {
        return ground.ask("select state from daraja_delivery order by number");
    }

    @Test
    void anExchangeGoesOnWhereItWaitsWhicheverNodeHearsOfIt() {
        startBoth();
        CompletableFuture<Exchange> waiting = pushAndWait(first);

        assertThat(pushCalledBack()).isEqualTo(200);

        assertThat(waiting.join().getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
        assertTold("first exchange: COMPLETED applied");
        assertThat(deliveryStates()).containsExactly("DELIVERED");
    }

    @Test
    void whatADeadNodeWaitedForGoesToTheSurvivorAfterItsLease() {
        startBoth();
        pushAndWait(first);
        first.die();

        assertThat(pushCalledBack()).isEqualTo(200);
        nothingElseHappens();
        assertThat(deliveryStates()).containsExactly("OFFERED");
        pass(LEASE);

        assertTold("second from: COMPLETED applied");
    }

    @Test
    void whatANodeWaitedForThatStopsInGoodOrderGoesToTheOtherAtOnce() {
        startBoth();
        CompletableFuture<Exchange> waiting = pushAndWait(first);
        first.context().stop();
        assertThat(waiting.join().getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("UNKNOWN");

        assertThat(pushCalledBack()).isEqualTo(200);

        await().until(() -> books.told().size() == 2);
        assertThat(books.told()).containsExactly("first exchange: UNKNOWN", "second from: COMPLETED applied");
    }

    @Test
    void aNodeThatOnlyStalledIsToldTwiceAtMostAndItsMarkChangesNothing() {
        startBoth();
        listen(first);
        push(first);
        CompletableFuture<Void> stalled = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        first.beforeBooking(exchange -> {
            first.stall();
            stalled.complete(null);
            goOn.join();
        });
        CompletableFuture.runAsync(this::pushCalledBack);
        stalled.join();
        pass(LEASE);
        await().until(() -> books.told().equals(List.of("second from: COMPLETED applied")));
        await().until(() -> deliveryStates().equals(List.of("DELIVERED")));

        first.goOn();
        goOn.complete(null);

        assertTold("second from: COMPLETED applied", "first from: COMPLETED applied");
        assertThat(books.credited()).hasSize(1);
        assertThat(ground.ask("select state || attempt from daraja_delivery")).containsExactly("DELIVERED2");
    }

    @Test
    void aNodeThatStallsWhileTheOtherStillRoutesTakesNothingBackTwice() {
        startBoth();
        listen(first);
        push(first);
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        second.beforeBooking(exchange -> goOn.join());
        first.beforeBooking(exchange -> {
            first.stall();
            begun.complete(null);
            goOn.join();
            throw new IllegalStateException("and fails in the end");
        });
        CompletableFuture.runAsync(this::pushCalledBack);
        begun.join();
        pass(LEASE);
        await().until(() -> ground.ask("select attempt from daraja_delivery").equals(List.of("2")));

        first.goOn();
        goOn.complete(null);

        // that it failed there is no news: the second has it, and does well
        assertTold("second from: COMPLETED applied");
        assertThat(deliveryStates()).containsExactly("DELIVERED");
    }

    @Test
    void anExchangeOfANodeThatStalledTooLongIsNotToldWhatTheOtherWasTold() {
        startBoth();
        CompletableFuture<Exchange> waiting = pushAndWait(first);
        first.stall();
        assertThat(pushCalledBack()).isEqualTo(200);
        pass(LEASE);
        await().until(() -> books.told().equals(List.of("second from: COMPLETED applied")));

        first.goOn();
        pass(LEASE);

        assertThat(waiting.join().getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("UNKNOWN");
        assertTold("second from: COMPLETED applied", "first exchange: UNKNOWN");
    }

    @Test
    void aCallbackThatWasBeingStoredWhenTheDatabaseHungIsNotLost() {
        startBoth();
        listen(first);
        push(first);
        first.stall();
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(this::pushCalledBack);
        pass(LEASE);

        first.goOn();

        assertThat(answer.join()).isEqualTo(200);
        await().until(() -> !books.told().isEmpty());
        // asked about meanwhile by the other, or not: the outcome counts once
        assertThat(books.told().get(0)).contains("COMPLETED applied");
        nothingElseHappens();
        assertThat(books.credited()).hasSize(1);
    }

    @Test
    void nodesShareWhatIsDueAndNobodyIsToldTwice() {
        int payments = 500;
        startBoth();
        assertThat(first.send("c2bRegister", null, KEY).join().getException()).isNull();
        List.of(first, second).forEach(node -> node.route("c2bConfirmation", false));
        for (int i = 0; i < payments; i++) {
            safaricom.c2b().pay("2547120" + (10_000 + i), safaricom.credentials().shortCode(), "ACC " + i, 10 + i);
        }
        await().atMost(Duration.ofSeconds(60)).until(() ->
                ground.count("select count(*) from daraja_delivery where state = 'FREE'") == payments);
        await().until(() -> safaricom.callbacks().size() == payments);
        assertThat(safaricom.callbacks()).allMatch(callback -> callback.status() == 200);

        List.of(first, second).forEach(node -> node.route("c2bConfirmation", true));

        await().atMost(Duration.ofSeconds(60)).until(() -> books.credited().size() == payments);
        nothingElseHappens();
        List<String> told = books.told();
        assertThat(told).hasSize(payments);
        assertThat(told).as("both work").contains("first from: COMPLETED applied", "second from: COMPLETED applied");
        assertThat(ground.ask("select distinct state from daraja_delivery")).containsExactly("DELIVERED");
    }

    @Test
    void aPaymentIsAskedAboutByOneNodeAtATimeWhateverTheOtherHears() {
        startBoth();
        push(first);
        CompletableFuture<Void> answered = new CompletableFuture<>();
        CompletableFuture<Void> asked = CompletableFuture.anyOf(first.out().holdAnswerTo("/stkpushquery/", answered),
                second.out().holdAnswerTo("/stkpushquery/", answered)).thenAccept(one -> { });
        pass(ASK_AFTER);
        await().until(asked::isDone);

        // both hear something that they cannot read, so that it is to be asked about at once
        String url = Shop.json(last(requests("/stkpush/v1")).body()).get("CallBackURL").asText();
        for (LivingNode hears : List.of(first, second)) {
            listen(hears);
            assertThat(safaricom.post(url, "{}").join()).isEqualTo(200);
        }
        nothingElseHappens();
        assertThat(requests("/stkpushquery/")).as("the first question is not answered yet").hasSize(1);
        answered.complete(null);

        await().until(() -> books.told().size() == 1);
        assertThat(books.told().get(0)).contains("from: COMPLETED applied");
    }

    @Test
    void aPaymentThatADeadNodeWasAskingAboutIsAskedAboutByTheOther() {
        startBoth();
        push(first);
        listen(null);
        second.stall();
        CompletableFuture<Void> asked = first.out().holdAnswerTo("/stkpushquery/", new CompletableFuture<>());
        pass(ASK_AFTER);
        await().until(asked::isDone);
        first.die();
        second.goOn();

        // what it had taken, and that it asked alone
        pass(Duration.ofSeconds(125));

        assertTold("second from: COMPLETED applied");
        assertThat(requests("/stkpushquery/")).hasSize(2);
    }

    private void startApplications() {
        first = node("first", component -> component.setApplication("shop"));
        second = node("second", component -> component.setApplication("bank"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anApplicationIsToldOfItsOwnWhoeverHearsOfIt(boolean waits) {
        startApplications();
        if (waits) {
            pushAndWait(first);
        } else {
            push(first);
        }

        assertThat(pushCalledBack()).as("the other one's listener").isEqualTo(200);

        assertTold(waits ? "first exchange: COMPLETED applied" : "first from: COMPLETED applied");
    }

    @Test
    void aPaymentThatComesByItselfIsOfTheApplicationThatHearsOfIt() {
        startApplications();
        assertThat(first.send("c2bRegister", null, KEY).join().getException()).isNull();
        AtomicInteger customer = new AtomicInteger(10);
        for (LivingNode hears : List.of(first, second)) {
            listen(hears);
            int before = books.told().size();
            safaricom.c2b().pay("2547123456" + customer.incrementAndGet(), safaricom.credentials().shortCode(), "ACC 7", 100).join();
            await().until(() -> books.told().size() > before);
        }

        assertTold("first from: COMPLETED applied", "second from: COMPLETED applied");
        assertThat(ground.ask("select application from daraja_payment order by created_at")).containsExactly("shop", "bank");
    }

    @Test
    void aPaymentOfAPushOfTheOtherApplicationIsTheirs() {
        startApplications();
        assertThat(first.send("c2bRegister", null, KEY).join().getException()).isNull();
        push(first);
        await().until(() -> !safaricom.books().payments().isEmpty());
        // the confirmation of the push comes to the second, and is held for the push's own callback
        await().until(() -> ground.count("select count(*) from daraja_payment where held") == 1);

        assertThat(pushCalledBack()).isEqualTo(200);
        pass(LEASE.multipliedBy(2));

        assertTold("first from: COMPLETED applied");
        assertThat(ground.ask("select operation from daraja_payment")).containsExactly("stkPush");
    }

    @Test
    void anApplicationAsksAboutItsOwnOnly() {
        startApplications();
        push(first);
        await().until(() -> !safaricom.books().payments().isEmpty());
        first.die();
        pass(Duration.ofMinutes(5));
        nothingElseHappens();
        assertThat(requests("/stkpushquery/")).isEmpty();
        assertThat(books.told()).isEmpty();

        LivingNode third = node("third", component -> component.setApplication("shop"));
        pass(Duration.ofMinutes(1));

        assertTold("third from: COMPLETED applied");
        Transaction payment = onlyPayment(third);
        assertThat(payment.status()).isEqualTo(PaymentStatus.COMPLETED);
    }
}
