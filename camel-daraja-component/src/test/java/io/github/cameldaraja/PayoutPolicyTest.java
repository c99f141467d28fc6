package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PayoutPolicy;
import io.github.cameldaraja.api.PayoutRuling;
import io.github.cameldaraja.api.Rehearsal;
import io.github.cameldaraja.management.PaymentsDesk;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.transaction.Approvals;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be paid out, how much in a day, to whom, and who must agree. Safaricom's counters are the judge. */
class PayoutPolicyTest extends EndToEnd {

    private static final B2c.Request HUNDRED = new B2c.Request(PHONE, 100);
    private static final String KEY = "?idempotencyKey=${header.key}&requestedBy=${header.clerk}";

    private final MemoryTransactionRepository store = new MemoryTransactionRepository(safaricom.clock(), 10_000);

    @BeforeEach
    void money() {
        deposit(UTILITY, 100_000);
        deposit(WORKING, 100_000);
    }

    private Shop shop(Consumer<DarajaAccount> settings) {
        return newShop().with(component -> {
            component.setRepository(store);
            settings.accept(component.getConfiguration());
        }).route("pay", "daraja:b2c" + KEY).route("wait", "daraja:b2c" + KEY + "&awaitOutcome=true&outcomeTimeout=10m")
                .route("sure", "daraja:b2c" + KEY + "&awaitOutcome=true&throwExceptionOnFailure=true")
                .route("b2b", "daraja:b2b" + KEY + "&awaitOutcome=true").route("dry", "daraja:b2c" + KEY + "&dryRun=true")
                .collecting("b2c");
    }

    private static Exchange pay(Shop shop, String route, long amount, String key) {
        return shop.send("direct:" + route, new B2c.Request(PHONE, amount), Map.of("key", key, "clerk", "Amina"));
    }

    private void assertPaid(Exchange done) {
        assertThat(outcome(done).isCompleted()).isTrue();
    }

    @Test
    void aPayoutAboveTheMostIsRefused() {
        try (Shop shop = shop(account -> account.setPayoutMaximum(1_000L)).open()) {
            assertRefused(pay(shop, "wait", 1_001, "1"), "Amount", "is above 1000, the most that account 'default' pays out at once;"
                    + " pay less, or raise camel.component.daraja.payoutMaximum");
            assertThat(count("b2c.received")).isZero();
            assertThat(store.all()).isEmpty();
            assertPaid(pay(shop, "wait", 1_000, "1"));
        }
    }

