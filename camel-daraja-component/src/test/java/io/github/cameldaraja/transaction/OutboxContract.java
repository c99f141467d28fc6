package io.github.cameldaraja.transaction;

import static io.github.cameldaraja.transaction.TransactionRepositoryContract.RECEIPT;
import static io.github.cameldaraja.transaction.TransactionRepositoryContract.failed;
import static io.github.cameldaraja.transaction.TransactionRepositoryContract.intent;
import static io.github.cameldaraja.transaction.TransactionRepositoryContract.paid;
import static io.github.cameldaraja.transaction.TransactionRepositoryContract.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every outbox promises, wherever it keeps outcomes. */
abstract class OutboxContract {

    protected static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Node ONE = new Node("default", "one");
    private static final Node OTHER = new Node("default", "other");
    private static final Interest BOOKS = new Interest("books", "stkPush", null);
    private static final Interest MAIL = new Interest("mail", "stkPush", "shop");
    private static final Instant LATER = NOW.plusSeconds(60);

    protected TransactionRepository repository;
    private Outbox outbox;

    /** An empty repository that goes by {@link TransactionRepositoryContract#CLOCK}. */
    protected abstract TransactionRepository start() throws Exception;

    @BeforeEach
    void startRepository() throws Exception {
        repository = start();
        outbox = repository.outbox();
        outbox.alive(ONE, LATER).join();
        outbox.alive(OTHER, LATER).join();
    }

    private Delivery settled(String reference) {
        repository.open(intent(reference, null), null).join();
        return repository.settle(paid(reference, "R" + reference), ONE.id()).join().delivery();
    }

    private Delivery free(String reference) {
        Delivery delivery = settled(reference);
        Delivery free = delivery.letGo(NOW);
        assertThat(outbox.replace(delivery, free).join()).isTrue();
        return free;
    }

    private List<Delivery> claim(Node node, Instant now, Interest... interests) {
        return outbox.claim(node, List.of(interests), now, 100).join();
    }

    @Test
    void whatIsSettledIsHeldByWhoeverSettlesIt() {
        repository.open(intent("a", "order-1").of("shop").awaitedBy("one"), null).join();
        Settlement settlement = repository.settle(paid("a", RECEIPT), "one").join();

        assertThat(settlement.delivery()).isEqualTo(new Delivery("a", 1, null, "shop", settlement.outcome(), 1, DeliveryState.HELD,
                "one", NOW, NOW));
        assertThat(settlement.transaction().told()).isEqualTo(1);
        assertThat(repository.find("a").join()).isEqualTo(settlement.transaction());
        assertThat(outbox.heldBy(new Node("shop", "one")).join()).containsExactly(settlement.delivery());
    }

    private Delivery alert(String reference) {
        return new Delivery(reference, 1, null, "default", Outcome.builder().operation("alerts").account("").reference(reference)
                .resultCode("CONFLICT").resultDescription("look").details(Map.of("time", "now")).build(), 1, DeliveryState.HELD, ONE.id(),
                NOW, NOW);
    }

    @Test
    void anAlertIsRaisedOnceAndGoesWhenItIsTold() {
        Delivery raised = outbox.raise(alert("a1")).join();
        assertThat(raised).isEqualTo(alert("a1"));
        assertThat(outbox.raise(alert("a1")).join()).isNull();
        assertThat(outbox.heldBy(ONE).join()).containsExactly(raised);
        assertThat(outbox.count("default", LATER).join()).as("nobody need want it").isEqualTo(new OutboxCounts(0, 0, null));

        Delivery free = raised.copyFor("group").letGo(NOW);
        assertThat(outbox.replace(raised, free).join()).isTrue();
        assertThat(outbox.count("default", LATER).join()).isEqualTo(new OutboxCounts(0, 0, null));
        List<Delivery> claimed = claim(OTHER, NOW, new Interest("group", "alerts", null));
        assertThat(claimed).containsExactly(free.heldBy(OTHER.id()));
        assertThat(claimed.get(0).outcome()).isEqualTo(alert("a1").outcome());
        assertThat(outbox.replace(claimed.get(0), claimed.get(0).delivered()).join()).isTrue();
        assertThat(outbox.replace(claimed.get(0), claimed.get(0).delivered()).join()).isFalse();
        assertThat(outbox.heldBy(OTHER).join()).isEmpty();
        assertThat(outbox.raise(alert("a1")).join()).as("told is told").isNull();
    }

