package io.github.cameldaraja.examples.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cameldaraja.examples.chaos.plan.Kind;
import io.github.cameldaraja.examples.chaos.plan.Payment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit finds each kind of fault, that one and nothing else, among orders that went well. */
class AuditTest {

    private static final int PUSH = 4;
    private static final int PAYOUT = 5;
    private static final int PAY_BILL = 6;
    private static final int RETURN = 7;

    private static Ground ground;

    private Scene scene;

    @BeforeAll
    static void open() {
        ground = new Ground();
    }

    @AfterAll
    static void close() throws Exception {
        ground.close();
    }

    @BeforeEach
    void set() {
        scene = new Scene(ground);
    }

    @Test
    void findsNothingWhenAllWentWell() throws Exception {
        scene.wellBut();

        Report report = scene.audit().run();

        assertThat(report.findings()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.result()).isEqualTo("lost 0, twice 0, wrong 0, unresolved without reason 0 (excused 0)");
        assertThat(report.lines()).extracting(Line::name, Line::moved, line -> line.movedShillings().longValueExact(),
                        Line::booked, line -> line.bookedShillings().longValueExact())
                .containsExactly(line("prompts", 4, 424), line("pay bill", 4, 432), line("pay bill, to be returned", 4, 436),
                        line("all in", 12, 1292), line("payouts", 4, 428), line("returned", 4, 436), line("all out", 8, 864));
    }

    private static Tuple line(String name, long orders, long shillings) {
        return tuple(name, orders, shillings, orders, shillings);
    }

    // lost

    @Test
    void findsAPaymentThatNobodyBooked() throws Exception {
        scene.wellBut(PUSH);
        scene.paysIn(PUSH, "UC2X");
        scene.answers(PUSH, "PENDING");
        scene.hears(PUSH, "stkPush", "COMPLETED");
        scene.stores(PUSH, "stkPush", "COMPLETED");

        onlyFinds(Fault.LOST, PUSH, "the ledger has nothing");
    }

    @Test
    void findsAPaymentThatNoRouteWasTold() throws Exception {
        scene.wellBut(PAYOUT);
        scene.paysOut(PAYOUT, "UC2X");
        scene.answers(PAYOUT, "PENDING");
        scene.books(PAYOUT, "UC2X", Scene.amount(PAYOUT));
        scene.stores(PAYOUT, "b2c", "COMPLETED");

        onlyFinds(Fault.LOST, PAYOUT, "no route was told");
    }

    @Test
    void findsAPaymentOfACustomerThatNobodyKnows() throws Exception {
        scene.wellBut(PAY_BILL);
        scene.paysIn(PAY_BILL, "UC2X");

        onlyFinds(Fault.LOST, PAY_BILL, "the ledger has nothing, no route was told");
    }

    @Test
    void anIntentThatIsNotStoredExcusesNothing() throws Exception {
        scene.wellBut(PUSH);
        scene.paysIn(PUSH, "UC2X");
        scene.answers(PUSH, "DarajaNotSentException");
        scene.excuse(PUSH);

        onlyFinds(Fault.LOST, PUSH, "no route was told");
    }

    @Test
    void aTelltaleAlertIsNotARouteThatWasTold() throws Exception {
        scene.wellBut(PAY_BILL);
        scene.paysIn(PAY_BILL, "UC2X");
        scene.books(PAY_BILL, "UC2X", Scene.amount(PAY_BILL));
        scene.hears(Scene.reference(PAY_BILL), PAY_BILL, "c2bConfirmation", "COMPLETED", "alert");

        onlyFinds(Fault.LOST, PAY_BILL, "no route was told");
    }

    // twice

    @Test
    void findsMoneyThatIsBookedTwice() throws Exception {
        scene.wellBut();
        scene.books("other", "IN", PUSH, Scene.receipt(PUSH), BigDecimal.valueOf(Scene.amount(PUSH)));

        onlyFinds(Fault.TWICE, PUSH, "and booked");
    }

