package io.github.cameldaraja.examples.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.ResultApi;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final int MANY = 20_000;
    private static final List<Fate> FATES = fates(new Plan(1, MANY), MANY);

    @Test
    void theSameSeedGivesTheSamePlan() {
        assertThat(new Plan(7, 500).hash()).hasSize(64).isEqualTo(new Plan(7, 500).hash());
        assertThat(fates(new Plan(7, 500), 500)).isEqualTo(fates(new Plan(7, 500), 500));
        assertThat(new Plan(7, 500).kills(50, 20, 10)).isEqualTo(new Plan(7, 500).kills(50, 20, 10));
    }

    @Test
    void anotherSeedAnotherNumberOrOtherKillsGiveAnother() {
        Plan plan = new Plan(7, 500);
        assertThat(new Plan(8, 500).hash()).isNotEqualTo(plan.hash());
        assertThat(new Plan(7, 501).hash()).isNotEqualTo(plan.hash());
        assertThat(plan.hash(plan.kills(1, 0, 0))).isNotEqualTo(plan.hash(plan.kills(2, 0, 0)));
        List<Fate> others = fates(new Plan(8, 500), 500);
        assertThat(IntStream.range(0, 500).filter(i -> plan.fate(i).equals(others.get(i))).count()).isLessThan(10);
    }

    @Test
    void aFateDependsNeitherOnTheOrderOfQuestionsNorOnHowManyThereAre() {
        Plan small = new Plan(7, 100);
        Plan large = new Plan(7, 100_000);
        large.hash(List.of());
        for (int i = 99; i >= 0; i--) {
            assertThat(large.fate(i)).isEqualTo(small.fate(i));
        }
        assertThat(small.faults().token(7)).isEqualTo(large.faults().token(7));
    }

    @Test
    void aReversalThatWasSentTwiceMayStayOpenIfNobodyHears() {
        Fate twice = of(Kind.RETURN).stream().filter(fate -> fate.decisive().answer().accepts() && !fate.decisive().answer().tells()).findFirst()
                .orElseThrow();
        Fate notTaken = of(Kind.RETURN).stream().filter(fate -> !fate.decisive().answer().accepts()).findFirst().orElseThrow();

        assertThat(twice.mayStayOpen()).isEmpty();
        assertThat(twice.mayStayOpenIfNobodyHears()).isPresent();
        assertThat(notTaken.mayStayOpenIfNobodyHears()).isEmpty();
    }

    @Test
    void ordersAreMixedAsPromised() {
        assertShare(FATES, fate -> fate.payment().kind() == Kind.PUSH, 0.5);
        assertShare(FATES, fate -> fate.payment().kind() == Kind.PAYOUT, 0.2);
        assertShare(FATES, fate -> fate.payment().kind() == Kind.PAY_BILL, 0.2);
        assertShare(FATES, fate -> fate.payment().kind() == Kind.RETURN, 0.1);
        assertShare(of(Kind.PAYOUT), fate -> fate.payment().product() == Product.V1, 0.25);
        assertShare(of(Kind.PAYOUT), fate -> fate.payment().product() == Product.POCHI, 0.25);
        assertShare(of(Kind.PUSH), fate -> fate.payment().waits(), 0.4);
        assertShare(of(Kind.PUSH), fate -> fate.payment().twice(), 0.05);
        assertThat(FATES).allSatisfy(fate -> assertThat(fate.payment().amount()).isBetween(10L, 1500L));
        assertThat(FATES).extracting(fate -> fate.payment().phone()).doesNotHaveDuplicates();
    }

    @Test
    void moneyEndsAsPromised() {
        assertShare(of(Kind.PUSH), fate -> !fate.ending().moves(), 0.12);
        assertShare(of(Kind.PAYOUT), fate -> !fate.ending().moves(), 0.08);
        assertThat(of(Kind.PAY_BILL)).allMatch(fate -> fate.ending().moves());
        assertThat(of(Kind.RETURN)).allMatch(fate -> fate.ending().moves());
    }

    @Test
    void callbacksFailAsPromised() {
        for (Kind kind : List.of(Kind.PUSH, Kind.PAYOUT, Kind.RETURN)) {
            List<Fate> fates = of(kind);
            assertShare(fates, first(Telling.ON_TIME), 0.6);
            assertShare(fates, first(Telling.LOST), 0.08);
            assertShare(fates, first(Telling.DOUBLED), 0.06);
            assertShare(fates, first(Telling.LATE), 0.06);
            assertShare(fates, first(Telling.HOURS_LATE), 0.03);
            assertShare(fates, first(Telling.EARLY), 0.04);
            assertShare(fates, first(Telling.LIE_FIRST).or(first(Telling.LIE_LAST)), 0.02);
        }
        assertThat(of(Kind.PUSH)).noneMatch(first(Telling.TIMEOUT));
    }

    @Test
    void answersFailAsPromised() {
        Map<Answer, Double> shares = Map.of(Answer.SLOW, 0.06, Answer.RESET_BEFORE, 0.02, Answer.RESET_AFTER, 0.03,
                Answer.ERROR_AFTER, 0.02, Answer.EMPTY_BODY, 0.005, Answer.REVOKED_TOKEN, 0.003);
        shares.forEach((answer, share) -> assertShare(of(Kind.PUSH), fate -> fate.request(0).answer() == answer, share));
        assertShare(of(Kind.PUSH), fate -> fate.request(0).answer().refuses(), 0.035);
        assertThat(FATES).allSatisfy(fate -> assertThat(fate.request(0).slow()).isBetween(Duration.ZERO, Duration.ofMillis(800)));
    }

    @Test
    void confirmationsFailAsPromised() {
        List<Fate> payBills = of(Kind.PAY_BILL);
        assertShare(payBills, confirmed(Telling.LOST), 0.1);
        assertShare(payBills, confirmed(Telling.DOUBLED), 0.1);
        List<Fate> paid = of(Kind.PUSH).stream().filter(fate -> fate.ending().moves()).toList();
        assertShare(paid, confirmed(Telling.LOST), 0.54);
        assertShare(paid, confirmed(Telling.EARLY), 0.075);
        assertShare(paid, confirmed(Telling.HOURS_LATE), 0.025);
    }

    @Test
    void queriesFailAtFirstAndAreAnsweredThen() {
        assertShare(of(Kind.PUSH), fate -> fate.query(0) != null, 0.25);
        assertShare(of(Kind.PUSH), fate -> fate.query(1) != null, 0.125);
        assertThat(of(Kind.PUSH).stream().map(fate -> fate.query(0)).filter(Objects::nonNull).distinct())
                .containsExactlyInAnyOrder(QueryFault.values());
        assertThat(FATES).allMatch(fate -> fate.query(Plan.CLEAN) == null && fate.question(Plan.CLEAN).equals(Attempt.USUAL)
                && fate.request(Plan.CLEAN).equals(Attempt.USUAL));
    }

    @Test
    void nothingClaimsAPaymentThatWasNotMade() {
        assertThat(FATES).allSatisfy(fate -> assertThat(fate.requests())
                .allSatisfy(attempt -> assertThat(attempt.callback().lie()).isNotEqualTo(Ending.PAYS.code())
                        .isNotEqualTo(fate.ending().code())));
        assertThat(FATES).filteredOn(Fate::isContradicted).isNotEmpty().allSatisfy(fate -> assertThat(fate.requests())
                .anySatisfy(attempt -> assertThat(attempt.callback().lie()).isNotNull()));
    }

    @Test
    void onlyWhatNobodyCanAskAboutMayStayOpen() {
        assertThat(FATES).filteredOn(fate -> fate.mayStayOpen().isPresent()).isNotEmpty().allSatisfy(fate -> {
            assertThat(fate.payment().product()).isIn(null, Product.V1);
            assertThat(fate.payment().kind()).isIn(Kind.PUSH, Kind.PAYOUT);
            assertThat(fate.decisive().answer().tells()).isFalse();
            assertThat(fate.mayStayOpenIfAcknowledgementIsLost()).isPresent();
            assertThat(fate.story()).contains("may stay open: ");
        });
        assertThat(FATES).filteredOn(fate -> fate.mayStayOpenIfAcknowledgementIsLost().isPresent()).isNotEmpty()
                .allSatisfy(fate -> assertThat(fate.mayStayOpenIfNeverSent()).isPresent());
        // of a hundred payments two at most
        assertThat(FATES.stream().filter(fate -> fate.mayStayOpen().isPresent()).count()).isLessThan(MANY * 2 / 100);
    }

    @Test
    void aStoryTellsWhatHappens() {
        Fate late = FATES.stream().filter(first(Telling.HOURS_LATE).and(fate -> fate.query(0) != null)).findFirst().orElseThrow();
        assertThat(late.story()).startsWith(late.payment().id()).contains("callback hours late by ", "query 0: " + late.query(0),
                "ends with " + late.ending()).doesNotContain(late.payment().phone());
        assertThat(new Plan(1, MANY).story(late.payment().number())).isEqualTo(late.story());
    }

    @Test
    void killsStrikeAllStepsAndAreSpread() {
        List<Kill> kills = new Plan(7, 100_000).kills(60, 20, 10);
        assertThat(kills).hasSize(90).isSortedAccordingTo(Comparator.comparingInt(Kill::at));
        assertThat(kills).allMatch(kill -> kill.at() >= 0 && kill.at() < 100_000);
        assertThat(kills.stream().filter(kill -> kill.target() == Target.NODE)
                .collect(Collectors.groupingBy(Kill::step, Collectors.counting())).values()).hasSize(6).containsOnly(10L);
        assertThat(kills).filteredOn(kill -> kill.target() == Target.NODE).allMatch(kill -> kill.away().isZero());
        assertThat(kills).filteredOn(kill -> kill.target() != Target.NODE).allSatisfy(kill -> {
            assertThat(kill.step()).isNull();
            assertThat(kill.away()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(4));
        });
        assertThat(kills.stream().filter(kill -> kill.at() < 50_000).count()).isEqualTo(45);
        assertThat(new Plan(7, 3).kills(50, 20, 10)).hasSize(80).allMatch(kill -> kill.at() < 3);
        assertThat(new Plan(7, 3).kills(0, 0, 0)).isEmpty();
    }

    @Test
    void ordersThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> new Plan(7, 10).payment(10)).hasMessageContaining("from 0 to 9");
        assertThatThrownBy(() -> new Plan(7, 0)).hasMessageContaining("at least 1");
        assertThat(new Plan(7, 10).faults().push("254720000010", 0)).isNull();
        assertThat(new Plan(7, 10).faults().request(ResultApi.B2C, "x", null, 0)).isNull();
    }

    private static List<Fate> fates(Plan plan, int count) {
        return IntStream.range(0, count).mapToObj(plan::fate).toList();
    }

    private static List<Fate> of(Kind kind) {
        return FATES.stream().filter(fate -> fate.payment().kind() == kind).toList();
    }

    private static Predicate<Fate> first(Telling telling) {
        return fate -> !fate.requests().isEmpty() && fate.request(0).callback().telling() == telling;
    }

    private static Predicate<Fate> confirmed(Telling telling) {
        return fate -> fate.confirmation().telling() == telling;
    }

    /** Within four standard deviations, of which one would be the luck of the dice. */
    private static void assertShare(List<Fate> fates, Predicate<Fate> which, double share) {
        double found = (double) fates.stream().filter(which).count() / fates.size();
        assertThat(found).isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / fates.size()) + 0.003));
    }
}
