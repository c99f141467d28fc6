package io.github.cameldaraja.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.Arrivals.Fate;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A payment that comes by itself counts exactly once, through whichever doors and in whatever order it comes. */
class ArrivalsTest {

    private static final String SHORT_CODE = "174379";
    private static final String RECEIPT = "UKL7ABCDE1";
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Accounts ACCOUNTS = accounts();

    private static final class Setup {
        private Instant now = Instant.parse("2026-11-21T09:00:00Z");
        private final Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        private final MemoryTransactionRepository memory = new MemoryTransactionRepository(clock, 1000);
        private final FailingRepository repository = new FailingRepository(memory);
        private final Deliveries deliveries = new Deliveries(clock, repository.outbox(), operation -> false, 1, Duration.ofSeconds(1));
        private final Door door = new Door(repository, deliveries, new Alarms(clock, repository.outbox(), deliveries));
        private final Arrivals arrivals = new Arrivals(clock, Transaction.DEFAULT_APPLICATION, repository, door, ACCOUNTS, WINDOW);
        private final List<Outcome> told = new CopyOnWriteArrayList<>();

        private Setup() {
            deliveries.start(new Node("default", "node"));
            for (String operation : List.of("stkPush", "c2bConfirmation", "billPayment", "pullTransactions")) {
                deliveries.subscribe(new TestSubscriber(new Interest("group", operation, null), outcome -> {
                    told.add(outcome);
                    return Taker.Taken.WELL;
                }));
            }
        }

        private void push(String reference) {
            repository.open(Transaction.intent(reference, "stkPush", "shop", SHORT_CODE, null, new BigDecimal("100"), "254712345678",
                    "INV-1", Map.of("order", reference), now).asking("f", null), null).join();
        }

        private Verdict callback(String reference, PaymentStatus status, String receipt) {
            return settle(Source.CALLBACK, reference, status, receipt);
        }

        private Verdict settle(Source source, String reference, PaymentStatus status, String receipt) {
            return door.settle(Outcome.builder().reference(reference).status(status)
                    .resultCode(status == PaymentStatus.COMPLETED ? "0" : "1032").receiptNumber(receipt).source(source).build()).join()
                    .settlement().verdict();
        }

        private Outcome answerWithoutReceipt(String reference) {
            Transaction push = memory.find(reference).join();
            return arrivals.paidWithoutReceipt(push, push.complete(Outcome.builder().status(PaymentStatus.COMPLETED).resultCode("0")
                    .source(Source.QUERY).build())).join().settlement().outcome();
        }

        private Fate confirm(String receipt) {
            return arrivals.arrive(confirmation(receipt).transactionDate(now.atOffset(ZoneOffset.ofHours(3))).build(), SHORT_CODE)
                    .join().fate();
        }

        private void pass(Duration time) {
            now = now.plus(time);
            for (Transaction due : repository.claimDue("default", now, now.plusSeconds(120), 100).join()) {
                if (due.held() != null && due.isArrival()) {
                    arrivals.due(due).join();
                }
            }
        }

        private List<String> paid() {
            return told.stream().filter(Outcome::isCompleted).map(one -> one.operation() + ' ' + one.receiptNumber()).toList();
        }

        private Transaction arrival(String receipt) {
            return memory.find(References.ofReceipt(SHORT_CODE, receipt)).join();
        }
    }

    private static Outcome.Builder confirmation(String receipt) {
        return Outcome.builder().operation("c2bConfirmation").account("shop").status(PaymentStatus.COMPLETED).receiptNumber(receipt)
                .amount(new BigDecimal("100.00")).phoneNumber("2547 ***** 678").accountReference("inv-1 ")
                .source(Source.CONFIRMATION);
    }

    private static Accounts accounts() {
        DarajaAccount shop = new DarajaAccount();
        shop.setShortCode(SHORT_CODE);
        return new Accounts(new DefaultCamelContext(), new DarajaAccount(), Map.of("shop", shop), null);
    }

    private final Setup setup = new Setup();