    @Test
    void findsASecondBookingWithoutAReceipt() throws Exception {
        scene.wellBut();
        scene.books("other", "OUT", PAYOUT, null, BigDecimal.valueOf(Scene.amount(PAYOUT)));

        onlyFinds(Fault.TWICE, PAYOUT, "and booked");
    }

    @Test
    void findsASecondPromptThatWasPaid() throws Exception {
        scene.wellBut();
        scene.paysIn(PUSH, "UC2SECOND");
        scene.stores("other", "stkPush", "COMPLETED", false);
        scene.hears("other", PUSH, "stkPush", "COMPLETED", "from");
        scene.books("other", "IN", PUSH, "UC2SECOND", BigDecimal.valueOf(Scene.amount(PUSH)));

        onlyFinds(Fault.TWICE, PUSH, "moved 2 times");
    }

    @Test
    void findsASecondPayout() throws Exception {
        scene.wellBut();
        scene.paysOut(PAYOUT, "UC2SECOND");

        Report report = scene.audit().run();

        assertThat(report.numbers(Fault.TWICE)).containsExactly(PAYOUT);
        assertThat(report.numbers(Fault.LOST)).as("the second one is in nobody's books").containsExactly(PAYOUT);
        assertThat(report.findings()).hasSize(2);
    }

    @Test
    void findsMoneyThatWasSentBackTwice() throws Exception {
        scene.wellBut();
        scene.givesBack(RETURN);
        scene.books("other", "OUT", RETURN, null, BigDecimal.valueOf(Scene.amount(RETURN)));

        onlyFinds(Fault.TWICE, RETURN, "out: moved 2 times");
    }

    @Test
    void findsTheSameReceiptBookedForBothOfTwoMovements() throws Exception {
        scene.wellBut(PUSH);
        scene.paysIn(PUSH, "UC2A");
        scene.paysIn(PUSH, "UC2B");
        scene.answers(PUSH, "PENDING");
        scene.hears(PUSH, "stkPush", "COMPLETED");
        scene.stores(PUSH, "stkPush", "COMPLETED");
        scene.books(PUSH, "UC2A", Scene.amount(PUSH));
        scene.books("other", "IN", PUSH, "UC2A", BigDecimal.valueOf(Scene.amount(PUSH)));

        Report report = scene.audit().run();

        assertThat(report.findings()).hasSize(2).allMatch(finding -> finding.fault() == Fault.TWICE && finding.number() == PUSH);
        assertThat(report.count(Fault.TWICE)).as("one order").isEqualTo(1);
    }

    @Test
    void findsABookingThatTheLedgerHadToRefuse() throws Exception {
        scene.wellBut();
        scene.hears(Scene.reference(PUSH), PUSH, "stkPush", "COMPLETED", "twice");

        onlyFinds(Fault.TWICE, PUSH, "about to book it 2 times");
    }

    // wrong

    @Test
    void findsAnAmountThatIsOneShillingOff() throws Exception {
        scene.wellBut(PUSH);
        scene.paysIn(PUSH, "UC2X");
        scene.answers(PUSH, "PENDING");
        scene.hears(PUSH, "stkPush", "COMPLETED");
        scene.stores(PUSH, "stkPush", "COMPLETED");
        scene.books(PUSH, "UC2X", Scene.amount(PUSH) + 1);

        onlyFinds(Fault.WRONG, PUSH, "booked 105 (UC2X), moved [104 (UC2X)]");
    }

    @Test
    void findsABookingWithoutAnAmount() throws Exception {
        scene.wellBut(PUSH);
        scene.paysIn(PUSH, "UC2X");
        scene.answers(PUSH, "PENDING");
        scene.hears(PUSH, "stkPush", "COMPLETED");
        scene.stores(PUSH, "stkPush", "COMPLETED");
        scene.books(Scene.reference(PUSH), "IN", PUSH, "UC2X", null);

        onlyFinds(Fault.WRONG, PUSH, "booked no amount");
    }

