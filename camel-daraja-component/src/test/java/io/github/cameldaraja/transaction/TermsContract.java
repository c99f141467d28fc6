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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
}
