package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A phone is not sent what M-Pesa would refuse: a second prompt while it shows one, and the same price twice in two minutes. */
class PromptGuardTest extends EndToEnd {

    private static final StkPush.Request HUNDRED = new StkPush.Request(PHONE, 100, "INV-1");
    private static final StkPush.Request OTHER = new StkPush.Request(PHONE, 250, "INV-2");

    private final Shop shop = shop(new MemoryTransactionRepository(safaricom.clock(), 1_000)).open();

    private Shop shop(TransactionRepository store) {
        return newShop().with(component -> {
            component.setRepository(store);
            component.setPromptGuard(new DarajaComponent().isPromptGuard());
        }).route("pay", "daraja:stkPush")
                .route("wait", "daraja:stkPush?awaitOutcome=true")
                .route("key", "daraja:stkPush?idempotencyKey=${header.order}&awaitOutcome=true");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static DarajaThrottledException assertNotSent(Exchange done, String text) {
        assertThat(done.getException()).isInstanceOf(DarajaThrottledException.class);
        assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.RESULT_CATEGORY, "CUSTOMER")
                .containsEntry(DarajaConstants.RETRIABLE, true).doesNotContainKeys(DarajaConstants.STATUS, DarajaConstants.RESULT_CODE);
        DarajaThrottledException refusal = (DarajaThrottledException) done.getException();
        assertThat(refusal).hasMessageStartingWith("refused before sending: " + text).hasMessageContaining("nothing was sent")
                .message().doesNotContain(PHONE);
        assertThat(refusal.getHttpStatus()).isZero();
        return refusal;
    }

    private static void assertPaid(Exchange done) {
        assertThat(outcome(done).isCompleted()).isTrue();
    }

    @Test
    void aSecondPromptIsNotSentWhileTheFirstIsOnTheScreen() {
        safaricom.faults().nextPush(Script.pays().offeredToHandset());
        String first = pending(shop.send("direct:pay", HUNDRED)).reference();

        DarajaThrottledException refusal = assertNotSent(shop.send("direct:key", OTHER, Map.of("order", 2)), "PhoneNumber: this phone"
                + " still shows the prompt of payment " + first);

        assertThat(refusal.getRetryAt()).isAfter(safaricom.clock().instant()).isBeforeOrEqualTo(safaricom.clock().instant().plusSeconds(90));
        assertThat(safaricom.counters().pushes()).isEqualTo(1);
        assertPaid(shop.send("direct:wait", new StkPush.Request("0712000061", 250, "INV-2")));

        safaricom.handset().enterPin(safaricom.handset().prompts(PHONE).get(0).checkoutRequestId(), "1234");
        await().until(() -> ((MemoryTransactionRepository) shop.component().getRepository()).find(first).join().isEnded());
        assertPaid(shop.send("direct:key", OTHER, Map.of("order", 2)));
    }

    @Test
    void aCancelledPromptLeavesThePhoneFreeAtOnce() {
        safaricom.faults().nextPush(Script.result("1032"));

        assertThat(outcome(shop.send("direct:wait", HUNDRED)).resultCode()).isEqualTo("1032");
        assertPaid(shop.send("direct:wait", HUNDRED));
    }

    @Test
    void whatSafaricomRefusedHasShownNothing() {
        safaricom.faults().nextPush(Script.pays().systemBusy());

        assertThat(shop.send("direct:wait", HUNDRED).getException()).isInstanceOf(DarajaThrottledException.class);
        assertPaid(shop.send("direct:wait", HUNDRED));
    }

    @Test
    void whereNobodyKnowsThePromptHasItsTime() {
        safaricom.faults().nextPush(Script.pays().resetAfterAccepting().lostCallback());
        assertThat(shop.send("direct:pay", HUNDRED).getException()).isInstanceOf(DarajaOutcomeUnknownException.class);

        assertNotSent(shop.send("direct:wait", OTHER), "PhoneNumber: ");
        safaricom.clock().advance(Duration.ofSeconds(90));

        assertPaid(shop.send("direct:wait", OTHER));
    }

    @Test
    void theSamePriceIsNotAskedTwiceInTwoMinutes() {
        assertPaid(shop.send("direct:wait", HUNDRED));

        DarajaThrottledException refusal = assertNotSent(shop.send("direct:wait", HUNDRED), "Amount: this customer has just paid the same");
        assertThat(refusal.getRetryAt()).isAfter(safaricom.clock().instant().plusSeconds(100));
        assertPaid(shop.send("direct:wait", OTHER));
        assertNotSent(shop.send("direct:wait", HUNDRED), "Amount: ");
        safaricom.clock().advance(Duration.ofSeconds(121));

        assertPaid(shop.send("direct:wait", HUNDRED));
        assertThat(safaricom.counters().pushes()).isEqualTo(3);
    }

    @Test
    void anotherAccountHasPromptsOfItsOwn() {
        DarajaAccount other = new DarajaAccount();
        other.setShortCode(payBill);
        other.setPasskey(safaricom.credentials().passkey());
        try (Shop two = shop(new MemoryTransactionRepository(safaricom.clock(), 1_000))
                .with(component -> component.getAccounts().put("other", other)).route("other", "daraja:stkPush?account=other&awaitOutcome=true")
                .open()) {
            assertPaid(two.send("direct:wait", HUNDRED));
            assertPaid(two.send("direct:other", HUNDRED));
        }
    }

    @Test
    void whereItIsSwitchedOffSafaricomRefuses() {
        try (Shop careless = shop(new MemoryTransactionRepository(safaricom.clock(), 1_000))
                .with(component -> component.setPromptGuard(false)).open()) {
            safaricom.faults().nextPush(Script.pays().offeredToHandset());
            pending(careless.send("direct:pay", HUNDRED));

            assertRefusal(careless.send("direct:pay", OTHER), DarajaThrottledException.class, "500.001.1001", "CUSTOMER", true);
            safaricom.handset().cancel(safaricom.handset().prompts(PHONE).get(0).checkoutRequestId());
        }
    }

    @Test
    void ofTwoNodesAtOnceOneSends() {
        try (Shop other = shop(shop.component().getRepository()).open()) {
            safaricom.faults().forPhone(PHONE, Script.pays().offeredToHandset());
            List<CompletableFuture<Exchange>> all = IntStream.range(0, 20).mapToObj(i -> (i % 2 == 0 ? shop : other).sendAsync("direct:pay",
                    HUNDRED)).toList();

            List<Exchange> sent = all.stream().map(CompletableFuture::join).filter(done -> done.getException() == null).toList();

            assertThat(sent).hasSize(1);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
            safaricom.handset().cancel(safaricom.handset().prompts(PHONE).get(0).checkoutRequestId());
        }
    }
}
