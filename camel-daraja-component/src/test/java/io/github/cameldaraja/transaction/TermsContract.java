package io.github.cameldaraja.transaction;

import static io.github.cameldaraja.transaction.TransactionRepositoryContract.failed;
import static io.github.cameldaraja.transaction.TransactionRepositoryContract.intent;
import static io.github.cameldaraja.transaction.TransactionRepositoryContract.paid;
import static io.github.cameldaraja.transaction.TransactionRepositoryContract.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.transaction.Line.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every repository promises about payments that must keep something among each other. */
abstract class TermsContract extends OutboxContract {

    private static final Duration GAP = Duration.ofSeconds(90);
    private static final Line PROMPT = Line.of(Kind.PROMPT, GAP, Duration.ZERO, "shop", "254712345678");
    private static final Line PRICE = Line.of(Kind.EQUAL_PRICE, GAP, Duration.ZERO, "shop", "254712345678", "10");
    private static final int MANY = 16;

    private Transaction open(Transaction intent, Line... lines) {
        return repository.open(intent, null, Terms.of(List.of(lines))).join();
    }

    private TermsException refused(Transaction intent, Line... lines) {
        CompletionException failure = catchThrowableOfType(CompletionException.class, () -> open(intent, lines));
        assertThat(failure).as("stored").isNotNull();
        assertThat(failure.getCause()).isInstanceOf(TermsException.class);
        assertThat(repository.find(intent.reference()).join()).isNull();
        return (TermsException) failure.getCause();
    }

    private static Transaction at(String reference, String key, Instant time) {
        return intent(reference, key, "10", time);
    }

    @Test
    void aTurnIsOverWithTheOutcomeOrAfterItsTime() {
        open(intent("a", "order-1"), PROMPT);

        TermsException refusal = refused(at("b", "order-2", NOW.plusSeconds(1)), PROMPT);
        assertThat(refusal.other()).isEqualTo("a");
        assertThat(refusal.freeAt()).isEqualTo(NOW.plus(GAP));
        refused(at("b", null, NOW.plus(GAP).minusMillis(1)), PROMPT);
        assertThat(repository.findAlike("174379", intent("b", null).amount(), NOW, NOW.plusSeconds(200)).join())
                .extracting(Transaction::reference).containsExactly("a");

        repository.settle(paid("a", "R1"), "node").join();
        assertThat(open(at("b", "order-2", NOW.plusSeconds(2)), PROMPT).reference()).as("its key was free").isEqualTo("b");
        refused(at("c", null, NOW.plusSeconds(3)), PROMPT);
        assertThat(open(at("c", null, NOW.plusSeconds(2).plus(GAP)), PROMPT).reference()).isEqualTo("c");
    }

    @Test
    void whatIsGivenUpHasHadNoTurn() {
        open(intent("a", "order-1"), PROMPT);
        repository.abandon("a", Outcome.builder().status(PaymentStatus.FAILED).build()).join();

        assertThat(open(intent("b", "order-1"), PROMPT).reference()).isEqualTo("b");
    }

    @Test
    void whoJoinsAPaymentNeedsNoTurn() {
        Transaction first = open(intent("a", "order-1"), PROMPT);

        assertThat(open(at("b", "order-1", NOW.plusSeconds(1)), PROMPT)).isEqualTo(first);
        assertThat(refused(at("c", null, NOW.plusSeconds(2)), PROMPT).other()).as("it is not the joiner's turn").isEqualTo("a");
    }

    @Test
    void aFurtherAttemptThatIsRefusedLeavesTheKeyToTheFailedOne() {
        open(intent("a", "order-1"), PROMPT);
        Transaction failed = repository.settle(failed("a"), "node").join().transaction();
        open(intent("b", null), PROMPT);

        Transaction next = intent("c", "order-1").attempt(2);
        assertThat(catchThrowableOfType(CompletionException.class, () -> repository.open(next, "a", Terms.of(List.of(PROMPT))).join()))
                .hasCauseInstanceOf(TermsException.class);

        assertThat(repository.open(intent("d", "order-1"), null).join()).isEqualTo(failed);
    }

    @Test
    void onlyAPaymentThatWasMadeIsAnEqualOne() {
        open(intent("a", null), PRICE);
        open(intent("b", null), PRICE);
        repository.settle(failed("b"), "node").join();
        open(intent("c", null), PRICE);
        repository.settle(paid("c", "R1"), "node").join();

        assertThat(refused(at("d", null, NOW.plusSeconds(1)), PRICE).freeAt()).isEqualTo(NOW.plus(GAP));
        assertThat(open(at("d", null, NOW.plus(GAP)), PRICE).reference()).isEqualTo("d");
    }