    @Test
    void findsMoneyThatMovedInAnotherAmountThanOrdered() throws Exception {
        scene.wellBut(PUSH);
        scene.paysIn(PUSH, "UC2X", 7);
        scene.answers(PUSH, "PENDING");
        scene.hears(PUSH, "stkPush", "COMPLETED");
        scene.stores(PUSH, "stkPush", "COMPLETED");
        scene.books(PUSH, "UC2X", 7);

        onlyFinds(Fault.WRONG, PUSH, "ordered 104");
    }

    @Test
    void findsAReceiptThatIsNotSafaricoms() throws Exception {
        scene.wellBut(PAYOUT);
        scene.paysOut(PAYOUT, "UC2X");
        scene.answers(PAYOUT, "PENDING");
        scene.hears(PAYOUT, "b2c", "COMPLETED");
        scene.stores(PAYOUT, "b2c", "COMPLETED");
        scene.books(PAYOUT, "UC2OTHER", Scene.amount(PAYOUT));

        onlyFinds(Fault.WRONG, PAYOUT, "booked with receipt UC2OTHER");
    }

    @Test
    void findsMoneyInTheLedgerThatNeverMoved() throws Exception {
        scene.wellBut(PUSH);
        failed(PUSH);
        scene.books(PUSH, null, Scene.amount(PUSH));

        onlyFinds(Fault.WRONG, PUSH, "the ledger has [104], and nothing has moved");
    }

    @Test
    void findsARouteThatWasToldCompletedOfNothing() throws Exception {
        scene.wellBut(PAYOUT);
        scene.answers(PAYOUT, "PENDING");
        scene.hears(PAYOUT, "b2c", "COMPLETED");
        scene.stores(PAYOUT, "b2c", "COMPLETED");

        onlyFinds(Fault.WRONG, PAYOUT, "a route was told COMPLETED, and nothing has moved");
    }

    @Test
    void findsAClientWhoWasToldCompletedOfNothing() throws Exception {
        scene.wellBut(PUSH);
        scene.answers(PUSH, "COMPLETED");
        scene.hears(PUSH, "stkPush", "FAILED");
        scene.stores(PUSH, "stkPush", "FAILED");

        onlyFinds(Fault.WRONG, PUSH, "the client was told COMPLETED, and nothing has moved");
    }

    @Test
    void findsALastWordThatIsAFailureOfMoneyThatMoved() throws Exception {
        scene.wellBut();
        scene.hears(PUSH, "stkPush", "CANCELLED");

        onlyFinds(Fault.WRONG, PUSH, "the last word that a route has heard is CANCELLED");
    }

    @Test
    void excusesALastWordThatIsAFailureIfSafaricomHasContradictedItselfAndAPersonWasTold() throws Exception {
        scene.wellBut();
        scene.hears(PUSH, "stkPush", "CANCELLED");
        ground.update("update daraja_payment set disputed = true where reference = ?", Scene.reference(PUSH));

        onlyFinds(Fault.WRONG, PUSH, "the last word");
        scene.contradicts(PUSH);
        onlyFinds(Fault.EXCUSED, PUSH, "the first callback was a lie, and a person was told");
    }

    @Test
    void anExcuseOfOnePaymentIsNoneForAnother() throws Exception {
        scene.wellBut(PUSH);
        scene.answers(PUSH, "DarajaOutcomeUnknownException");
        scene.stores("first", "stkPush", "UNRESOLVED", false);
        scene.hears("first", PUSH, "stkPush", null, "alert");
        scene.stores("second", "stkPush", "UNRESOLVED", false);
        scene.hears("second", PUSH, "stkPush", null, "alert");
        scene.neverSent.add("second");

        onlyFinds(Fault.UNRESOLVED, PUSH, "first UNRESOLVED, second UNRESOLVED");
        scene.neverSent.add("first");
        onlyFinds(Fault.EXCUSED, PUSH, "it was never sent");
    }