    @Test
    void aPaymentOfItsOwnCountsAtOnceAndOnce() {
        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.COUNTED);
        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.KNOWN);
        assertThat(setup.confirm(' ' + RECEIPT.toLowerCase(java.util.Locale.ROOT))).isEqualTo(Fate.KNOWN);
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("c2bConfirmation " + RECEIPT);
        assertThat(setup.told.get(0).verdict()).isEqualTo(Verdict.APPLIED);
        assertThat(setup.told.get(0).reference()).matches("[0-9a-f]{32}").isEqualTo(References.ofReceipt(SHORT_CODE, RECEIPT));
        assertThat(setup.arrival(RECEIPT).dueAt()).isNull();
    }

    @Test
    void aPulledRowOfAConfirmedPaymentIsKnown() {
        setup.confirm(RECEIPT);
        Fate fate = setup.arrivals.arrive(confirmation(RECEIPT).operation("pullTransactions").source(Source.PULL).build(), SHORT_CODE)
                .join().fate();

        assertThat(fate).isEqualTo(Fate.KNOWN);
        assertThat(setup.paid()).hasSize(1);
    }

    @Test
    void anotherShortCodeHasReceiptsOfItsOwn() {
        setup.confirm(RECEIPT);
        assertThat(setup.arrivals.arrive(confirmation(RECEIPT).build(), "600000").join().fate()).isEqualTo(Fate.COUNTED);
    }

    @Test
    void theConfirmationComesAfterTheCallback() {
        setup.push("a");
        assertThat(setup.callback("a", PaymentStatus.COMPLETED, RECEIPT)).isEqualTo(Verdict.APPLIED);

        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.KNOWN);
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
        assertThat(setup.memory.all()).hasSize(1);
    }

    @Test
    void theConfirmationComesBeforeTheCallback() {
        setup.push("a");
        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.HELD);
        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.HELD);
        assertThat(setup.told).isEmpty();

        assertThat(setup.callback("a", PaymentStatus.COMPLETED, RECEIPT)).isEqualTo(Verdict.APPLIED);
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
        assertThat(setup.memory.all()).as("the held row is gone").hasSize(1);
        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.KNOWN);
    }

    @Test
    void theCallbackNeverComes() {
        setup.push("a");
        setup.confirm(RECEIPT);
        setup.pass(WINDOW.minusSeconds(1));
        assertThat(setup.told).isEmpty();
        setup.pass(Duration.ofSeconds(1));

        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
        Outcome outcome = setup.told.get(0);
        assertThat(outcome.reference()).isEqualTo("a");
        assertThat(outcome.source()).isEqualTo(Source.CONFIRMATION);
        assertThat(outcome.verdict()).isEqualTo(Verdict.APPLIED);
        assertThat(outcome.phoneNumber()).isEqualTo("254712345678");
        assertThat(outcome.metadata()).containsEntry("order", "a");
        assertThat(setup.memory.all()).hasSize(1);
        assertThat(setup.callback("a", PaymentStatus.COMPLETED, RECEIPT)).as("and then it comes").isEqualTo(Verdict.LATE);
        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.KNOWN);
        assertThat(setup.paid()).hasSize(1);
    }

    @Test
    void theCustomerSaysNoAndPaysByHand() {
        setup.push("a");
        setup.confirm(RECEIPT);
        setup.callback("a", PaymentStatus.CANCELLED, null);
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("c2bConfirmation " + RECEIPT);
        assertThat(setup.memory.find("a").join().status()).isEqualTo(PaymentStatus.CANCELLED);
    }

    @Test
    void theCustomerPaysByHandAndThePromptAsWell() {
        setup.push("a");
        setup.confirm(RECEIPT);
        setup.callback("a", PaymentStatus.COMPLETED, "UKL7ABCDE2");
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("stkPush UKL7ABCDE2", "c2bConfirmation " + RECEIPT);
        assertThat(setup.memory.find("a").join().disputed()).isFalse();
        assertThat(setup.confirm("UKL7ABCDE2")).isEqualTo(Fate.KNOWN);
    }

    @Test
    void aQueryKnewItWithoutTheReceipt() {
        setup.push("a");
        setup.settle(Source.QUERY, "a", PaymentStatus.COMPLETED, null);
        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.HELD);
        setup.pass(WINDOW);

        assertThat(setup.told).extracting(Outcome::verdict).containsExactly(Verdict.APPLIED, Verdict.ENRICHED);
        assertThat(setup.told).extracting(Outcome::reference).containsExactly("a", "a");
        assertThat(setup.memory.all()).hasSize(1);
    }

    @Test
    void aQueryHadItThatItFailed() {
        setup.push("a");
        setup.settle(Source.QUERY, "a", PaymentStatus.CANCELLED, null);
        setup.confirm(RECEIPT);
        setup.pass(WINDOW);

        assertThat(setup.told).extracting(Outcome::verdict).containsExactly(Verdict.APPLIED, Verdict.CORRECTED);
        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
    }

    @Test
    void whenTwoPushesFitNobodyGuesses() {
        setup.push("a");
        setup.push("b");
        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.HELD);
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("c2bConfirmation " + RECEIPT);
        assertThat(setup.callback("a", PaymentStatus.COMPLETED, RECEIPT)).as("a person must look").isEqualTo(Verdict.CONFLICT);
        assertThat(setup.paid()).hasSize(1);
    }

    @Test
    void whatCountsAlreadyIsNotPaidAgainByAnAnswerWithoutAReceipt() {
        setup.push("a");
        setup.push("b");
        setup.confirm(RECEIPT);
        setup.pass(WINDOW);
        assertThat(setup.paid()).containsExactly("c2bConfirmation " + RECEIPT);

        Outcome known = setup.answerWithoutReceipt("a");

        assertThat(known.status()).as("a person must look").isEqualTo(PaymentStatus.UNRESOLVED);
        assertThat(setup.paid()).hasSize(1);
        assertThat(setup.settle(Source.QUERY, "a", PaymentStatus.COMPLETED, null)).isEqualTo(Verdict.CONFLICT);
        assertThat(setup.callback("a", PaymentStatus.COMPLETED, "UKL7ABCDE2")).as("but it was another one").isEqualTo(Verdict.APPLIED);
    }

    @Test
    void aDisputedPushThatCountsTakesItsReceiptAllTheSame() {
        setup.push("a");
        setup.push("b");
        setup.answerWithoutReceipt("b");
        setup.confirm(RECEIPT);
        setup.pass(WINDOW);
        setup.answerWithoutReceipt("a");
        assertThat(setup.callback("a", PaymentStatus.COMPLETED, RECEIPT)).as("b holds it").isEqualTo(Verdict.CONFLICT);

        setup.confirm("UKL7ABCDE2");
        setup.pass(WINDOW);

        assertThat(setup.told).extracting(Outcome::verdict)
                .containsExactly(Verdict.APPLIED, Verdict.ENRICHED, Verdict.APPLIED, Verdict.ENRICHED);
    }

    @Test
    void anAnswerTellsWhichOfTwoPushesIsPaid() {
        setup.push("a");
        setup.push("b");
        setup.confirm(RECEIPT);

        assertThat(setup.answerWithoutReceipt("b").verdict()).isEqualTo(Verdict.APPLIED);
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
        assertThat(setup.told.get(0).reference()).isEqualTo("b");
        assertThat(setup.memory.all()).as("the held row is gone").hasSize(2);
        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.KNOWN);
    }

    @Test
    void anAnswerInTheMomentInWhichThePaymentCountsByItselfIsNotMoney() {
        setup.push("a");
        setup.push("b");
        setup.confirm(RECEIPT);
        List<Outcome> answers = new ArrayList<>();
        setup.repository.before(FailingRepository.Step.SETTLE, () -> answers.add(setup.answerWithoutReceipt("b")));
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
        assertThat(answers).extracting(Outcome::verdict).containsExactly(Verdict.APPLIED);
    }

    @Test
    void aPaymentThatCountsByItselfInTheMomentOfAnAnswerIsTheOnlyOne() {
        setup.push("a");
        setup.push("b");
        setup.confirm(RECEIPT);
        setup.repository.before(FailingRepository.Step.SETTLE, () -> setup.pass(WINDOW));

        assertThat(setup.answerWithoutReceipt("b").status()).as("a person must look").isEqualTo(PaymentStatus.UNRESOLVED);
        assertThat(setup.paid()).containsExactly("c2bConfirmation " + RECEIPT);
    }

    @Test
    void aPushThatWasRefusedAndSentAnewIsOne() {
        setup.push("a");
        setup.repository.abandon("a", Outcome.builder().status(PaymentStatus.FAILED).resultDescription("spike arrest").build()).join();
        setup.push("b");
        setup.confirm(RECEIPT);
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
        assertThat(setup.told.get(0).reference()).isEqualTo("b");
    }

    @Test
    void aPushThatWasRefusedMayBePaidAllTheSame() {
        setup.push("a");
        setup.repository.abandon("a", Outcome.builder().status(PaymentStatus.FAILED).resultDescription("spike arrest").build()).join();
        setup.confirm(RECEIPT);
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
        assertThat(setup.told.get(0).verdict()).isEqualTo(Verdict.CORRECTED);
    }

    @Test
    void anAnswerWithoutAReceiptIsBelievedWhereNothingElseCounts() {
        setup.confirm("UKL7ABCDE9");
        setup.now = setup.now.plus(Duration.ofHours(1));
        setup.push("a");

        assertThat(setup.answerWithoutReceipt("a").verdict()).isEqualTo(Verdict.APPLIED);
    }

    @Test
    void whenOneOfTwoIsDecidedTheOtherOneFits() {
        setup.push("a");
        setup.push("b");
        setup.confirm(RECEIPT);
        setup.callback("a", PaymentStatus.CANCELLED, null);
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
        assertThat(setup.memory.find("b").join().status()).isEqualTo(PaymentStatus.COMPLETED);
    }

    @Test
    void twoPaymentsForOnePushAreTwo() {
        setup.push("a");
        setup.confirm(RECEIPT);
        setup.confirm("UKL7ABCDE2");
        setup.pass(WINDOW);

        assertThat(setup.paid()).hasSize(2).doesNotHaveDuplicates()
                .anyMatch(one -> one.startsWith("stkPush ")).anyMatch(one -> one.startsWith("c2bConfirmation "));
        assertThat(setup.memory.all()).hasSize(2);
    }

    @Test
    void whatIsNotBelievedCountsOnlyWhenItIs() {
        Outcome claim = confirmation(RECEIPT).build();
        assertThat(setup.arrivals.claim(claim, SHORT_CODE).join().fate()).isEqualTo(Fate.UNVERIFIED);
        assertThat(setup.told).isEmpty();
        assertThat(setup.arrival(RECEIPT).status()).isEqualTo(PaymentStatus.PENDING);
        assertThat(setup.arrival(RECEIPT).ids().receiptNumber()).isEqualTo(RECEIPT);
        assertThat(setup.arrival(RECEIPT).dueAt()).as("to be asked about now").isEqualTo(setup.now);

        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.COUNTED);
        assertThat(setup.arrivals.claim(claim, SHORT_CODE).join().fate()).isEqualTo(Fate.KNOWN);
        assertThat(setup.paid()).hasSize(1);
    }

    private Fate answer(Outcome.Builder answer) {
        Transaction claim = setup.arrival(RECEIPT);
        return setup.arrivals.answered(claim, claim.complete(answer.source(Source.QUERY).build())).join().fate();
    }

    private static Outcome.Builder completed(String receipt, String amount, String receiver) {
        return Outcome.builder().status(PaymentStatus.COMPLETED).resultCode("0").receiptNumber(receipt)
                .amount(amount == null ? null : new BigDecimal(amount)).phoneNumber("254712345678")
                .details(receiver == null ? Map.of() : Map.of("CreditPartyName", receiver));
    }

    @Test
    void safaricomsAnswerMakesItCount() {
        setup.arrivals.claim(confirmation(RECEIPT).build(), SHORT_CODE).join();

        assertThat(answer(completed(RECEIPT, "100", SHORT_CODE + " - Shop"))).isEqualTo(Fate.COUNTED);
        assertThat(setup.paid()).containsExactly("c2bConfirmation " + RECEIPT);
        assertThat(setup.told.get(0).phoneNumber()).isEqualTo("254712345678");
        assertThat(setup.told.get(0).source()).isEqualTo(Source.CONFIRMATION);
        assertThat(answer(completed(RECEIPT, "100", SHORT_CODE + " - Shop"))).isEqualTo(Fate.KNOWN);
        assertThat(setup.paid()).hasSize(1);
    }

    @Test
    void anAnswerAboutSomethingElseDoesNot() {
        List<Outcome.Builder> others = List.of(completed(RECEIPT, "1", SHORT_CODE + " - Shop"),
                completed(RECEIPT, "100", "600000 - Other"), completed(RECEIPT, "100", null),
                completed("UKL7ABCDE2", "100", SHORT_CODE + " - Shop"), completed(null, "100", SHORT_CODE + " - Shop"));
        for (Outcome.Builder other : others) {
            Setup fresh = new Setup();
            fresh.arrivals.claim(confirmation(RECEIPT).build(), SHORT_CODE).join();
            Transaction claim = fresh.arrival(RECEIPT);

            assertThat(fresh.arrivals.answered(claim, other.source(Source.QUERY).build()).join().fate()).isEqualTo(Fate.KNOWN);

            assertThat(fresh.told).isEmpty();
            assertThat(fresh.arrival(RECEIPT).status()).isEqualTo(PaymentStatus.UNRESOLVED);
            assertThat(fresh.confirm(RECEIPT)).as("a message that is believed ends it").isEqualTo(Fate.COUNTED);
        }
    }

    @Test
    void whatSafaricomDeniesIsToldToNobody() {
        setup.arrivals.claim(confirmation(RECEIPT).build(), SHORT_CODE).join();

        answer(Outcome.builder().status(PaymentStatus.FAILED));

        assertThat(setup.told).isEmpty();
        assertThat(setup.arrival(RECEIPT).status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(setup.confirm(RECEIPT)).as("and yet it is paid").isEqualTo(Fate.COUNTED);
        assertThat(setup.told).extracting(Outcome::verdict).containsExactly(Verdict.CORRECTED);
    }

    @Test
    void aVerifiedPaymentMayBelongToAPush() {
        setup.push("a");
        setup.arrivals.claim(confirmation(RECEIPT).build(), SHORT_CODE).join();
        assertThat(answer(completed(RECEIPT, "100", SHORT_CODE + " - Shop"))).isEqualTo(Fate.HELD);
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
    }

    @Test
    void whatCannotBeStoredIsAnError() {
        setup.repository.breakDown(FailingRepository.Step.RECEIVE);
        assertThatThrownBy(() -> setup.confirm(RECEIPT)).hasMessageContaining("the store is down");
        assertThat(setup.memory.all()).isEmpty();
    }

    @Test
    void aCrashAfterTheStoringLosesNothing() {
        for (FailingRepository.Step step : List.of(FailingRepository.Step.FIND, FailingRepository.Step.SETTLE)) {
            Setup fresh = new Setup();
            fresh.repository.breakDown(step);
            assertThatThrownBy(() -> fresh.confirm(RECEIPT)).hasMessageContaining("the store is down");
            fresh.repository.repair();
            assertThat(fresh.told).isEmpty();
            fresh.pass(WINDOW);

            assertThat(fresh.paid()).as("%s", step).containsExactly("c2bConfirmation " + RECEIPT);
        }
    }

    @Test
    void aCrashBetweenThePushAndTheRowOfItsOwnLosesNothing() {
        setup.push("a");
        setup.confirm(RECEIPT);
        // what merge() does first; the process dies after it
        setup.door.settle(confirmation(RECEIPT).operation("stkPush").reference("a").build()).join();
        assertThat(setup.arrival(RECEIPT).status()).isEqualTo(PaymentStatus.PENDING);
        setup.pass(WINDOW);

        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
        assertThat(setup.memory.all()).hasSize(1);
    }

    @RepeatedTest(20)
    void callbackAgainstConfirmationFromManyThreads() throws Exception {
        setup.push("a");
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    start.await();
                    return switch (number % 4) {
                        case 0 -> setup.callback("a", PaymentStatus.COMPLETED, RECEIPT);
                        case 1 -> setup.confirm(RECEIPT);
                        case 2 -> setup.arrivals.arrive(confirmation(RECEIPT).operation("pullTransactions").source(Source.PULL)
                                .build(), SHORT_CODE).join();
                        default -> {
                            Transaction held = setup.arrival(RECEIPT);
                            yield held == null || held.held() == null ? null : setup.arrivals.due(held).join();
                        }
                    };
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        setup.pass(WINDOW);
        setup.pass(Duration.ofMinutes(3));

        assertThat(setup.paid()).containsExactly("stkPush " + RECEIPT);
        assertThat(setup.memory.all()).hasSize(1);
        assertThat(setup.memory.find("a").join().disputed()).isFalse();
    }

    /** What can happen to one push and up to two payments that fit it. */
    enum Event { CALLBACK_PAID, CALLBACK_CANCELLED, QUERY_PAID, QUERY_CANCELLED, CONFIRM, PULL, CONFIRM_OTHER, TIME }

    @Property(tries = 2000)
    void whateverComesInWhateverOrder(@ForAll("events") List<Event> events) {
        Setup fresh = new Setup();
        fresh.push("a");
        events.forEach(event -> happen(fresh, event));
        fresh.pass(WINDOW);
        fresh.pass(Duration.ofMinutes(3));

        List<Outcome> counted = fresh.told.stream().filter(one -> one.isCompleted() && one.verdict() != Verdict.ENRICHED).toList();
        assertThat(counted).extracting(Outcome::reference).as("a payment counts once").doesNotHaveDuplicates();
        assertThat(counted.stream().map(Outcome::receiptNumber).filter(java.util.Objects::nonNull)).as("a receipt counts once")
                .doesNotHaveDuplicates();
        for (Event event : List.of(Event.CONFIRM, Event.CONFIRM_OTHER)) {
            String receipt = event == Event.CONFIRM ? RECEIPT : "UKL7ABCDE2";
            if (events.contains(event)) {
                assertThat(fresh.told.stream().filter(one -> receipt.equals(one.receiptNumber()))).as("and is told").isNotEmpty();
            }
        }
        assertThat(fresh.memory.all()).as("nothing stays held").allMatch(row -> row.held() == null);
    }

    /** What can be heard of two pushes that look the same and are both paid: the first with one receipt, the second with another. */
    enum Told { CALLBACK_A, CALLBACK_B, QUERY_A, QUERY_B, CONFIRM_A, CONFIRM_B, TIME }

    @Property(tries = 3000)
    void noMoneyCountsTwiceAlsoWhenNobodyCanTellThePushesApart(@ForAll("tellings") List<Told> tellings) {
        Setup fresh = new Setup();
        fresh.push("a");
        fresh.push("b");
        for (Told one : tellings) {
            switch (one) {
                case CALLBACK_A -> fresh.callback("a", PaymentStatus.COMPLETED, RECEIPT);
                case CALLBACK_B -> fresh.callback("b", PaymentStatus.COMPLETED, "UKL7ABCDE2");
                case QUERY_A -> fresh.answerWithoutReceipt("a");
                case QUERY_B -> fresh.answerWithoutReceipt("b");
                case CONFIRM_A -> fresh.confirm(RECEIPT);
                case CONFIRM_B -> fresh.confirm("UKL7ABCDE2");
                default -> fresh.pass(Duration.ofSeconds(40));
            }
        }
        fresh.pass(WINDOW);
        fresh.pass(Duration.ofMinutes(3));

        long moved = List.of('A', 'B').stream().filter(push -> tellings.stream()
                .anyMatch(one -> one != Told.TIME && one.name().endsWith("_" + push))).count();
        List<Outcome> counted = fresh.told.stream().filter(one -> one.isCompleted() && one.verdict() != Verdict.ENRICHED).toList();
        assertThat(counted).extracting(Outcome::reference).doesNotHaveDuplicates();
        assertThat(counted.size()).as("%s", counted).isLessThanOrEqualTo((int) moved);
    }

    @Provide
    Arbitrary<List<Told>> tellings() {
        return Arbitraries.of(Told.class).list().ofMinSize(1).ofMaxSize(8);
    }

    private static void happen(Setup fresh, Event event) {
        switch (event) {
            case CALLBACK_PAID -> fresh.callback("a", PaymentStatus.COMPLETED, RECEIPT);
            case CALLBACK_CANCELLED -> fresh.callback("a", PaymentStatus.CANCELLED, null);
            case QUERY_PAID -> fresh.settle(Source.QUERY, "a", PaymentStatus.COMPLETED, null);
            case QUERY_CANCELLED -> fresh.settle(Source.QUERY, "a", PaymentStatus.CANCELLED, null);
            case CONFIRM -> fresh.confirm(RECEIPT);
            case PULL -> fresh.arrivals.arrive(confirmation(RECEIPT).operation("pullTransactions").source(Source.PULL).build(),
                    SHORT_CODE).join();
            case CONFIRM_OTHER -> fresh.confirm("UKL7ABCDE2");
            default -> fresh.pass(Duration.ofSeconds(20));
        }
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return Arbitraries.of(Event.class).list().ofMinSize(1).ofMaxSize(8);
    }

    @Test
    void aMessageThatNobodyBelievesCannotSpoilTheTrueOne() {
        setup.arrivals.claim(confirmation(RECEIPT).amount(new BigDecimal("9000")).accountReference("X").build(), SHORT_CODE).join();

        assertThat(setup.confirm(RECEIPT)).isEqualTo(Fate.COUNTED);

        assertThat(setup.told).hasSize(1);
        assertThat(setup.told.get(0).amount()).isEqualByComparingTo("100");
        assertThat(setup.arrival(RECEIPT).amount()).isEqualByComparingTo("100");
        assertThat(setup.arrival(RECEIPT).disputed()).isFalse();
        assertThat(setup.memory.findAlike(SHORT_CODE, new BigDecimal("100"), setup.now, setup.now).join()).hasSize(1);
        assertThat(setup.memory.findAlike(SHORT_CODE, new BigDecimal("9000"), setup.now, setup.now).join()).isEmpty();
    }
}
