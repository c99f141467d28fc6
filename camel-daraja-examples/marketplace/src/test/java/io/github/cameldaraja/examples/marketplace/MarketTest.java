package io.github.cameldaraja.examples.marketplace;

import static io.github.cameldaraja.examples.marketplace.LegKind.COLLECT;
import static io.github.cameldaraja.examples.marketplace.LegKind.PAYOUT;
import static io.github.cameldaraja.examples.marketplace.LegKind.REFUND;
import static io.github.cameldaraja.examples.marketplace.LegKind.TOP_UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What moves an order, with the routes in Java and in YAML. One program serves all tests, each with a buyer and a seller of its
 * own; in the end the books of both short codes agree with the orders.
 */
@ParameterizedClass
@MethodSource("io.github.cameldaraja.examples.marketplace.Dsls#tested")
class MarketTest {

    // longer than anybody can be asked about a payment
    private static final Duration NOBODY_KNOWS = Duration.ofHours(49);
    private static final int CLICKS = 32;
    private static final int ROUNDS = 6;

    @TempDir
    private static Path data;
    private static DarajaSimulator safaricom;
    private static LocalMarket market;
    private static int people;

    private String order;
    private String buyer;
    private String seller;

    MarketTest(MarketApp.Dsl dsl) {
    }

    @BeforeParameterizedClassInvocation
    static void open(MarketApp.Dsl dsl) {
        safaricom = DarajaSimulator.start(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(30))
                .withConfirmationDelay(Duration.ofMillis(30)));
        market = LocalMarket.open(safaricom, dsl, data.resolve(dsl.name()));
    }

    @AfterParameterizedClassInvocation
    static void close(MarketApp.Dsl dsl) {
        try (DarajaSimulator closing = safaricom; LocalMarket closed = market) {
            // whatever Pull still has to tell
            closing.clock().advance(Duration.ofMinutes(5));
            await().untilAsserted(() -> System.out.println("marketplace, routes in " + dsl + ": " + audit().agrees()));
            assertThat(closed.database().queryForList("select distinct state from daraja_delivery", String.class))
                    .containsExactly("DELIVERED");
        }
    }

    @BeforeEach
    void newPeople() {
        people++;
        order = "A" + people;
        buyer = "2547221%05d".formatted(people);
        seller = "2547331%05d".formatted(people);
    }

    @AfterEach
    void timeGoesOn() {
        safaricom.clock().resume();
    }

    @Test
    void aSellerIsPaidAfterTheDelivery() {
        ShopWindow.Page placed = places(900);
        assertThat(placed.http()).isEqualTo(202);
        assertThat(placed.state()).isEqualTo(OrderState.AWAITING_PAYMENT);
        becomes(OrderState.PAID);
        assertThat(look().awaits()).isEqualTo("delivered, or dispute");
        assertThat(transfers()).isEmpty();

        assertThat(wishes("delivered").state()).isEqualTo(OrderState.TOPPING_UP);
        ShopWindow.Page settled = becomes(OrderState.SETTLED);

        assertThat(settled.legs(COLLECT)).singleElement().satisfies(leg ->
                assertThat(leg.path("receipt").asText()).isEqualTo(payment().receipt()));
        assertThat(settled.json().path("payout").asInt()).isEqualTo(810);
        assertThat(transfers()).extracting(Transfer::operation).containsExactly("BusinessPayToBulk", "BusinessPayment");
        assertThat(transfers()).extracting(Transfer::receipt).containsExactly(settled.leg(TOP_UP).path("receipt").asText(),
                settled.leg(PAYOUT).path("receipt").asText());
        assertThat(transfers().get(0).from()).isEqualTo("574100");
        assertThat(transfers().get(1).from()).isEqualTo("574300");
        assertThat(safaricom.books().customerBalance(seller)).isEqualTo(100_810);
        assertThat(settled.awaits()).isNull();
        assertThat(settled.http()).isEqualTo(200);
        assertThat(wishes("delivered").state()).as("once is enough").isEqualTo(OrderState.SETTLED);
    }

    @Test
    void anAcknowledgementMovesNothing() {
        safaricom.faults().forPhoneOnce(buyer, Script.pays().offeredToHandset());
        places(900);
        await().until(() -> look().status(COLLECT) == LegStatus.PENDING);
        assertThat(look().state()).isEqualTo(OrderState.AWAITING_PAYMENT);
        assertThat(look().awaits()).isEqualTo("M-Pesa's outcome");
        assertThat(wishes("delivered").refused()).isEqualTo("it is not known to be paid: deliver when it is PAID");
        assertThat(wishes("dispute").refused()).startsWith("it is not known to be paid");
        enterPin();
        becomes(OrderState.PAID);

        stays(ResultApi.B2B, () -> wishes("delivered"), TOP_UP, OrderState.TOPPING_UP);
    }

    @Test
    void aPayoutThatIsAcknowledgedIsNoPayout() {
        isPaid(900);
        safaricom.results().forReceiverOnce(seller, ResultScript.succeeds().callbackAfter(Duration.ofSeconds(10)));
        wishes("delivered");
        await().until(() -> look().status(PAYOUT) == LegStatus.PENDING);
        assertThat(look().state()).isEqualTo(OrderState.PAYING);

        assertThat(wishes("dispute").http()).isEqualTo(409);
        assertThat(wishes("dispute").refused())
                .startsWith("the payout to the seller has begun, and M-Pesa takes no payout back");
        safaricom.clock().advance(Duration.ofSeconds(11));
        becomes(OrderState.SETTLED);
        ShopWindow.Page late = wishes("dispute");
        assertThat(late.http()).isEqualTo(409);
        assertThat(late.refused()).startsWith("the seller was paid, and M-Pesa takes no payout back");
        assertThat(late.state()).isEqualTo(OrderState.SETTLED);
        assertThat(late.legs(REFUND)).isEmpty();
    }

    @Test
    void aDisputeBeforeThePayoutGivesTheMoneyBack() {
        isPaid(900);
        assertThat(wishes("dispute").state()).isEqualTo(OrderState.REFUNDING);
        assertThat(wishes("delivered").refused()).startsWith("it was disputed");
        becomes(OrderState.REFUNDED);
        assertThat(wishes("dispute").state()).isEqualTo(OrderState.REFUNDED);

        assertThat(safaricom.books().customerBalance(buyer)).isEqualTo(100_000);
        assertThat(transfers()).singleElement().satisfies(transfer ->
                assertThat(transfer.reverses()).isEqualTo(payment().receipt()));
        assertThat(wishes("delivered").http()).isEqualTo(409);
    }

    @Test
    void aDisputeDuringTheTopUpWins() {
        isPaid(900);
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().callbackAfter(Duration.ofSeconds(10)));
        wishes("delivered");
        await().until(() -> look().status(TOP_UP) == LegStatus.PENDING);

        assertThat(wishes("dispute").state()).isEqualTo(OrderState.REFUNDING);
        becomes(OrderState.REFUNDED);
        safaricom.clock().advance(Duration.ofSeconds(11));
        await().until(() -> look().status(TOP_UP) == LegStatus.DONE);
        assertThat(look().state()).isEqualTo(OrderState.REFUNDED);
        assertThat(look().legs(PAYOUT)).isEmpty();
    }

    // a dispute and the outcome of the top-up in the same instant: one of them wins, never both
    @Test
    void whoeverIsFirstDecides() {
        for (int round = 0; round < ROUNDS; round++) {
            newPeople();
            isPaid(100 + round);
            wishes("delivered");
            // the money has arrived, and its outcome is about to
            await().pollInterval(Duration.ofMillis(1)).until(() -> !transfers().isEmpty());
            LockSupport.parkNanos(round * 4_000_000L);
            boolean disputed = wishes("dispute").http() != 409;
            becomes(disputed ? OrderState.REFUNDED : OrderState.SETTLED);
            assertThat(look().legs(disputed ? PAYOUT : REFUND)).isEmpty();
        }
    }

    @Test
    void whoDoesNotPayBuysNothing() {
        safaricom.faults().forPhoneOnce(buyer, Script.result(1032));
        places(900);

        ShopWindow.Page unpaid = becomes(OrderState.UNPAID);
        assertThat(unpaid.leg(COLLECT).path("reason").asText()).isEqualTo("Request cancelled by user");
        assertThat(wishes("delivered").refused()).isEqualTo("it is not paid");
        assertThat(wishes("dispute").refused()).isEqualTo("it is not paid: there is nothing to give back");
        assertThat(wishes("retry").http()).isEqualTo(409);
    }

    @Test
    void aFailureThatWasNoneIsCorrected() {
        safaricom.faults().forPhoneOnce(buyer, Script.pays().contradictingFirst("1032"));
        safaricom.results().forReceiverOnce(seller, ResultScript.succeeds().contradictingFirst("2040"));
        isPaid(900);
        wishes("delivered");

        becomes(OrderState.SETTLED);
        assertThat(look().legs(PAYOUT)).hasSize(1);
    }

    @Test
    void whatIsToldAgainMovesNothingAgain() {
        safaricom.faults().forPhoneOnce(buyer, Script.pays().callbackTimes(3));
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().callbackTimes(3));
        safaricom.results().forReceiverOnce(seller, ResultScript.succeeds().callbackTimes(3));
        isPaid(900);
        wishes("delivered");
        becomes(OrderState.SETTLED);

        assertThat(transfers()).hasSize(2);
        assertThat(look().json().path("legs")).hasSize(3);
    }

    @Test
    void aTopUpOfWhichNobodyKnowsBlocksThePayoutUntilAPersonDecides() {
        isPaid(900);
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().resetAfterAccepting().lostCallback());
        wishes("delivered");
        await().until(() -> look().status(TOP_UP) == LegStatus.UNKNOWN);

        assertThat(look().awaits()).startsWith("M-Pesa: it may have moved the money; nothing more is sent");
        assertThat(attention()).contains(order);
        assertThat(wishes("retry").refused()).startsWith("nothing has failed for certain");
        safaricom.clock().advance(NOBODY_KNOWS);
        await().until(() -> look().status(TOP_UP) == LegStatus.UNRESOLVED);
        assertThat(look().state()).isEqualTo(OrderState.TOPPING_UP);
        assertThat(look().legs(PAYOUT)).isEmpty();
        assertThat(wishes("retry").http()).isEqualTo(409);
        String reference = look().leg(TOP_UP).path("reference").asText();
        assertThat(look().awaits()).startsWith("a person:").endsWith(reference);

        market.desk().resolve(reference, "COMPLETED", transfers().get(0).receipt(), "Wanjiru", "it is on the statement", "line 7");
        becomes(OrderState.SETTLED);
        assertThat(transfers()).hasSize(2);
        assertThat(attention()).doesNotContain(order);
    }

    @Test
    void whatAPersonFindsNotToHaveHappenedIsTriedAgain() {
        isPaid(900);
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().resetBeforeAccepting());
        wishes("delivered");
        await().until(() -> look().status(TOP_UP) == LegStatus.UNKNOWN);
        safaricom.clock().advance(NOBODY_KNOWS);
        await().until(() -> look().status(TOP_UP) == LegStatus.UNRESOLVED);

        market.desk().resolve(look().leg(TOP_UP).path("reference").asText(), "FAILED", "", "Wanjiru", "it is on no statement",
                "statement of the day");
        await().until(() -> look().status(TOP_UP) == LegStatus.FAILED);
        assertThat(look().state()).isEqualTo(OrderState.TOPPING_UP);
        assertThat(wishes("retry").http()).isEqualTo(202);
        assertThat(becomes(OrderState.SETTLED).legs(TOP_UP)).hasSize(2);
        assertThat(transfers()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = { "TOP_UP", "PAYOUT" })
    void whatHasFailedWaitsForAPerson(LegKind kind) {
        isPaid(900);
        if (kind == TOP_UP) {
            safaricom.results().next(ResultApi.B2B, ResultScript.result(1));
        } else {
            safaricom.results().forReceiverOnce(seller, ResultScript.result(2040));
        }
        wishes("delivered");
        await().until(() -> look().status(kind) == LegStatus.FAILED);
        assertThat(look().awaits()).isEqualTo("a person: it moved nothing; remove the cause, then retry");
        assertThat(attention()).contains(order);

        assertThat(wishes("retry").http()).isEqualTo(202);
        assertThat(becomes(OrderState.SETTLED).legs(kind)).extracting(leg -> leg.path("status").asText())
                .containsExactly("FAILED", "DONE");
        assertThat(transfers()).hasSize(2);
    }

    @Test
    void aLostAcknowledgementPaysTheSellerOnce() {
        safaricom.results().forReceiverOnce(seller, ResultScript.succeeds().resetAfterAccepting().lostCallback());
        isPaid(900);
        wishes("delivered");
        await().until(() -> look().status(PAYOUT) == LegStatus.UNKNOWN);

        // the component sends the identical request, which Safaricom knows, and asks
        later(() -> look().state() == OrderState.SETTLED);
        assertThat(transfers()).hasSize(2);
        assertThat(look().legs(PAYOUT)).hasSize(1);
    }

    @Test
    void aLostAcknowledgementGivesTheMoneyBackOnce() {
        isPaid(900);
        safaricom.results().next(ResultApi.REVERSAL, ResultScript.succeeds().resetAfterAccepting().lostCallback());
        wishes("dispute");
        await().until(() -> look().status(REFUND) == LegStatus.UNKNOWN);

        later(() -> look().state() == OrderState.REFUNDED);
        assertThat(safaricom.books().customerBalance(buyer)).isEqualTo(100_000);
    }

    @Test
    void withoutItsReceiptNothingIsGivenBackUntilPullBringsIt() {
        safaricom.faults().forPhoneOnce(buyer, Script.pays().lostCallback());
        places(900);
        await().until(() -> payment() != null);
        safaricom.clock().freeze();
        safaricom.clock().advance(Duration.ofSeconds(30));
        becomes(OrderState.PAID);
        assertThat(look().leg(COLLECT).has("receipt")).isFalse();

        wishes("dispute");
        assertThat(look().awaits()).isEqualTo("the receipt of the buyer's payment, which Pull brings");
        later(() -> look().state() == OrderState.REFUNDED);
        assertThat(look().leg(COLLECT).path("receipt").asText()).isEqualTo(payment().receipt());
    }

    @Test
    void whatMpesaDoesNotTakeIsSentAgainLater() {
        safaricom.faults().forPhoneOnce(buyer, Script.pays().spikeArrest());
        places(900);
        await().until(() -> look().leg(COLLECT).has("reason"));
        assertThat(look().status(COLLECT)).isEqualTo(LegStatus.DUE);

        later(() -> look().state() == OrderState.PAID);
        assertThat(safaricom.counters().prompts(buyer)).isEqualTo(1);
    }

    @Test
    void anOrderIsPlacedOnce() {
        List<CompletableFuture<ShopWindow.Page>> clicks = IntStream.range(0, CLICKS)
                .mapToObj(click -> market.window().places(order, buyer, seller, 900)).toList();
        assertThat(clicks).allSatisfy(click -> assertThat(click.join().http()).isEqualTo(202));
        becomes(OrderState.PAID);
        ShopWindow.Page other = market.window().places(order, buyer, seller, 901).join();

        assertThat(other.http()).isEqualTo(409);
        assertThat(other.refused()).startsWith("orderId: was used before for another buyer, seller or amount");
        assertThat(safaricom.counters().prompts(buyer)).isEqualTo(1);
    }

    @Test
    void impatientClicksPayTheSellerOnce() {
        isPaid(900);
        List<CompletableFuture<ShopWindow.Page>> clicks = IntStream.range(0, CLICKS)
                .mapToObj(click -> market.window().wishes(order, "delivered")).toList();
        assertThat(clicks).allSatisfy(click -> assertThat(click.join().http()).isIn(200, 202));

        becomes(OrderState.SETTLED);
        assertThat(transfers()).hasSize(2);
    }

    @Test
    void anOutcomeThatCannotBeBookedIsToldAgain() {
        market.database().execute("alter table orders add constraint broken check (state <> 'PAID' or amount <> 77)");
        places(77);
        await().until(() -> market.database().queryForObject(
                "select coalesce(max(attempt), 0) from daraja_delivery where state <> 'DELIVERED'", Integer.class) > 1);
        assertThat(look().status(COLLECT)).as("rolled back with the rest").isEqualTo(LegStatus.PENDING);

        market.database().execute("alter table orders drop constraint broken");
        later(() -> look().state() == OrderState.PAID);
    }

    @Test
    void whoPaysByHandForAnUnpaidOrderHasPaidIt() {
        safaricom.faults().forPhoneOnce(buyer, Script.result(1032));
        places(900);
        becomes(OrderState.UNPAID);

        String receipt = safaricom.c2b().pay(buyer, "574100", order, 900).join().receipt();
        later(() -> look().state() == OrderState.PAID);
        assertThat(look().leg(COLLECT).path("receipt").asText()).isEqualTo(receipt);
        wishes("dispute");
        becomes(OrderState.REFUNDED);
        assertThat(transfers()).singleElement().satisfies(transfer -> assertThat(transfer.reverses()).isEqualTo(receipt));
    }

    @Test
    void moneyForNoOrderWaitsForAPerson() {
        safaricom.c2b().confirmationsFor(buyer, ConfirmationScript.usual().lost());
        int before = market.window().summary().json().path("strays").asInt();
        safaricom.c2b().pay(buyer, "574100", "rent, May", 60).join();

        later(() -> market.window().summary().json().path("strays").asInt() == before + 60);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"orderId": "B1", "buyer": "0722000001", "seller": "0733000001"}                 | amount: is missing; send JSON
            {"orderId": "B1", "buyer": "0722000001", "seller": "0733000001", "amount": 12.5} | amount: must be whole shillings
            {"orderId": "B1", "buyer": "0722000001", "seller": "0733000001", "amount": 10}   | amount: would leave the seller KES 9
            {"orderId": "B1", "buyer": "0722000001", "seller": "42", "amount": 100}          | seller: must be a Kenyan mobile
            {"orderId": "B1", "buyer": "42", "seller": "0733000001", "amount": 100}          | buyer: must be a Kenyan mobile
            {"orderId": "1234567890123", "buyer": "0722000001", "seller": "0733000001", "amount": 100} | orderId: must have at most
            {"buyer": "0722000001", "seller": "0733000001", "amount": 100}                   | orderId: is missing
            {"order": 1}                                                                     | body: is not what was expected
            null                                                                             | body: is missing
            {                                                                                | body: is not what was expected
            """)
    void badInputIsRefused(String body, String sentence) {
        ShopWindow.Page refused = market.window().posts("", body).join();

        assertThat(refused.http()).isEqualTo(400);
        assertThat(refused.refused()).startsWith(sentence);
        assertThat(market.window().looksAt("B1").http()).isEqualTo(404);
    }

    @Test
    void whatIsUnknownIsNotFound() {
        assertThat(market.window().looksAt("nobody").http()).isEqualTo(404);
        assertThat(market.window().wishes("nobody", "delivered").join().http()).isEqualTo(404);
        isPaid(100);
        assertThat(wishes("payout").http()).isEqualTo(404);
        assertThat(look().state()).isEqualTo(OrderState.PAID);
    }

    private static Audit audit() {
        return new Audit(safaricom, market.table(), market.strays());
    }

    private ShopWindow.Page places(int amount) {
        return market.window().places(order, buyer, seller, amount).join();
    }

    private ShopWindow.Page wishes(String wish) {
        return market.window().wishes(order, wish).join();
    }

    private ShopWindow.Page look() {
        return market.window().looksAt(order);
    }

    private ShopWindow.Page becomes(OrderState state) {
        return await().until(this::look, page -> page.state() == state);
    }

    private void isPaid(int amount) {
        places(amount);
        becomes(OrderState.PAID);
    }

    // acknowledged, and no more: the order does not move, and then it does
    private void stays(ResultApi api, Runnable wish, LegKind kind, OrderState state) {
        safaricom.results().next(api, ResultScript.succeeds().callbackAfter(Duration.ofSeconds(10)));
        wish.run();
        await().until(() -> look().status(kind) == LegStatus.PENDING);
        assertThat(look().state()).isEqualTo(state);
        safaricom.clock().advance(Duration.ofSeconds(11));
        becomes(OrderState.SETTLED);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    // lets time pass until it is so
    private static void later(Callable<Boolean> so) {
        await().pollInterval(Duration.ofMillis(100)).until(() -> {
            if (so.call()) {
                return true;
            }
            safaricom.clock().advance(Duration.ofSeconds(30));
            return false;
        });
    }

    private static List<String> attention() {
        return market.window().summary().json().path("attention").findValuesAsText("orderId");
    }

    private LedgerEntry payment() {
        return safaricom.books().entries().stream().filter(entry -> entry.payerPhone().equals(buyer)).findFirst().orElse(null);
    }

    // of this order
    private List<Transfer> transfers() {
        return safaricom.books().transfers().stream().filter(transfer -> order.equals(transfer.reference())
                || seller.equals(transfer.to()) || buyer.equals(transfer.to())).toList();
    }

    private void enterPin() {
        await().until(() -> !safaricom.handset().prompts(buyer).isEmpty());
        safaricom.handset().enterPin(safaricom.handset().prompts(buyer).get(0).checkoutRequestId(), "1234");
    }
}