    @Test
    void whoIsRefusedInOneLineHasTakenNoTurnInTheOther() {
        open(intent("a", null), PROMPT);
        Line other = Line.of(Kind.PROMPT, GAP, Duration.ZERO, "shop", "254712000001");

        refused(intent("b", null), PROMPT, other);

        assertThat(open(intent("c", null), other).reference()).isEqualTo("c");
    }

    @RepeatedTest(3)
    void ofManyThatComeAtOnceOneHasItsTurn() throws Exception {
        List<String> stored = together(MANY, i -> {
            try {
                return open(intent("p" + i, "order-" + i), PROMPT).reference();
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(TermsException.class);
                return null;
            }
        }).stream().filter(Objects::nonNull).toList();

        assertThat(stored).hasSize(1);
        for (int i = 0; i < MANY; i++) {
            assertThat(repository.find("p" + i).join() != null).isEqualTo(stored.contains("p" + i));
            assertThat(repository.open(intent("again" + i, "order-" + i), null).join().reference())
                    .isEqualTo(stored.contains("p" + i) ? "p" + i : "again" + i);
        }
    }

    @Test
    void oldTurnsAreForgotten() {
        open(intent("a", null), PROMPT);
        repository.settle(paid("a", "R1"), "node").join();
        Instant past = NOW.plus(Duration.ofDays(1));

        int left = repository.purge(new PurgeBefore(past, past), 100).join();

        assertThat(left).isPositive();
        assertThat(open(intent("b", null), PROMPT).reference()).isEqualTo("b");
        refused(intent("c", null), PROMPT);
    }

    private static final Terms.Budget BUDGET = new Terms.Budget("shop", "2026-11-21", new BigDecimal("35"));
    private static final Line EQUAL = Line.of(Kind.EQUAL_PAYOUT, GAP, GAP.multipliedBy(2), "shop", "254712345678", "10");

    private static Transaction payout(String reference, String key) {
        return intent(reference, key).repeatable(Repetition.none().ofBudget(BUDGET.day()));
    }

    private Transaction spend(Transaction payout) {
        return repository.open(payout, null, Terms.of(List.of(), BUDGET)).join();
    }

    private BigDecimal spent() {
        return repository.spent("shop", BUDGET.day()).join();
    }

    @Test
    void aBudgetIsSpentAndWhatFailedGivesItsPartBack() {
        assertThat(spent()).isZero();
        spend(payout("a", "1"));
        spend(payout("b", "2"));
        spend(payout("c", "3"));
        assertThat(spent()).isEqualByComparingTo("30");

        CompletionException failure = catchThrowableOfType(CompletionException.class, () -> spend(payout("d", "4")));
        assertThat(failure).isNotNull();
        assertThat(((TermsException) failure.getCause()).left()).isEqualByComparingTo("5");
        assertThat(repository.find("d").join()).isNull();

        repository.settle(paid("a", "R1"), "node").join();
        assertThat(spent()).isEqualByComparingTo("30");
        repository.settle(failed("b"), "node").join();
        assertThat(spent()).isEqualByComparingTo("20");
        repository.abandon("c", Outcome.builder().status(PaymentStatus.FAILED).build()).join();
        repository.abandon("c", Outcome.builder().status(PaymentStatus.FAILED).build()).join();
        assertThat(spent()).isEqualByComparingTo("10");
        assertThat(spend(payout("d", "4")).reference()).as("its key was free").isEqualTo("d");

        repository.settle(paid("b", "R2"), "node").join();
        assertThat(spent()).as("it was paid after all").isEqualByComparingTo("30");
        assertThat(spend(payout("e", "4")).reference()).as("who joins spends nothing").isEqualTo("d");
        assertThat(spent()).isEqualByComparingTo("30");
    }

    @RepeatedTest(3)
    void ofManyThatComeAtOnceAsManyAsFitAreStored() throws Exception {
        List<String> stored = together(MANY, i -> {
            try {
                return spend(payout("p" + i, "order-" + i)).reference();
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(TermsException.class);
                return null;
            }
        }).stream().filter(Objects::nonNull).toList();

        assertThat(stored).hasSize(3);
        assertThat(spent()).isEqualByComparingTo("30");
    }

    private static Transaction waiting(String reference, Instant time) {
        return at(reference, reference, time).repeatable(Repetition.of(Map.of("PartyB", "254712345678"), true)
                .departing(Departure.inTurn(true)));
    }

