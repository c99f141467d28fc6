package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.TokenFault;
import io.github.cameldaraja.transaction.FailingRepository;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;

/** What is wrong with the payments of a shop is seen by its health, without a word to Safaricom. */
class HealthTest extends EndToEnd {

    private static final List<String> ALL = List.of("daraja-tokens-default", "daraja-store-default", "daraja-deliveries-default",
            "daraja-payments-default", "daraja-callbacks-default", "daraja-operators-default");

    private Shop shop() {
        return newShop().route("pay", "daraja:stkPush").collecting();
    }

    private static String pay(Shop shop) {
        shop.send("direct:pay", new StkPush.Request(PHONE, 100, "INV-1"));
        return shop.repository().all().get(0).reference();
    }

    private static List<String> ours(Collection<HealthCheck.Result> results) {
        return results.stream().map(one -> one.getCheck().getId()).filter(id -> id.startsWith("daraja-")).toList();
    }

    private static HealthCheck.Result check(Shop shop, String name) {
        return HealthCheckHelper.invoke(shop.context(), "full").stream()
                .filter(one -> one.getCheck().getId().equals("daraja-" + name + "-default")).findFirst().orElseThrow();
    }

    private static void isUp(Shop shop, String name) {
        assertThat(check(shop, name).getState()).as(name).isEqualTo(HealthCheck.State.UP);
    }

    private static HealthCheck.Result down(Shop shop, String name, String why) {
        HealthCheck.Result result = check(shop, name);
        assertThat(result.getState()).as(name).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage().orElseThrow()).contains(why);
        assertThat(result.getMessage() + " " + result.getDetails()).doesNotContain(PHONE);
        return result;
    }

    @Test
    void nobodyIsAskedAndOnlyWhoWantsItIsTakenOutOfService() {
        try (Shop shop = shop().open()) {
            int before = safaricom.requests().size();
            assertThat(ours(HealthCheckHelper.invoke(shop.context(), "full"))).containsExactlyInAnyOrderElementsOf(ALL);
            assertThat(HealthCheckHelper.invoke(shop.context(), "full")).allMatch(one -> one.getState() == HealthCheck.State.UP);
            assertThat(ours(HealthCheckHelper.invokeReadiness(shop.context(), "full"))).isEmpty();
            assertThat(ours(HealthCheckHelper.invokeLiveness(shop.context(), "full"))).isEmpty();
            assertThat(safaricom.requests()).hasSize(before);
        }
        try (Shop shop = shop().with(component -> component.setHealthReadiness(true)).open()) {
            assertThat(ours(HealthCheckHelper.invokeReadiness(shop.context(), "full"))).containsExactlyInAnyOrderElementsOf(ALL);
            assertThat(ours(HealthCheckHelper.invokeLiveness(shop.context(), "full"))).isEmpty();
        }
    }

    @Test
    void aRefusedTokenIsSeenUntilThereIsOne() {
        safaricom.faults().nextToken(TokenFault.INVALID_CREDENTIALS);
        try (Shop shop = shop().open()) {
            isUp(shop, "tokens");
            shop.send("direct:pay", new StkPush.Request(PHONE, 100, "INV-1"));
            HealthCheck.Result down = down(shop, "tokens", "no access token for default");
            assertThat(down.getDetails().get("token.default").toString()).startsWith("none since ");
            shop.send("direct:pay", new StkPush.Request(PHONE, 100, "INV-1"));
            isUp(shop, "tokens");
            assertThat(check(shop, "tokens").getDetails().get("token.default").toString()).startsWith("until ");
        }
    }

    @Test
    void aPaymentThatDoesNotEndIsSeen() {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            String reference = pay(shop);
            isUp(shop, "payments");
            assertThat(check(shop, "payments").getDetails()).containsEntry("unsettled", 1).containsEntry("undecided", 0);
            safaricom.clock().advance(Duration.ofMinutes(61));
            down(shop, "payments", "healthUnsettledAge");
            shop.repository().update(reference, payment -> payment.unresolved(safaricom.clock().instant())).join();
            HealthCheck.Result down = down(shop, "payments", "resolve them");
            assertThat(down.getDetails()).containsEntry("unsettled", 0).containsEntry("undecided", 1);
        }
    }

    @Test
    void callbacksThatNeverComeAreSeenAlthoughQuestionsEndThePayments() {
        try (Shop shop = shop().open()) {
            for (int i = 1; i <= 3; i++) {
                isUp(shop, "callbacks");
                safaricom.faults().nextPush(Script.pays().lostCallback());
                pay(shop);
                int paid = i;
                await().until(() -> {
                    safaricom.clock().advance(Duration.ofSeconds(20));
                    return shop.outcomes().size() == paid;
                });
            }
            isUp(shop, "callbacks");
            safaricom.clock().advance(Duration.ofMinutes(31));
            assertThat(down(shop, "callbacks", "callbackBaseUrl").getDetails()).containsEntry("missed", 3);
            pay(shop);
            await().until(() -> shop.outcomes().size() == 4);
            isUp(shop, "callbacks");
        }
    }

    @Test
    void outcomesThatPileUpAreSeen() throws Exception {
        try (Shop shop = shop().with(component -> component.setHealthBacklog(1)).open()) {
            shop.context().getRouteController().suspendRoute("collecting");
            pay(shop);
            await().until(() -> Integer.valueOf(1).equals(check(shop, "deliveries").getDetails().get("undelivered")));
            isUp(shop, "deliveries");
            pay(shop);
            await().until(() -> Integer.valueOf(2).equals(check(shop, "deliveries").getDetails().get("undelivered")));
            down(shop, "deliveries", "healthBacklog");
            shop.context().getRouteController().resumeRoute("collecting");
            await().until(() -> shop.outcomes().size() == 2);
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsSeen() {
        Shop shop = shop();
        FailingRepository store = new FailingRepository(shop.repository());
        try (shop) {
            shop.with(component -> component.setRepository(store)).open();
            isUp(shop, "store");
            store.breakDown(FailingRepository.Step.FIND);
            down(shop, "store", "does not answer");
            down(shop, "payments", "does not say");
            store.repair();
            isUp(shop, "store");
        }
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        Shop shop = shop().with(component -> component.setHealthUnsettledAge(Duration.ZERO));
        try (shop) {
            assertThatThrownBy(shop::open).hasStackTraceContaining("healthUnsettledAge must be longer than 0; leave it out for the default");
        }
    }
}