    @Test
    void onlyListedReceiversArePaid() {
        try (Shop shop = shop(account -> account.setPayoutReceivers("0712 345 678, 600979")).open()) {
            assertPaid(pay(shop, "wait", 100, "1"));
            Exchange stranger = shop.send("direct:wait", new B2c.Request("0712000099", 100), Map.of("key", "2"));
            assertRefused(stranger, "PartyB", "is not among the receivers that account 'default' may pay");
            assertThat(stranger.getException().getMessage()).doesNotContain("000099");
            assertPaid(shop.send("direct:b2b", Map.<String, Object>of("receiver", "600979", "amount", 100, "commandId", "BusinessPayBill", "accountReference", "INV-1"), Map.of("key", "3")));
            assertRefused(shop.send("direct:b2b", Map.<String, Object>of("receiver", "600980", "amount", 100, "commandId", "BusinessPayBill", "accountReference", "INV-1"), Map.of("key", "4")), "PartyB", "may pay");
            assertThat(transfers()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "payoutReceivers     | 0712345678,12   | must be Kenyan mobile numbers and short codes",
        "payoutMaximum       | 0               | must be whole shillings from 1 on",
        "payoutDailyMaximum  | -5              | must be whole shillings from 1 on",
        "payoutApprovalAbove | -1              | must be whole shillings from 0 on" })
    void aWrongSettingIsFoundAtStart(String setting, String value, String rule) {
        try (Shop shop = shop(account -> { })) {
            Throwable error = catchThrowable(() -> {
                shop.with(component -> set(component.getConfiguration(), setting, value));
                shop.open();
            });
            assertThat(error).hasStackTraceContaining("camel.component.daraja." + setting + " " + rule);
        }
    }

    private static void set(DarajaAccount account, String setting, String value) {
        switch (setting) {
            case "payoutReceivers" -> account.setPayoutReceivers(value);
            case "payoutMaximum" -> account.setPayoutMaximum(Long.valueOf(value));
            case "payoutDailyMaximum" -> account.setPayoutDailyMaximum(Long.valueOf(value));
            default -> account.setPayoutApprovalAbove(Long.valueOf(value));
        }
    }

    @Test
    void twoNodesDoNotPassTheMostOfADayTogether() {
        Consumer<DarajaAccount> fiveHundred = account -> account.setPayoutDailyMaximum(550L);
        try (Shop shop = shop(fiveHundred).open(); Shop other = shop(fiveHundred).open()) {
            List<CompletableFuture<Exchange>> all = IntStream.range(0, 20).mapToObj(i -> (i % 2 == 0 ? shop : other).sendAsync("direct:wait",
                    HUNDRED, Map.of("key", "k" + i))).toList();
            List<Exchange> refused = all.stream().map(CompletableFuture::join).filter(done -> done.getException() != null).toList();

            assertThat(refused).allSatisfy(done -> assertRefused(done, "Amount", "is above the 50 shillings that are left of the"
                    + " 550 which account 'default' may pay out on")).hasSize(15);
            assertThat(transfers()).hasSize(5);
        }
        try (Shop again = shop(fiveHundred).open()) {
            assertRefused(pay(again, "wait", 100, "next"), "Amount", "is above the 50 shillings");
            assertPaid(pay(again, "wait", 50, "next"));
            // midnight in Nairobi
            safaricom.clock().advance(Duration.ofHours(24));
            assertPaid(pay(again, "wait", 100, "tomorrow"));
        }
    }

    @Test
    void whatFailedOrWasRefusedGivesItsPartBack() {
        try (Shop shop = shop(account -> account.setPayoutDailyMaximum(100L)).open()) {
            safaricom.results().next(ResultApi.B2C, ResultScript.result(8));
            assertThat(outcome(pay(shop, "wait", 100, "1")).status()).isEqualTo(PaymentStatus.FAILED);
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().systemBusy());
            assertThat(pay(shop, "wait", 100, "2").getException()).isNotNull();
            assertPaid(pay(shop, "wait", 100, "3"));
            assertThat(pay(shop, "wait", 10, "4").getException()).isInstanceOf(DarajaRequestException.class);
            assertThat(outcome(pay(shop, "wait", 100, "3")).isCompleted()).as("a replay is no payout").isTrue();
        }
    }

    @Test
    void aCompanyHasRulesOfItsOwn() {
        PayoutPolicy policy = payout -> payout.amount().intValue() == 13 ? PayoutRuling.refused("Amount", "is unlucky", "pay another one")
                : payout.amount().intValue() == 14 ? null : payout.requestedBy() == null ? PayoutRuling.approval() : PayoutRuling.allowed();
        Shop shop = shop(account -> account.setPayoutMaximum(1_000L));
        shop.context().getRegistry().bind("policy", policy);
        try (shop) {
            shop.open();
            assertRefused(pay(shop, "wait", 13, "1"), "Amount", "is unlucky; pay another one");
            assertThat(pay(shop, "wait", 14, "1").getException()).isNotNull();
            assertRefused(pay(shop, "wait", 1_001, "1"), "Amount", "is above 1000");
            assertRefused(shop.send("direct:wait", HUNDRED, Map.of("key", "1")), "requestedBy", "must name who asks for this payout");
            assertThat(store.all()).isEmpty();
            assertPaid(pay(shop, "wait", 100, "1"));
            assertThat(count("b2c.received")).isEqualTo(1);
        }
    }

