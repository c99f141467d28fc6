package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.gateway.QuestionPace;
import io.github.cameldaraja.simulator.RecordedRequest;
import io.github.cameldaraja.simulator.Script;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** However many nodes ask, the questions of an account keep one distance. */
class SharedPaceTest extends DatabaseEndToEnd {

    private static final Duration SPACING = Duration.ofSeconds(12);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T09:00:00.123456789Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

    private Shop spaced() {
        return newNode().with(component -> component.getConfiguration().setQuerySpacing(SPACING)).route("pay", "daraja:stkPush");
    }

    private static Account account(Shop shop) {
        return shop.component().services().accounts().get("default");
    }

    // who of these asks, second by second
    private List<Instant> ask(int seconds, Account account, QuestionPace... nodes) {
        List<Instant> asked = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            for (QuestionPace node : nodes) {
                if (node.take(account).join().isZero()) {
                    asked.add(now.get());
                }
            }
            now.updateAndGet(time -> time.plusSeconds(1));
        }
        return asked;
    }

    private static void assertSpaced(List<Instant> asked) {
        for (int i = 1; i < asked.size(); i++) {
            assertThat(Duration.between(asked.get(i - 1), asked.get(i))).isGreaterThanOrEqualTo(SPACING);
        }
    }

    @Test
    void nodesTakeTurnsAndTheDatabaseIsHardlyAsked() {
        AtomicInteger looks = new AtomicInteger();
        try (Shop shop = spaced().open()) {
            Account account = account(shop);
            Commons commons = Repositories.commons(shop.component().getRepository().commons().orElseThrow(), (call, arguments) -> {
                looks.incrementAndGet();
                return null;
            });
            QuestionPace one = new QuestionPace(clock, commons, Duration.ofSeconds(5));
            QuestionPace two = new QuestionPace(clock, commons, Duration.ofSeconds(5));
            QuestionPace three = new QuestionPace(clock, commons, Duration.ofSeconds(5));

            List<Instant> asked = ask(300, account, one, two, three);

            assertSpaced(asked);
            assertThat(asked).as("no turn is left out").hasSize(25);
            assertThat(looks.get()).isLessThanOrEqualTo(3 * 25);
            // a node that has not asked for long saves nothing up, and a dead one takes nothing with it
            now.updateAndGet(time -> time.plusSeconds(3600));
            asked = ask(60, account, two);
            assertSpaced(asked);
            assertThat(asked).hasSize(5);
        }
    }

    @Test
    void accountsOfOtherAppsKeepAPaceOfTheirOwn() {
        try (Shop shop = spaced().open(); Shop other = spaced().with(component ->
                component.getConfiguration().setConsumerKey("another app")).open()) {
            QuestionPace one = pace(shop);

            assertThat(one.take(account(shop)).join()).isZero();
            assertThat(pace(other).take(account(other)).join()).isZero();
            assertThat(pace(other).take(account(shop)).join()).isBetween(SPACING.minusMillis(1), SPACING);
        }
    }

    private QuestionPace pace(Shop shop) {
        return new QuestionPace(clock, shop.component().getRepository().commons().orElseThrow(), Duration.ofSeconds(5));
    }

    @Test
    void withoutTheStoreEachNodeKeepsItsOwnPace() {
        try (Shop shop = spaced().open()) {
            Commons broken = Repositories.commons(shop.component().getRepository().commons().orElseThrow(),
                    (call, arguments) -> CompletableFuture.failedFuture(new IllegalStateException("the store is down")));
            Commons hanging = Repositories.commons(broken, (call, arguments) -> new CompletableFuture<>());

            List<Instant> one = ask(60, account(shop), new QuestionPace(clock, broken, Duration.ofSeconds(5)));
            List<Instant> other = ask(60, account(shop), new QuestionPace(clock, hanging, Duration.ofMillis(20)));

            assertSpaced(one);
            assertSpaced(other);
            assertThat(one).hasSize(5);
            assertThat(other).hasSize(5);
        }
    }

    @Test
    void twoNodesAskSafaricomAsSlowlyAsOne() {
        // nodes of one application would share what is due, too
        try (Shop one = spaced().with(component -> component.setApplication("shop")).open();
             Shop two = spaced().with(component -> component.setApplication("bank")).open()) {
            for (int i = 0; i < 4; i++) {
                safaricom.faults().nextPush(Script.pays().lostCallback());
                pending((i % 2 == 0 ? one : two).send("direct:pay", new StkPush.Request("25471234560" + i, 100, "INV-1")));
            }
            await().until(() -> safaricom.books().payments().size() == 4);

            safaricom.clock().advance(Duration.ofSeconds(21));
            for (int asked = 1; asked <= 4; asked++) {
                int questions = asked;
                await().until(() -> queries().size() >= questions);
                // all four are due, and both nodes have every opportunity
                for (int i = 0; i < 4; i++) {
                    one.look();
                    two.look();
                }
                assertThat(queries()).hasSize(questions);
                safaricom.clock().advance(SPACING);
            }
        }
    }

    private List<RecordedRequest> queries() {
        return safaricom.requests().stream().filter(request -> request.path().contains("/stkpushquery/")).toList();
    }
}
