package io.github.cameldaraja.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.Logs;
import io.github.cameldaraja.gateway.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

/** What the store could not take is tried again at growing distances, with one at a time, and is stored when the store is back. */
class DebtsTest {

    private final SettableClock clock = new SettableClock();
    private final Instant begin = clock.instant();
    private final Deadlines deadlines = new Deadlines(clock, Runnable::run);
    private final Debts debts = new Debts(clock, deadlines);
    private final List<String> tried = new ArrayList<>();
    private final List<String> stored = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private boolean away = true;

    private CompletableFuture<Transaction> store(String reference) {
        return debts.store(reference, () -> change(reference));
    }

    private CompletableFuture<Transaction> change(String reference) {
        tried.add(reference + '@' + Duration.between(begin, clock.instant()).toSeconds());
        if (away || broken.contains(reference)) {
            return CompletableFuture.failedFuture(new IllegalStateException("the store is down"));
        }
        stored.add(reference);
        return CompletableFuture.completedFuture(null);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(Duration.ofSeconds(1));
            deadlines.tick();
        }
    }

    @Test
    void whatIsStoredAtOnceIsNeverTriedAgain() {
        away = false;
        assertThat(store("a")).isCompleted();
        pass(100);
        assertThat(tried).containsExactly("a@0");
        assertThat(debts.isOwed("a")).isFalse();
    }

    @Test
    void theDistancesGrowToTenSeconds() {
        assertThat(store("a")).isCompletedExceptionally();
        assertThat(debts.isOwed("a")).isTrue();
        pass(50);
        assertThat(tried).containsExactly("a@0", "a@1", "a@3", "a@7", "a@15", "a@25", "a@35", "a@45");
        away = false;
        pass(60);
        assertThat(stored).containsExactly("a");
        assertThat(debts.isOwed("a")).isFalse();

        // the next time begins with a short one
        away = true;
        store("b");
        pass(1);
        assertThat(tried).endsWith("b@110", "b@111");
    }

    @Test
    void aStoreThatIsAwayIsAskedWithOneAtATimeAndGetsAllWhenItIsBack() {
        for (int i = 0; i < 1000; i++) {
            store("p" + i);
        }
        tried.clear();
        pass(15);
        assertThat(tried).containsExactly("p0@1", "p1@3", "p2@7", "p3@15");
        away = false;
        pass(16);
        assertThat(stored).hasSize(1000).doesNotHaveDuplicates();
        assertThat(debts.size()).isZero();
    }

    @Test
    void oneThatCannotBeStoredDoesNotHoldUpTheOthers() {
        for (int i = 0; i < 300; i++) {
            store("p" + i);
        }
        broken.add("p0");
        broken.add("p5");
        away = false;
        pass(30);
        assertThat(stored).hasSize(298);
        assertThat(debts.isOwed("p0")).isTrue();
        assertThat(debts.isOwed("p5")).isTrue();
        int before = tried.size();
        pass(300);
        assertThat(tried.size() - before).isBetween(5, 60);
    }

    @Test
    void oneThatIsNeverAnsweredDoesNotHoldUpTheOthers() {
        CompletableFuture<Transaction> never = new CompletableFuture<>();
        List<String> asked = new ArrayList<>();
        debts.store("mute", () -> {
            asked.add("mute");
            return asked.size() == 1 ? CompletableFuture.failedFuture(new IllegalStateException("the store is down")) : never;
        });
        store("a");
        away = false;
        pass(5);
        assertThat(asked).hasSizeGreaterThan(1);
        assertThat(stored).containsExactly("a");

        never.complete(null);
        assertThat(debts.isOwed("mute")).isFalse();
    }

    @Test
    void oneThatThrowsIsOwedAsWell() {
        assertThat(debts.store("a", () -> {
            if (tried.isEmpty()) {
                tried.add("a");
                throw new IllegalStateException("the store is down");
            }
            away = false;
            return change("a");
        })).isCompletedExceptionally();
        pass(1);
        assertThat(stored).containsExactly("a");
    }

    @Test
    void whoCannotWaitTriesAtOnce() {
        store("a");
        store("b");
        assertThat(debts.pay("a")).isCompleted();
        assertThat(debts.isOwed("a")).isTrue();
        away = false;
        assertThat(debts.pay("a")).isCompleted();
        assertThat(stored).containsExactly("a");
        assertThat(debts.pay("a")).isCompleted();
        assertThat(debts.payAll()).isCompleted();
        assertThat(stored).containsExactly("a", "b");
        pass(100);
        assertThat(stored).containsExactly("a", "b");
    }

    @Test
    void whatDoesNotFitIsForgottenAndSaid() {
        for (int i = 0; i < Debts.CAPACITY; i++) {
            store("p" + i);
        }
        try (Logs logs = new Logs(Level.WARN, Debts.class.getName())) {
            store("late");
            assertThat(logs.lines()).singleElement().asString().contains("payment late could not be stored and is forgotten");
        }
        assertThat(debts.isOwed("late")).isFalse();
        assertThat(debts.size()).isEqualTo(Debts.CAPACITY);
        away = false;
        pass(1);
        assertThat(stored).hasSize(Debts.CAPACITY).doesNotContain("late");
    }
}