    private static final Consumer<DarajaAccount> FOUR_EYES = account -> account.setPayoutApprovalAbove(500L);

    private static PaymentsDesk desk(Shop shop) {
        return shop.context().hasService(PaymentsDesk.class);
    }

    private static String held(Exchange done) {
        assertThat(done.getException()).isNull();
        Acknowledgement held = done.getMessage().getBody(Acknowledgement.class);
        assertThat(held.status()).isEqualTo(PaymentStatus.HELD);
        assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, "HELD")
                .containsEntry(DarajaConstants.REFERENCE, held.reference()).doesNotContainKey(DarajaConstants.RECEIPT_NUMBER);
        return held.reference();
    }

    @Test
    void aLargePayoutIsSentOnceWhenASecondPersonHasApproved() {
        try (Shop shop = shop(FOUR_EYES).open(); Shop other = shop(FOUR_EYES).open()) {
            String reference = held(pay(shop, "pay", 501, "1"));
            assertPaid(pay(shop, "wait", 500, "small"));
            assertThat(desk(other).held(10)).contains(reference).contains("\"askedBy\" : \"Amina\"").contains("2547*****678")
                    .doesNotContain(PHONE);

            assertThatThrownBy(() -> desk(other).approve(reference, " amina", "it is fine")).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("may not approve it");
            assertThatThrownBy(() -> desk(other).approve(reference, "", "it is fine")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("who: ");
            assertThat(count("b2c.received")).isEqualTo(1);

            List<Throwable> failures = List.of(shop, other, shop, other).parallelStream()
                    .map(node -> catchThrowable(() -> desk(node).approve(reference, "Brian", "invoice 7 is in order")))
                    .filter(failure -> failure != null).toList();
            assertThat(failures).hasSize(3).allSatisfy(failure -> assertThat(failure).hasMessageContaining("is not held; it was approved by"
                    + " Brian"));

            await().until(() -> store.find(reference).join().status() == PaymentStatus.COMPLETED);
            advance(shop, Duration.ofMinutes(30));
            advance(other, Duration.ofMinutes(30));
            assertThat(transfers()).hasSize(2);
            assertThat(count("b2c.received")).isEqualTo(2);
            await().until(() -> tellings(shop, other, reference) == 1);
            Transaction paid = store.find(reference).join();
            assertThat(paid.departure().askedBy()).isEqualTo("Amina");
            assertThat(paid.departure().approvedBy()).isEqualTo("Brian");
            assertThat(paid.departure().why()).isEqualTo("invoice 7 is in order");
            assertPaid(pay(shop, "wait", 501, "1"));
        }
    }

    private static long tellings(Shop one, Shop other, String reference) {
        return Stream.concat(one.outcomes().stream(), other.outcomes().stream())
                .filter(outcome -> outcome.reference().equals(reference)).count();
    }

    @Test
    void whoWaitsIsToldAtOnceThatItIsHeld() {
        try (Shop shop = shop(FOUR_EYES).open()) {
            Exchange waiting = pay(shop, "wait", 501, "1");
            assertThat(outcome(waiting).status()).isEqualTo(PaymentStatus.HELD);
            assertThat(waiting.getMessage().getHeader(DarajaConstants.REPLAYED)).isNull();
            Exchange again = pay(shop, "wait", 501, "1");
            assertThat(outcome(again).status()).isEqualTo(PaymentStatus.HELD);
            assertThat(again.getMessage().getHeader(DarajaConstants.REPLAYED)).isEqualTo(true);
            assertThat(pay(shop, "sure", 501, "1").getException()).as("what follows would take it for paid")
                    .isInstanceOf(DarajaOutcomeUnknownException.class).hasMessageContaining("is held: a second person must approve it");
            assertThat(pay(shop, "pay", 600, "1").getException()).isInstanceOf(DarajaRequestException.class);
            assertRefused(shop.send("direct:pay", new B2c.Request(PHONE, 501), Map.of("key", "2")), "requestedBy", "must name who asks");
            assertThat(count("b2c.received")).isZero();
        }
    }

    @Test
    void whatIsRejectedOrForgottenFreesItsKeyAndIsTold() {
        try (Shop shop = shop(FOUR_EYES).open()) {
            String rejected = held(pay(shop, "pay", 501, "1"));
            assertThat(desk(shop).reject(rejected, "Brian", "nobody knows this supplier")).contains("FAILED");
            Outcome no = told(shop, rejected);
            assertThat(no.status()).isEqualTo(PaymentStatus.FAILED);
            assertThat(no.resultDescription()).isEqualTo("rejected by Brian: nobody knows this supplier; it was not sent");
            assertThatThrownBy(() -> desk(shop).approve(rejected, "Brian", "sorry")).hasMessageContaining("is not held");
            assertThatThrownBy(() -> desk(shop).reject(rejected, "Brian", "sorry")).hasMessageContaining("is not held");

            String forgotten = held(pay(shop, "pay", 501, "1"));
            assertThat(forgotten).as("its key was free").isNotEqualTo(rejected);
            advance(shop, Duration.ofHours(24));
            assertThat(told(shop, forgotten).resultDescription()).startsWith("nobody has approved it in time");
            assertThatThrownBy(() -> desk(shop).approve(forgotten, "Brian", "late")).isInstanceOf(IllegalStateException.class);
            held(pay(shop, "pay", 501, "1"));
            assertThat(count("b2c.received")).isZero();
        }
    }

    @Test
    void aHeldPayoutOutlivesTheProcessThatAskedAndTheOneThatApproved() {
        String reference;
        try (Shop asking = shop(FOUR_EYES).open()) {
            reference = held(pay(asking, "pay", 501, "1"));
        }
        // it dies as soon as the approval is stored
        new Approvals(safaricom.clock(), "default", store).approve(reference, "Brian", "fine").join();
        try (Shop sending = shop(FOUR_EYES).open()) {
            await().until(() -> store.find(reference).join().status() == PaymentStatus.COMPLETED);
            assertThat(told(sending, reference).isCompleted()).isTrue();
            assertThat(transfers()).hasSize(1);
        }
    }

    @Test
    void aNodeThatDiesAfterItHasBegunToSendPaysOnce() {
        for (boolean arrived : List.of(false, true)) {
            String key = "dies-" + arrived;
            String reference;
            try (Shop asking = shop(FOUR_EYES).open()) {
                reference = held(pay(asking, "pay", 501, key));
                if (arrived) {
                    safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback().resetAfterAccepting());
                    desk(asking).approve(reference, "Brian", "fine");
                    await().until(() -> store.find(reference).join().status() == PaymentStatus.UNKNOWN);
                }
            }
            if (!arrived) {
                new Approvals(safaricom.clock(), "default", store).approve(reference, "Brian", "fine").join();
                Instant now = safaricom.clock().instant();
                store.update(reference, current -> current.departs(true, now.plusSeconds(60), now)).join();
            }
            try (Shop next = shop(FOUR_EYES).open()) {
                await().until(() -> {
                    advance(next, Duration.ofSeconds(61));
                    return store.find(reference).join().status() == PaymentStatus.COMPLETED;
                });
            }
        }
        assertThat(transfers()).hasSize(2);
    }

    @Test
    void whatIsNotAcceptedAfterTheApprovalIsTriedAgainOrTold() {
        try (Shop shop = shop(FOUR_EYES).open()) {
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().systemBusy());
            String busy = held(pay(shop, "pay", 501, "1"));
            desk(shop).approve(busy, "Brian", "fine");
            await().until(() -> count("b2c.received") == 1);
            await().until(() -> store.find(busy).join().waitsToBeSent());
            advance(shop, Duration.ofSeconds(61));
            assertThat(told(shop, busy).isCompleted()).isTrue();

            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().errorBeforeAccepting(400, "400.002.02", "Bad Request - no"));
            String refused = held(pay(shop, "pay", 502, "2"));
            desk(shop).approve(refused, "Brian", "fine");
            Outcome no = told(shop, refused);
            assertThat(no.status()).isEqualTo(PaymentStatus.FAILED);
            assertThat(no.resultCode()).isEqualTo("400.002.02");
            held(pay(shop, "pay", 502, "2"));
            assertThat(transfers()).hasSize(1);
        }
    }

    @Test
    void aPayoutThatMayNotBeSentAgainIsNot() {
        try (Shop shop = shop(FOUR_EYES).route("v1", "daraja:b2c" + KEY + "&version=v1").open()) {
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetAfterAccepting().lostCallback());
            String reference = held(pay(shop, "v1", 501, "1"));
            desk(shop).approve(reference, "Brian", "fine");
            await().until(() -> store.find(reference).join().status() == PaymentStatus.UNKNOWN);
            assertThat(store.find(reference).join().repetition().fields()).isEmpty();
            advance(shop, Duration.ofHours(30));
            advance(shop, Duration.ofHours(30));
            await().until(() -> store.find(reference).join().status() == PaymentStatus.UNRESOLVED);
            assertThat(count("b2c.received")).isEqualTo(1);
        }
    }

    @Test
    void aDryRunChecksEverythingAndIsNoPayment() {
        try (Shop shop = shop(account -> {
            account.setPayoutMaximum(1_000L);
            account.setPayoutDailyMaximum(1_500L);
            account.setPayoutApprovalAbove(900L);
        }).open()) {
            Exchange done = pay(shop, "dry", 800, "1");
            assertThat(done.getException()).isNull();
            Rehearsal rehearsal = done.getMessage().getBody(Rehearsal.class);
            assertThat(rehearsal).isEqualTo(new Rehearsal("b2c", "default", rehearsal.amount(), PHONE, "1", false));
            assertThat(rehearsal.toString()).doesNotContain(PHONE);
            assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.DRY_RUN, true)
                    .containsEntry(DarajaConstants.RESULT_CODE, "DRY_RUN")
                    .doesNotContainKeys(DarajaConstants.STATUS, DarajaConstants.REFERENCE, DarajaConstants.RECEIPT_NUMBER);
            assertThat(done.getMessage().getBody(String.class)).contains("nobody was paid");
            assertThat(pay(shop, "dry", 901, "1").getMessage().getBody(Rehearsal.class).needsApproval()).isTrue();
            assertRefused(pay(shop, "dry", 1_001, "1"), "Amount", "is above 1000");
            assertRefused(shop.send("direct:dry", new B2c.Request("12", 100), Map.of("key", "1")), "PartyB", "must be a Kenyan mobile number");
            assertRefused(shop.send("direct:dry", HUNDRED, Map.of()), "idempotencyKey", "must give");

            assertPaid(pay(shop, "wait", 800, "1"));
            assertRefused(pay(shop, "dry", 800, "2"), "Amount", "is above the 700 shillings that are left");
            assertThat(count("b2c.received")).isEqualTo(1);
            assertThat(store.all()).hasSize(1);
        }
    }

    @Test
    void optionsThatMakeNoSenseAreFoundAtStart() {
        for (String uri : List.of("daraja:stkPush?dryRun=true", "daraja:stkPush?requestedBy=x", "daraja:accountBalance?dryRun=true")) {
            Shop shop = newShop().route("wrong", uri);
            try (shop) {
                assertThat(catchThrowable(shop::open)).hasStackTraceContaining("it is for to() of what pays out, b2c for instance");
            }
        }
        try (Shop shop = newShop().route("wrong", "daraja:b2c?idempotencyKey=x&dryRun=true&throwExceptionOnFailure=true")) {
            assertThat(catchThrowable(shop::open)).hasStackTraceContaining("dryRun=true pays nobody");
        }
    }
}