    @Test
    void aContradictionOfWhichNobodyWasToldExcusesNothing() throws Exception {
        scene.wellBut();
        scene.hears(PUSH, "stkPush", "CANCELLED");
        scene.contradicts(PUSH);

        onlyFinds(Fault.WRONG, PUSH, "the last word");
    }

    @Test
    void findsMoneyThatWentTheOtherWay() throws Exception {
        scene.wellBut();
        scene.paysOut(PAY_BILL, "UC2X");
        scene.hears(PAY_BILL, "b2c", "COMPLETED");
        scene.books("other", "OUT", PAY_BILL, "UC2X", BigDecimal.valueOf(Scene.amount(PAY_BILL)));

        onlyFinds(Fault.WRONG, PAY_BILL, "out: nobody has asked for");
    }

    @Test
    void findsMoneyOfStrangers() throws Exception {
        scene.wellBut();
        scene.paysIn(Scene.ORDERS, "UC2X");

        onlyFinds(Fault.WRONG, Finding.NOBODY, "for somebody who has no order");
    }

    @Test
    void findsBookingsThatBelongToNoOrder() throws Exception {
        scene.wellBut();
        ground.update("insert into chaos_ledger (reference, direction, amount) values ('unheard', 'IN', 5)");

        onlyFinds(Fault.WRONG, Finding.NOBODY, "5 for unheard, which is no order");
    }

    @Test
    void addsUpOnceMoreWithoutTheOrders() throws Exception {
        scene.wellBut();
        // no direction, so that no order's side shows it
        ground.update("update chaos_ledger set direction = 'in' where order_id = ?", Payment.id(PUSH));

        onlyFinds(Fault.WRONG, Finding.NOBODY, "Safaricom has moved 1292 IN, the ledger has 1188");
    }

    // open

    @Test
    void findsAnOrderThatIsOpenWithoutAReason() throws Exception {
        scene.wellBut(PUSH);
        scene.answers(PUSH, "UNKNOWN");
        scene.stores(PUSH, "stkPush", "UNKNOWN");

        onlyFinds(Fault.UNRESOLVED, PUSH, "at the end it is ref4 UNKNOWN");
    }

    @Test
    void findsThatAnOpenOrderWasPaid() throws Exception {
        scene.wellBut(PUSH);
        scene.paysIn(PUSH, "UC2X");
        scene.answers(PUSH, "UNKNOWN");
        scene.stores(PUSH, "stkPush", "UNRESOLVED");

        Report report = scene.audit().run();

        assertThat(report.numbers(Fault.LOST)).containsExactly(PUSH);
        assertThat(report.numbers(Fault.UNRESOLVED)).containsExactly(PUSH);
        assertThat(report.findings()).allMatch(finding -> finding.fault() == Fault.LOST || finding.fault() == Fault.UNRESOLVED);
    }

    @Test
    void acceptsAnExcuse() throws Exception {
        scene.wellBut(PUSH, PAYOUT);
        scene.answers(PUSH, "UNKNOWN");
        scene.stores(PUSH, "stkPush", "UNRESOLVED");
        scene.excuse(PUSH);
        scene.paysOut(PAYOUT, "UC2X");
        scene.answers(PAYOUT, "DarajaOutcomeUnknownException");
        scene.stores(PAYOUT, "b2c", "UNKNOWN");
        scene.excuse(PAYOUT);

        Report report = scene.audit().run();

        assertThat(report.isClean()).isTrue();
        assertThat(report.numbers(Fault.EXCUSED)).containsExactly(PUSH, PAYOUT);
        assertThat(report.findings()).as("also the sums").hasSize(2);
        assertThat(report.result()).isEqualTo("lost 0, twice 0, wrong 0, unresolved without reason 0 (excused 2)");
    }