    @Test
    void whatChangesNothingIsNotTold() {
        settled("a");
        assertThat(repository.settle(paid("a", "Ra"), "other").join().delivery()).isNull();
        assertThat(repository.settle(failed("a"), "other").join().delivery()).isNull();
        assertThat(repository.settle(paid("nobody", "R1"), "other").join().delivery()).isNull();
        assertThat(outbox.count("default", NOW).join()).isEqualTo(new OutboxCounts(1, 0, null));
    }

    @Test
    void aCorrectionIsTheSecondTelling() {
        repository.open(intent("a", null), null).join();
        Delivery first = repository.settle(failed("a"), "one").join().delivery();
        Settlement corrected = repository.settle(paid("a", RECEIPT), "one").join();

        assertThat(corrected.verdict()).isEqualTo(Verdict.CORRECTED);
        assertThat(corrected.delivery().number()).isEqualTo(2);
        assertThat(first.number()).isEqualTo(1);
        assertThat(outbox.heldBy(ONE).join()).containsExactly(first);
        assertThat(corrected.delivery().state()).as("it waits for the first").isEqualTo(DeliveryState.FREE);
    }

    @RepeatedTest(3)
    void ofAllWhoSettleOneTells() throws Exception {
        repository.open(intent("a", null), null).join();
        List<Boolean> told = together(32, i -> repository.settle(paid("a", RECEIPT), "node " + i).join().delivery() != null);

        assertThat(told).containsOnlyOnce(true);
        assertThat(outbox.count("default", NOW).join().open()).isEqualTo(1);
    }

    @Test
    void whatIsHeldIsNobodyElsesAsLongAsItsHolderLives() {
        Delivery held = settled("a");
        assertThat(claim(OTHER, NOW, BOOKS)).isEmpty();
        assertThat(claim(ONE, NOW, BOOKS)).isEmpty();

        assertThat(claim(OTHER, LATER, BOOKS)).containsExactly(held.heldBy("other"));
        assertThat(outbox.replace(held, held.delivered()).join()).isFalse();
        assertThat(outbox.heldBy(ONE).join()).isEmpty();
        assertThat(outbox.heldBy(OTHER).join()).containsExactly(held.heldBy("other"));
    }

    @Test
    void aHolderThatIsLateDoesNotTakeItFromItself() {
        settled("a");
        assertThat(claim(ONE, LATER, BOOKS)).isEmpty();
    }

    @Test
    void whatIsOfferedIsClaimedByTheNodeWhereAnExchangeWaits() {
        repository.open(intent("a", null).awaitedBy("other"), null).join();
        Delivery offered = repository.settle(paid("a", RECEIPT), "one").join().delivery();

        assertThat(offered.state()).isEqualTo(DeliveryState.OFFERED);
        assertThat(claim(ONE, NOW, BOOKS)).isEmpty();
        // whatever its routes take
        assertThat(claim(OTHER, NOW)).containsExactly(offered.heldBy("other"));
    }

    @Test
    void whatIsOfferedToTheDeadIsAnybodys() {
        repository.open(intent("a", null).awaitedBy("gone"), null).join();
        Delivery offered = repository.settle(paid("a", RECEIPT), "one").join().delivery();

        assertThat(claim(ONE, NOW)).isEmpty();
        assertThat(claim(ONE, NOW, BOOKS)).containsExactly(offered.heldBy("one"));
    }

    @Test
    void whoLeavesFreesWhatItHolds() {
        settled("a");
        repository.open(intent("b", null).awaitedBy("one"), null).join();
        repository.settle(paid("b", RECEIPT), "other").join();
        outbox.leave(ONE).join();

        assertThat(claim(OTHER, NOW, BOOKS)).extracting(Delivery::reference).containsExactly("a", "b");
    }

