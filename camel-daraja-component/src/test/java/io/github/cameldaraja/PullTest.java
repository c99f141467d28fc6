package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PullRegister;
import io.github.cameldaraja.api.PullTransactions;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.FaultPlan;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.PullOddity;
import io.github.cameldaraja.simulator.RequestFault;
import io.github.cameldaraja.simulator.Script;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Payments that nobody told us of are found in the statement, and count once. */
class PullTest extends EndToEnd {

    // a poll ends with its failure, so this is the third query of each
    static final FaultPlan EVERY_THIRD = new FaultPlan() {
        @Override
        public RequestFault pull(int attempt) {
            return attempt % 3 == 2 ? RequestFault.RESET_AFTER : null;
        }
    };

    private final List<Outcome> pulled = new CopyOnWriteArrayList<>();

    // nobody but the test polls
    private Shop shop(String options) {
        return newShop().route("register", "daraja:pullRegister").route("ask", "daraja:pullTransactions")
                .route("c2b", "daraja:c2bRegister").route("push", "daraja:stkPush").collecting("stkPush", "c2bConfirmation")
                .routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("daraja:pullTransactions?startScheduler=false" + options).routeId("pull")
                                .process(e -> pulled.add(e.getMessage().getBody(Outcome.class)));
                    }
                });
    }

    private Shop open() {
        return register(shop("").open());
    }

    private Shop register(Shop shop) {
        assertThat(shop.send("direct:register", Map.of("phoneNumber", "0722000009")).getException()).isNull();
        return shop;
    }

    private static int poll(Shop shop) {
        try {
            return ((PullConsumer) shop.context().getRoute("pull").getConsumer()).poll();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<LedgerEntry> payments(int number) {
        List<LedgerEntry> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(paid("2547130" + (10_000 + i), "inv " + i, 10 + i));
        }
        return all;
    }

    private void assertPulled(List<LedgerEntry> paid) {
        await().until(() -> pulled.size() >= paid.size());
        assertThat(pulled).extracting(Outcome::receiptNumber)
                .containsExactlyInAnyOrderElementsOf(paid.stream().map(LedgerEntry::receipt).toList());
    }

    @Test
    void aShortCodeIsRegisteredOnceInEveryWay() {
        try (Shop shop = shop("").route("uri", "daraja:pullRegister?phoneNumber=0722000009")
                .route("headers", "daraja:pullRegister?requestHeaders=true").open()) {
            PullRegister.Answer first = answer(shop.send("direct:register", new PullRegister.Request("0722 000 009")),
                    PullRegister.Answer.class);
            assertThat(first.alreadyRegistered()).isFalse();
            safaricom.pull().odd(PullOddity.SPACED_KEYS, true);
            for (Exchange again : List.of(shop.send("direct:register", Map.of("NominatedNumber", "254722000009")),
                    shop.send("direct:register", "{\"phoneNumber\":\"0722000009\"}"), shop.send("direct:uri", null),
                    shop.send("direct:headers", null, Map.of("CamelDarajaRequestPhoneNumber", "0722000009")))) {
                assertThat(answer(again, PullRegister.Answer.class).alreadyRegistered()).isTrue();
            }
            assertThat(shop.sent("/pulltransactions/v1/register")).allMatch(body -> body.get("NominatedNumber").asText()
                    .equals("0722000009") && body.get("RequestType").asText().equals("Pull"));
            assertRefused(shop.send("direct:register", Map.of("phoneNumber", "12")), "NominatedNumber", "Kenyan");
            safaricom.pull().nextRegistration(RequestFault.RESET_AFTER);
            assertThat(sendOverPauses(shop, "direct:uri", null, () -> count("pull.registrations"), 2).getException()).isNull();
        }
    }

    @Test
    void aStatementIsAskedForInEveryWay() {
        try (Shop shop = open()) {
            List<LedgerEntry> paid = payments(3);
            safaricom.pull().odd(PullOddity.UTC_TIMES, true);
            OffsetDateTime now = safaricom.clock().instant().atOffset(ZoneOffset.UTC);
            String wire = now.atZoneSameInstant(java.time.ZoneId.of("Africa/Nairobi")).toLocalDateTime().withNano(0).toString();
            for (Exchange done : List.of(
                    shop.send("direct:ask", new PullTransactions.Request(now.minusHours(1), now.plusMinutes(1), null)),
                    shop.send("direct:ask", Map.of("startDate", now.minusHours(1), "endDate", now.plusMinutes(1), "offset", 0)),
                    shop.send("direct:ask", "{\"StartDate\":\"" + wire.substring(0, 10) + " 00:00:00\",\"EndDate\":\""
                    + wire.substring(0, 10) + " 23:59:59\",\"OffSetValue\":\"0\"}"))) {
                PullTransactions.Answer answer = answer(done, PullTransactions.Answer.class);
                assertThat(answer.rows()).extracting(PullTransactions.Row::transactionId)
                        .containsExactlyElementsOf(paid.stream().map(LedgerEntry::receipt).toList());
                assertThat(answer.rows().get(0).amount()).isEqualByComparingTo("10");
                assertThat(answer.rows().get(0).transactionDate().toInstant())
                        .isBetween(paid.get(0).at().minusSeconds(1), paid.get(0).at());
                assertThat(answer.rows().get(0).toString()).doesNotContain("254713010000");
            }
            // asking is not counting
            assertThat(shop.repository().all()).isEmpty();
            assertThat(pulled).isEmpty();
            assertRefused(shop.send("direct:ask", Map.of("startDate", "2026-11-21", "endDate", now)), "StartDate",
                    "a date and a time");
            assertRefused(shop.send("direct:ask", Map.of("startDate", now, "endDate", now.minusHours(1))), "StartDate",
                    "must not be after EndDate");
            safaricom.pull().nextQueryError(400, "400.001", "Bad Request - Invalid ShortCode");
            assertRefusal(shop.send("direct:ask", new PullTransactions.Request(now.minusHours(1), now, null)),
                    DarajaRequestException.class, "400.001", "MERCHANT", false);
        }
    }

    @Test
    void missedConfirmationsAreCountedOnce() {
        safaricom.c2b().allConfirmations(ConfirmationScript.usual().lost());
        try (Shop shop = open()) {
            assertThat(shop.send("direct:c2b", null).getException()).isNull();
            List<LedgerEntry> missed = payments(5);
            assertThat(poll(shop)).as("not yet: their confirmations have two minutes").isZero();
            safaricom.clock().advance(Duration.ofMinutes(3));
            assertThat(poll(shop)).isEqualTo(5);
            assertPulled(missed);
            assertThat(pulled).allMatch(one -> one.isCompleted() && one.source() == Source.PULL
                    && one.operation().equals("pullTransactions") && one.phoneNumber().startsWith("2547130"));
            // the statement writes Nairobi's time with a Z
            assertThat(pulled.stream().filter(one -> one.receiptNumber().equals(missed.get(0).receipt())).findFirst().orElseThrow()
                    .transactionDate().toInstant()).isEqualTo(missed.get(0).at().truncatedTo(ChronoUnit.SECONDS));
            // again and again: the overlap brings them back, and they are known
            for (int i = 0; i < 3; i++) {
                safaricom.clock().advance(Duration.ofMinutes(5));
                assertThat(poll(shop)).isZero();
            }
            // a confirmation that comes after all is known, too
            assertThat(safaricom.c2b().resend(missed.get(0).receipt()).join()).isEqualTo(200);
            shop.look();
            assertThat(pulled).hasSize(5);
            assertThat(shop.outcomes()).isEmpty();
        }
    }

    @Test
    void confirmedPaymentsAreNotPulledAgain() {
        try (Shop shop = open()) {
            assertThat(shop.send("direct:c2b", null).getException()).isNull();
            payments(4);
            safaricom.clock().advance(Duration.ofSeconds(1));
            await().until(() -> shop.outcomes().size() == 4);
            safaricom.clock().advance(Duration.ofMinutes(3));
            assertThat(poll(shop)).isZero();
            assertThat(pulled).isEmpty();
        }
    }

    @Test
    void pagesAreReadToTheirEndAndThePositionMoves() {
        try (Shop shop = open()) {
            List<LedgerEntry> paid = payments(230);
            safaricom.clock().advance(Duration.ofMinutes(3));
            assertThat(poll(shop)).isEqualTo(230);
            assertPulled(paid);
            List<JsonNode> queries = shop.sent("/pulltransactions/v1/query");
            assertThat(queries).extracting(body -> body.get("OffSetValue").asText()).containsExactly("0", "100", "200", "230");
            assertThat(queries).extracting(body -> body.get("StartDate").asText())
                    .containsOnly(queries.get(0).get("StartDate").asText());

            safaricom.clock().advance(Duration.ofHours(3));
            LedgerEntry late = paid("254713099999", "late", 5);
            safaricom.clock().advance(Duration.ofMinutes(3));
            assertThat(poll(shop)).isEqualTo(1);
            await().until(() -> pulled.stream().anyMatch(one -> one.receiptNumber().equals(late.receipt())));
            JsonNode next = shop.sent("/pulltransactions/v1/query").get(queries.size());
            // an hour before the end of the last look
            assertThat(next.get("StartDate").asText()).isGreaterThan(queries.get(0).get("StartDate").asText())
                    .isLessThan(queries.get(0).get("EndDate").asText());
            assertThat(count("pull.rows")).as("the overlap brings the first ones back").isEqualTo(230 + 231);
            safaricom.clock().advance(Duration.ofMinutes(3));
            assertThat(poll(shop)).isZero();
            assertThat(count("pull.rows")).as("and then no more").isEqualTo(230 + 231 + 1);
            assertThat(pulled).hasSize(231);
        }
    }

    @Test
    void aFailureInTheMiddleLosesNothingAndCountsNothingTwice() {
        AtomicInteger received = new AtomicInteger();
        AtomicInteger broken = new AtomicInteger();
        Shop base = shop("").with(component -> component.setRepository(Repositories.of(component.getRepository(),
                (call, arguments) -> {
                    if (call.equals("receive") && received.incrementAndGet() == 50) {
                        // the next page is not answered
                        safaricom.pull().nextQuery(RequestFault.HTML_503_AFTER);
                    }
                    if (call.equals("receive") && broken.get() > 0 && broken.decrementAndGet() == 0) {
                        throw new IllegalStateException("the store is down");
                    }
                    return null;
                })));
        try (Shop shop = register(base.open())) {
            List<LedgerEntry> paid = payments(150);
            safaricom.clock().advance(Duration.ofMinutes(3));
            assertThatThrownBy(() -> poll(shop)).isInstanceOf(DarajaOutcomeUnknownException.class);
            broken.set(120);
            assertThatThrownBy(() -> poll(shop)).hasMessageContaining("the store is down");
            int failed = shop.sent("/pulltransactions/v1/query").size();
            safaricom.clock().advance(Duration.ofSeconds(1));
            poll(shop);
            assertPulled(paid);
            // it began where the slice had begun that was not read to its end
            List<JsonNode> queries = shop.sent("/pulltransactions/v1/query");
            assertThat(queries.get(failed).get("StartDate").asText()).isEqualTo(queries.get(failed - 1).get("StartDate").asText());
            assertThat(new HashSet<>(pulled)).hasSize(150);
        }
    }

    // nobody is told; every second for the first five minutes, every twelve seconds for the hour after them
    private List<LedgerEntry> recorded(int number) {
        Instant first = safaricom.clock().instant().minus(Duration.ofMinutes(70)).truncatedTo(ChronoUnit.SECONDS);
        List<LedgerEntry> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Instant at = first.plusSeconds(i < 300 ? i : 300 + (i - 300) * 12L).plusMillis(i % 3 * 400);
            LedgerEntry payment = new LedgerEntry("UKL" + (1_000_000 + i), at, "2547130" + (10_000 + i), payBill, payBill,
                    BigDecimal.valueOf(10), "inv " + i, null, null);
            safaricom.books().record(payment);
            all.add(payment);
        }
        return all;
    }

    @Test
    void aStatementThatNeverComesToItsEndIsReadPieceByPiece() {
        safaricom.clock().freeze();
        try (Shop shop = open()) {
            assertThat(poll(shop)).as("so far").isZero();
            safaricom.clock().advance(Duration.ofMinutes(70));
            List<LedgerEntry> paid = recorded(600);
            safaricom.plan(EVERY_THIRD);
            int polls = 0;
            while (shop.repository().all().size() < paid.size() && polls < 40) {
                assertThatThrownBy(() -> poll(shop)).isInstanceOf(DarajaException.class);
                polls++;
                safaricom.clock().advance(Duration.ofSeconds(10));
            }
            assertThat(shop.repository().all().size()).as("stored after %d polls", polls).isEqualTo(paid.size());
            assertPulled(paid);

            safaricom.plan(FaultPlan.NONE);
            safaricom.clock().advance(Duration.ofMinutes(5));
            assertThat(poll(shop)).isZero();
            safaricom.clock().advance(Duration.ofHours(2));
            poll(shop);
            safaricom.clock().advance(Duration.ofHours(2));
            int queries = count("pull.queries");
            assertThat(poll(shop)).isZero();
            assertThat(count("pull.queries") - queries).as("a quiet statement costs one query again").isEqualTo(1);
            assertThat(pulled).hasSize(600);
        } finally {
            safaricom.plan(FaultPlan.NONE);
        }
    }

    @Test
    void whatAppearsLateWhereAReadingHasPassedIsFoundWhenItHasComeToItsEnd() {
        safaricom.clock().freeze();
        try (Shop shop = open()) {
            assertThat(poll(shop)).isZero();
            safaricom.clock().advance(Duration.ofMinutes(70));
            List<LedgerEntry> paid = recorded(500);
            safaricom.plan(EVERY_THIRD);
            while (shop.repository().all().size() < 400) {
                assertThatThrownBy(() -> poll(shop)).isInstanceOf(DarajaException.class);
            }
            // within the hour before the end of this reading
            LedgerEntry late = new LedgerEntry("UKM1000000", safaricom.clock().instant().minus(Duration.ofMinutes(61)), "254713099999",
                    payBill, payBill, BigDecimal.valueOf(10), "late", null, null);
            safaricom.books().record(late);
            paid.add(late);
            assertThatThrownBy(() -> poll(shop)).isInstanceOf(DarajaException.class);
            assertThat(shop.repository().all()).noneMatch(one -> late.receipt().equals(one.outcome().receiptNumber()));

            safaricom.plan(FaultPlan.NONE);
            safaricom.clock().advance(Duration.ofMinutes(5));
            poll(shop);

            assertPulled(paid);
        } finally {
            safaricom.plan(FaultPlan.NONE);
        }
    }

    @Test
    void aLongReadingKeepsItsPlaceOnTheWay() {
        safaricom.clock().freeze();
        List<String> positions = new CopyOnWriteArrayList<>();
        Shop base = shop("").with(component -> component.setRepository(Repositories.of(component.getRepository(), (call, arguments) -> {
            if (call.equals("moveCursor") && ((String) arguments[0]).startsWith("pull")) {
                positions.add((String) arguments[1]);
            }
            return null;
        })));
        try (Shop shop = register(base.open())) {
            List<LedgerEntry> paid = recorded(600);
            for (int i = 0; i < 1_800; i++) {
                LedgerEntry payment = new LedgerEntry("UKM" + (1_000_000 + i), paid.get(0).at().plusSeconds(i), "2547131" + (10_000 + i),
                        payBill, payBill, BigDecimal.valueOf(10), "inv " + i, null, null);
                safaricom.books().record(payment);
                paid.add(payment);
            }

            assertThat(poll(shop)).isEqualTo(2_400);

            assertPulled(paid);
            assertThat(positions).as("more than is read in one go").hasSizeGreaterThan(1).extracting(Instant::parse).isSorted();
            assertThat(Instant.parse(positions.get(positions.size() - 1)))
                    .isEqualTo(safaricom.clock().instant().minus(Duration.ofMinutes(2)));
        }
    }

    @Test
    void oddAnswersAreRead() {
        try (Shop shop = open()) {
            List<LedgerEntry> paid = new ArrayList<>();
            int amount = 100;
            for (PullOddity oddity : List.of(PullOddity.SHORT_PHONES, PullOddity.NEWEST_FIRST, PullOddity.FLAT_LIST)) {
                safaricom.pull().odd(oddity, true);
                paid.add(paid("254713000001", "a", amount++));
                paid.add(paid("254713000002", "b", amount++));
                safaricom.clock().advance(Duration.ofMinutes(3));
                assertThat(poll(shop)).as(oddity.name()).isEqualTo(2);
            }
            assertPulled(paid);
            assertThat(pulled).allMatch(one -> one.phoneNumber().matches("254713000001|254713000002"));
        }
    }

    @Test
    void aPulledRowThatFitsAnOpenPushIsItsOutcome() {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        try (Shop shop = register(shop("").with(component -> component.setAskWhenLate(false)).open())) {
            String reference = pending(shop.send("direct:push", new StkPush.Request(PHONE, 100, "INV-1"))).reference();
            await().until(() -> safaricom.books().payments().size() == 1);
            LedgerEntry other = paid("254713000009", "other", 100);
            safaricom.clock().advance(Duration.ofMinutes(3));
            assertThat(poll(shop)).as("the fitting one waits for its callback").isEqualTo(1);
            advance(shop, Duration.ofSeconds(31));
            Outcome paid = told(shop, reference);
            assertThat(paid.operation()).isEqualTo("stkPush");
            assertThat(paid.source()).isEqualTo(Source.PULL);
            assertThat(paid.receiptNumber()).isEqualTo(safaricom.books().payments().get(0).receipt());
            assertThat(shop.payment(reference).status()).isEqualTo(PaymentStatus.COMPLETED);
            safaricom.clock().advance(Duration.ofMinutes(5));
            assertThat(poll(shop)).isZero();
            assertPulled(List.of(other));
        }
    }

    @Test
    void theScheduleLooksByItself() {
        Shop shop = newShop().route("register", "daraja:pullRegister").routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:pullTransactions?initialDelay=0&delay=50&lag=0s").process(
                        e -> pulled.add(e.getMessage().getBody(Outcome.class)));
            }
        });
        // the first looks are refused: nothing is registered yet
        try (shop) {
            shop.open();
            await().until(() -> count("pull.refused") > 0);
            register(shop);
            List<LedgerEntry> paid = payments(3);
            assertPulled(paid);
            int queries = count("pull.queries");
            await().until(() -> count("pull.queries") > queries + 1);
            assertThat(pulled).hasSize(3);
        }
    }
}