    @Test
    void acceptsNoExcuseWhenATrueWordWasAnswered() throws Exception {
        scene.wellBut(PUSH);
        scene.answers(PUSH, "UNKNOWN");
        scene.stores(PUSH, "stkPush", "UNRESOLVED");
        scene.excuse(PUSH);
        scene.tells(PUSH, Direction.IN, false, 200);

        onlyFinds(Fault.UNRESOLVED, PUSH, "no excuse: its callback said that it was not paid, and was answered 200");
    }

    @Test
    void acceptsAnExcuseWhenTheTrueWordWasNotTakenOrWasALie() throws Exception {
        scene.wellBut(PUSH);
        scene.answers(PUSH, "UNKNOWN");
        scene.stores(PUSH, "stkPush", "UNRESOLVED");
        scene.excuse(PUSH);
        scene.tells(PUSH, Direction.IN, false, 503);
        scene.tells(PUSH, Direction.IN, false, -1);
        scene.tells(PUSH, Direction.IN, true, 200);
        scene.tells(PUSH, Direction.OUT, false, 200);

        onlyFinds(Fault.EXCUSED, PUSH, "callback and acknowledgement are lost");
    }

    @Test
    void findsAnOrderWhoseClientWasNeverAnswered() throws Exception {
        scene.wellBut(PAYOUT);

        onlyFinds(Fault.UNRESOLVED, PAYOUT, "never answered");
    }

    @Test
    void findsAnOrderThatTheStoreHasForgotten() throws Exception {
        scene.wellBut(PUSH);
        scene.answers(PUSH, "PENDING");

        onlyFinds(Fault.UNRESOLVED, PUSH, "told PENDING, and the store has no end of it");
    }

    @Test
    void findsAnOrderWithASecondPaymentThatIsOpen() throws Exception {
        scene.wellBut();
        scene.hears("other", PUSH, "stkPush", "UNKNOWN", "exchange");
        scene.stores("other", "stkPush", "PENDING", false);

        onlyFinds(Fault.UNRESOLVED, PUSH, "at the end it is other PENDING");
    }

    @Test
    void findsMoneyThatWasNeverSentBack() throws Exception {
        scene.wellBut(RETURN);
        scene.paidAtThePhone(RETURN);

        onlyFinds(Fault.UNRESOLVED, RETURN, "never sent back");
    }

    @Test
    void findsOpenPaymentsThatNoTableNames() throws Exception {
        scene.wellBut();
        scene.stores("secret", "stkPush", "PENDING", false);

        onlyFinds(Fault.UNRESOLVED, Finding.NOBODY, "stkPush secret is PENDING");
    }

    @Test
    void isToldByOthersWhosePaymentItIs() throws Exception {
        scene.wellBut();
        scene.stores("secret", "stkPush", "PENDING", false);
        Report report = scene.audit()
                .withReferences(reference -> reference.equals("secret") ? Optional.of(PUSH) : Optional.empty()).run();

        assertThat(report.findings()).extracting(Finding::fault, Finding::number).containsExactly(
                tuple(Fault.UNRESOLVED, PUSH));
    }

    // what is no fault

    @Test
    void aFailureIsFine() throws Exception {
        scene.wellBut(PUSH, PAYOUT, RETURN);
        failed(PUSH);
        scene.answers(PAYOUT, "FAILED");
        scene.hears(PAYOUT, "b2c", "FAILED");
        scene.stores(PAYOUT, "b2c", "FAILED");
        scene.paidAtThePhone(RETURN);
        scene.hears(Scene.returning(RETURN), RETURN, "reversal", "FAILED", "from");
        scene.stores(Scene.returning(RETURN), "reversal", "FAILED", false);

        findsNothing();
    }

    @Test
    void aRefusalIsFine() throws Exception {
        scene.wellBut(PUSH, PAYOUT);
        scene.answers(PUSH, "DarajaRequestException");
        scene.answers(PAYOUT, "DarajaThrottledException");

        findsNothing();
    }

    @Test
    void aCustomerWhoDoesNotPayIsFine() throws Exception {
        scene.wellBut(PAY_BILL, RETURN);

        findsNothing();
    }