    @Test
    void equalPayoutsAreStoredToBeSentOneAfterTheOther() {
        Transaction first = open(waiting("a", NOW), EQUAL);
        assertThat(first.waitsToBeSent()).isFalse();
        assertThat(first.mayBeRepeated()).isFalse();
        assertThat(first.fateUnknown(NOW, NOW).mayBeRepeated()).isTrue();

        Transaction second = open(waiting("b", NOW.plusSeconds(1)), EQUAL);
        assertThat(second.waitsToBeSent()).isTrue();
        assertThat(second.departure().notBefore()).isEqualTo(NOW.plus(GAP));
        assertThat(second.dueAt()).isEqualTo(NOW.plus(GAP).plus(Line.TAKE_OVER));
        assertThat(repository.find("b").join()).isEqualTo(second);
        assertThat(open(waiting("c", NOW.plusSeconds(1)), EQUAL).departure().notBefore()).isEqualTo(NOW.plus(GAP.multipliedBy(2)));
        assertThat(refused(waiting("d", NOW.plusSeconds(2)), EQUAL).freeAt()).isEqualTo(NOW.plus(GAP.multipliedBy(3)));

        repository.abandon("c", Outcome.builder().status(PaymentStatus.FAILED).build()).join();
        assertThat(open(waiting("d", NOW.plusSeconds(2)), EQUAL).departure().notBefore()).as("in its place")
                .isEqualTo(NOW.plus(GAP.multipliedBy(2)));
        assertThat(repository.claimDue("default", NOW.plus(GAP).plus(Line.TAKE_OVER), NOW.plusSeconds(900), 10).join())
                .extracting(Transaction::reference).containsExactly("b");
    }

    @RepeatedTest(3)
    void ofManyThatTakeOneToSendItOneDoes() throws Exception {
        open(waiting("a", NOW), EQUAL);
        open(waiting("b", NOW), EQUAL);

        List<Boolean> taken = together(MANY, i -> {
            boolean[] ours = new boolean[1];
            repository.update("b", current -> {
                ours[0] = current.waitsToBeSent();
                return ours[0] ? current.departs(true, NOW.plusSeconds(60), NOW) : current;
            }).join();
            return ours[0];
        });

        assertThat(taken.stream().filter(ours -> ours)).hasSize(1);
        assertThat(repository.find("b").join().isUnattended()).isTrue();
    }

    private static Transaction held(String reference, Instant time) {
        return at(reference, reference, time).repeatable(Repetition.of(Map.of("PartyB", "254712345678"), true)
                .departing(Departure.approval(true, "Amina")).ofBudget(BUDGET.day())).held(time.plusSeconds(3_600));
    }

    @Test
    void whatIsHeldIsListedAndCounted() {
        Transaction second = spend(held("b", NOW));
        Transaction first = spend(held("a", NOW.minusSeconds(1)));
        repository.open(intent("c", null), null).join();
        repository.open(intent("d", null).repeatable(Repetition.none().departing(Departure.approval(false, "Amina"))).held(NOW.plusSeconds(9))
                .of("other"), null).join();

        assertThat(repository.findHeld("default", 10).join()).containsExactly(first, second);
        assertThat(repository.findHeld("default", 1).join()).containsExactly(first);
        assertThat(spent()).isEqualByComparingTo("20");
        assertThat(repository.claimDue("default", NOW.plusSeconds(3_599), NOW.plusSeconds(9_000), 10).join())
                .extracting(Transaction::reference).containsExactly("a");
    }

    @Test
    void whatNobodyWaitsForIsToldWhenItIsGivenUp() {
        spend(held("a", NOW));
        Outcome no = Outcome.builder().status(PaymentStatus.FAILED).resultDescription("no").build();
        Interest books = new Interest("books", "stkPush", null);
        Node node = new Node("default", "one");

        assertThat(repository.abandon("a", no, payment -> false).join().status()).isEqualTo(PaymentStatus.HELD);
        assertThat(repository.outbox().claim(node, List.of(books), NOW, 10).join()).isEmpty();
        Transaction ended = repository.abandon("a", no).join();
        repository.abandon("a", no).join();

        assertThat(ended.isGivenUp()).isTrue();
        assertThat(spent()).isZero();
        assertThat(repository.findHeld("default", 10).join()).isEmpty();
        List<Delivery> told = repository.outbox().claim(node, List.of(books), NOW, 10).join();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).outcome()).isEqualTo(ended.outcome());
        assertThat(open(intent("b", "a")).reference()).as("its key is free").isEqualTo("b");
    }
}