    @Test
    void onlyWhatSomebodyTakesIsClaimed() {
        free("a");
        assertThat(claim(OTHER, NOW)).isEmpty();
        assertThat(claim(OTHER, NOW, new Interest("books", "b2c", null), new Interest("books", "stkPush", "branch"))).isEmpty();
        assertThat(claim(new Node("another application", "other"), NOW, BOOKS)).isEmpty();
        assertThat(claim(OTHER, NOW, new Interest("books", "b2c", null), MAIL)).hasSize(1);
        assertThat(claim(OTHER, NOW, MAIL)).isEmpty();
    }

    @Test
    void theLongestOverdueComesFirstAndWhatIsNotDueNotAtAll() {
        for (String reference : List.of("a", "b", "c")) {
            Delivery held = settled(reference);
            outbox.replace(held, held.again(reference.equals("b") ? NOW.minusSeconds(5) : NOW)).join();
        }
        Delivery held = settled("d");
        outbox.replace(held, held.again(NOW.plusSeconds(1))).join();

        assertThat(outbox.claim(ONE, List.of(BOOKS), NOW, 2).join()).extracting(Delivery::reference).containsExactly("b", "a");
        assertThat(claim(ONE, NOW, BOOKS)).extracting(Delivery::reference).containsExactly("c");
        List<Delivery> late = claim(ONE, NOW.plusSeconds(1), BOOKS);
        assertThat(late).extracting(Delivery::reference).containsExactly("d");
        assertThat(late).extracting(Delivery::attempt).containsExactly(2);
    }