    @Test
    void aCorrectionAfterAFailureIsFine() throws Exception {
        scene.wellBut(PUSH);
        scene.hears(PUSH, "stkPush", "FAILED");
        scene.well(PUSH);

        findsNothing();
    }

    @Test
    void anEnrichmentIsFine() throws Exception {
        scene.wellBut(PUSH);
        scene.paysIn(PUSH, "UC2X");
        scene.answers(PUSH, "COMPLETED");
        scene.hears(Scene.reference(PUSH), PUSH, "stkPush", "COMPLETED", "exchange");
        scene.books(PUSH, null, Scene.amount(PUSH));
        scene.hears(PUSH, "stkPush", "COMPLETED");
        scene.stores(PUSH, "stkPush", "COMPLETED");

        findsNothing();
    }

    @Test
    void anExchangeThatDidNotWaitLongEnoughIsFine() throws Exception {
        scene.wellBut();
        scene.hears(Scene.reference(PUSH), PUSH, "stkPush", "UNKNOWN", "exchange");

        findsNothing();
    }

    @Test
    void anEarlierAttemptThatWasRefusedIsFine() throws Exception {
        scene.wellBut();
        scene.hears("first", PUSH, "stkPush", "UNKNOWN", "exchange");
        scene.stores("first", "stkPush", "FAILED", false);

        findsNothing();
    }

    @Test
    void questionsAreNotPayments() throws Exception {
        scene.wellBut();
        scene.stores("question", "transactionStatus", "PENDING", false);

        findsNothing();
    }

    @Test
    void aDisputeThatIsBookedRightIsFineAndCounted() throws Exception {
        scene.wellBut();
        ground.update("update daraja_payment set disputed = true where reference = ?", Scene.reference(PUSH));

        assertThat(scene.audit().run().disputed()).isEqualTo(1);
        findsNothing();
    }

    @Test
    void aLieOfSafaricomsExcusesNoBooking() throws Exception {
        scene.wellBut(PUSH);
        scene.answers(PUSH, "PENDING");
        scene.hears(PUSH, "stkPush", "COMPLETED");
        scene.books(PUSH, "UC2LIE", Scene.amount(PUSH));
        scene.stores(PUSH, "stkPush", "COMPLETED");
        scene.excuse(PUSH);
        scene.tells(PUSH, Direction.IN, true, 200);

        onlyFinds(Fault.WRONG, PUSH, "nothing has moved");
    }

    // what has not arrived

    @Test
    void reportsOutcomesThatHaveNotArrived() throws Exception {
        scene.wellBut();
        scene.delivers(PUSH, "PARKED");
        scene.delivers(PAYOUT, "FREE");
        scene.delivers(PAY_BILL, "DELIVERED");

        Report report = scene.audit().run();

        assertThat(report.findings()).isEmpty();
        assertThat(report.isClean()).isFalse();
        assertThat(report.leftovers().parked()).isEqualTo(1);
        assertThat(report.leftovers().undelivered()).isEqualTo(1);
        assertThat(printed(report)).contains("NOT ARRIVED: undelivered 1, parked 1, spooled 0", "stkPush ref4 is PARKED in attempt 3");
    }

    @Test
    void reportsCallbacksThatAreStillSpooled(@TempDir Path spool) throws Exception {
        scene.wellBut();
        Path node = Files.createDirectory(spool.resolve("node-1-a"));
        Files.createFile(node.resolve("lock"));
        Files.createFile(node.resolve("1772442000000-a.callback.tmp"));
        List<Path> spools = List.of(spool, spool.resolve("none"));

        assertThat(scene.audit().withSpools(spools).run().isClean()).isTrue();

        Files.createFile(node.resolve("1772442000000-a.callback"));
        Report report = scene.audit().withSpools(spools).run();
        assertThat(report.isClean()).isFalse();
        assertThat(report.leftovers().spooled()).isEqualTo(1);
    }

    // many

    @Test
    void findsTheOneAmongTenThousand() throws Exception {
        int orders = 10_000;
        int lost = 6_789;
        ground.update("insert into chaos_order select 'C' || lpad(i::text, 7, '0'), 'ref' || i, 'PENDING', now()"
                + " from generate_series(0, ?) i", orders - 1);
        ground.update("insert into chaos_heard (order_id, reference, operation, status, via) select order_id, reference, 'stkPush',"
                + " 'COMPLETED', 'from' from chaos_order");
        ground.update("insert into chaos_ledger select reference, 'IN', order_id, 250, null, 'a', now() from chaos_order"
                + " where reference <> ?", Scene.reference(lost));
        ground.update("insert into daraja_payment (reference, operation, account, status, ended, created_at, updated_at, disputed,"
                + " questions, held) select reference, 'stkPush', 'default', 'COMPLETED', true, now(), now(), false, 0, false"
                + " from chaos_order");
        for (int number = 0; number < orders; number++) {
            scene.paysIn(number, Scene.receipt(number), 250);
        }

        Report report = new Audit(orders, AuditTest::push, new Safaricom(scene.payments, scene.transfers), ground.database()).run();

        assertThat(report.findings()).hasSize(1);
        assertThat(report.numbers(Fault.LOST)).containsExactly(lost);
        assertThat(report.lines().get(0).movedShillings()).isEqualByComparingTo("2500000");
        assertThat(report.lines().get(0).bookedShillings()).isEqualByComparingTo("2499750");
    }

    private static Payment push(int number) {
        return new Payment(number, Kind.PUSH, null, Payment.phone(number), 250, false, false);
    }

    // what it prints

    @Test
    void printsTheMoneyTheRunAndTheWholeStoryOfAFault() throws Exception {
        scene.wellBut();
        scene.hears(PUSH, "stkPush", "CANCELLED");

        Report report = scene.audit().withStories(number -> "callback doubled\nquery answers late",
                number -> List.of("09:00:01 callback, answered 200")).run();

        assertThat(printed(report)).containsSubsequence("Seed 7, plan 9a8b", "all in", "1,292", "1,292", "all out", "864", "864",
                "callback doubled  ", "12,000", "applications killed", "50", "wrong, C0000004", "wrong: C0000004",
                "The story of C0000004: PUSH of 104", "wrong, C0000004", "planned: callback doubled", "planned: query answers late",
                "Safaricom's books, in: 104 (UC20000004)", "wire: 09:00:01 callback, answered 200",
                "client: reference ref4, answered PENDING", "route: via from, node a, reference ref4, operation stkPush, status COMPLETED",
                "ledger: node a, direction IN, reference ref4", "stored: reference ref4", "status CANCELLED",
                "lost 0, twice 0, wrong 1, unresolved without reason 0 (excused 0)");
    }

    private static String printed(Report report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8),
                new Run(7, "9a8b", Map.of("callback doubled", 12_000L), 50, 20, 5, Duration.ofSeconds(300)));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void failed(int number) {
        scene.answers(number, "CANCELLED");
        scene.hears(number, "stkPush", "CANCELLED");
        scene.stores(number, "stkPush", "CANCELLED");
    }

    private void findsNothing() throws Exception {
        Report report = scene.audit().run();
        assertThat(report.findings()).isEmpty();
        assertThat(report.isClean()).isTrue();
    }

    private void onlyFinds(Fault fault, int number, String what) throws Exception {
        Report report = scene.audit().run();
        assertThat(report.findings()).as(Arrays.toString(report.findings().toArray())).hasSize(1);
        assertThat(report.findings().get(0).fault()).isEqualTo(fault);
        assertThat(report.findings().get(0).number()).isEqualTo(number);
        assertThat(report.findings().get(0).what()).contains(what);
        assertThat(report.isClean()).isEqualTo(fault == Fault.EXCUSED);
    }
}