    @RepeatedTest(3)
    void ofAllWhoClaimEachGetsItsOwn() throws Exception {
        for (int i = 0; i < 100; i++) {
            free("p" + i);
            outbox.alive(new Node("default", "node " + i), LATER).join();
        }
        List<List<String>> claimed = together(16, i -> claim(new Node("default", "node " + i), NOW, BOOKS).stream()
                .map(Delivery::reference).toList());
        assertThat(claimed.stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    @Test
    void eachGroupGetsACopyAndOnlyItsOwn() {
        Delivery telling = settled("a");
        List<Delivery> copies = outbox.share(telling, Set.of("books", "mail")).join();

        assertThat(copies).containsExactlyInAnyOrder(telling.copyFor("books"), telling.copyFor("mail"));
        copies.forEach(copy -> outbox.replace(copy, copy.letGo(NOW)).join());
        assertThat(claim(OTHER, NOW, new Interest("third", "stkPush", null))).isEmpty();
        assertThat(claim(OTHER, NOW, MAIL)).extracting(Delivery::group).containsExactly("mail");
        assertThat(claim(OTHER, NOW, MAIL, BOOKS)).extracting(Delivery::group).containsExactly("books");
    }

    @Test
    void onlyTheHolderSharesOut() {
        Delivery telling = settled("a");
        claim(OTHER, LATER, BOOKS);

        assertThat(outbox.share(telling, Set.of("books", "mail")).join()).isEmpty();
        assertThat(outbox.count("default", NOW).join().open()).isEqualTo(1);
    }

    @Test
    void aTellingBecomesTheCopyOfItsOnlyGroup() {
        Delivery telling = settled("a");
        assertThat(outbox.replace(telling, telling.copyFor("books").again(NOW)).join()).isTrue();

        assertThat(claim(OTHER, NOW, MAIL)).isEmpty();
        assertThat(claim(OTHER, NOW, BOOKS)).containsExactly(new Delivery("a", 1, "books", "default", telling.outcome(), 2,
                DeliveryState.HELD, "other", NOW, NOW));
    }

    @RepeatedTest(3)
    void handOverHappensOnce() throws Exception {
        Delivery held = settled("a");
        List<Boolean> done = together(16, i -> outbox.replace(held, i % 2 == 0 ? held.delivered() : held.again(NOW)).join());
        assertThat(done).containsOnlyOnce(true);
    }

    @Test
    void whatIsDeliveredIsNotTakenAgain() {
        Delivery held = settled("a");
        assertThat(outbox.replace(held, held.delivered()).join()).isTrue();

        assertThat(outbox.replace(held, held.again(NOW)).join()).isFalse();
        assertThat(outbox.heldBy(ONE).join()).isEmpty();
        assertThat(claim(OTHER, LATER.plusSeconds(60), BOOKS)).isEmpty();
        assertThat(outbox.count("default", LATER).join()).isEqualTo(new OutboxCounts(0, 0, null));
    }

    @Test
    void whatIsParkedWaitsForAPerson() {
        Delivery held = settled("a");
        Delivery parked = held.copyFor("books").again(NOW).parked();
        outbox.replace(held, parked).join();

        assertThat(claim(OTHER, LATER, BOOKS)).isEmpty();
        assertThat(outbox.parked("default", 10).join()).containsExactly(parked);
        assertThat(outbox.parked("another application", 10).join()).isEmpty();
        assertThat(outbox.count("default", NOW).join()).isEqualTo(new OutboxCounts(0, 1, null));

        assertThat(outbox.release(parked.id(), NOW).join()).isTrue();
        assertThat(outbox.release(parked.id(), NOW).join()).isFalse();
        assertThat(claim(OTHER, NOW, BOOKS)).containsExactly(parked.released(NOW).heldBy("other"));
    }

    @Test
    void whatNobodyTakesIsSeen() {
        free("a");
        Delivery held = settled("b");
        outbox.replace(held, held.again(NOW.plusSeconds(5))).join();
        settled("c");

        assertThat(outbox.count("default", NOW).join()).isEqualTo(new OutboxCounts(3, 0, NOW));
        claim(OTHER, NOW, BOOKS);
        assertThat(outbox.count("default", NOW).join()).isEqualTo(new OutboxCounts(3, 0, null));
        assertThat(outbox.count("another application", NOW).join()).isEqualTo(new OutboxCounts(0, 0, null));
    }

    @Test
    void groupsAreRememberedUntilTheyAreForgotten() {
        outbox.remember("default", List.of(BOOKS, MAIL), NOW.minusSeconds(10)).join();
        outbox.remember("default", List.of(BOOKS), NOW).join();
        outbox.remember("another application", List.of(MAIL), NOW).join();
        assertThat(outbox.interests("default", NOW.minusSeconds(10)).join()).containsExactlyInAnyOrder(BOOKS, MAIL);
        assertThat(outbox.interests("default", NOW).join()).containsExactly(BOOKS);

        List<Delivery> copies = outbox.share(settled("a"), Set.of("books", "mail")).join();
        copies.forEach(copy -> outbox.replace(copy, copy.letGo(NOW)).join());
        assertThat(outbox.forget("default", "mail").join()).isEqualTo(1);
        assertThat(outbox.interests("default", NOW.minusSeconds(10)).join()).containsExactly(BOOKS);
        assertThat(outbox.interests("another application", NOW).join()).containsExactly(MAIL);
        assertThat(claim(OTHER, NOW, MAIL, BOOKS)).extracting(Delivery::group).containsExactly("books");
    }

    @RepeatedTest(3)
    void nodesRememberTheSameAtOnce() throws Exception {
        together(8, i -> outbox.remember("default", i % 2 == 0 ? List.of(BOOKS, MAIL) : List.of(MAIL, BOOKS), NOW).join());
        assertThat(outbox.interests("default", NOW).join()).containsExactlyInAnyOrder(BOOKS, MAIL);
    }

    @Test
    void theOutcomeIsToldAsItWas() {
        free("a");
        Outcome told = claim(OTHER, NOW, BOOKS).get(0).outcome();
        assertThat(told).isEqualTo(repository.find("a").join().outcome());
        assertThat(told.status()).isEqualTo(PaymentStatus.COMPLETED);
    }
}
