package io.github.cameldaraja.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.Logs;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.DarajaAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How callbacks come out of the spool again. */
class SpoolDrainTest {

    private static final String REFERENCE = "0192a5c7e8f90123456789abcdef0123";

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T09:00:00Z"));
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    };
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Map<String, DarajaAccount> later = new ConcurrentHashMap<>();
    private final Accounts accounts = new Accounts(new DefaultCamelContext(), SpoolTest.shop(), Map.of(), later::get);
    // what the store does not take
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();
    private final List<String> tried = new CopyOnWriteArrayList<>();
    private final List<String> stored = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private Spool spool;
    private SpoolDrain drain;

    @AfterEach
    void close() {
        threads.shutdown();
        if (spool != null) {
            spool.close();
        }
    }

    private void open() {
        spool = new Spool(directory, threads, Spool.MOST_FILES, Spool.MOST_BYTES);
        spool.start();
        CallbackHandler handler = CallbackHandler.keeping(CallbackReply.accepted(), callback -> {
            String body = new String(callback.body(), StandardCharsets.UTF_8);
            tried.add(body);
            if (down || failing.contains(body)) {
                return CompletableFuture.failedFuture(new IllegalStateException("the store is down"));
            }
            if (hanging.contains(body)) {
                return new CompletableFuture<>();
            }
            stored.add(body);
            return CompletableFuture.completedFuture(null);
        });
        drain = new SpoolDrain(clock, spool, accounts, Map.of('1', handler), Duration.ofMillis(100), Runnable::run);
    }

    private void keep(String body) {
        keep(accounts, "default", '1', body);
    }

    private void keep(Accounts owner, String account, char kind, String body) {
        now.updateAndGet(time -> time.plusMillis(1));
        spool.keep(new CallbackRequest(owner.get(account), kind, REFERENCE, null, true, now.get(),
                body.getBytes(StandardCharsets.UTF_8))).join();
    }

    /** Lets so much time pass; the component's clock ticks more often than once a second. */
    private void pass(Duration time) {
        for (long tick = 0; tick < time.toMillis(); tick += 500) {
            now.updateAndGet(before -> before.plusMillis(500));
            drain.tick();
        }
    }

    @Test
    void theOldestComesFirst() {
        open();
        for (int i = 0; i < 30; i++) {
            keep(Integer.toString(i));
        }
        drain.tick();

        assertThat(stored).containsExactlyElementsOf(IntStream.range(0, 30).mapToObj(Integer::toString).toList());
        assertThat(drain.drained()).isEqualTo(30);
        assertThat(SpoolTest.files(directory)).isEmpty();
    }

    @Test
    void aStoreThatIsDownIsTriedNowAndThen() {
        open();
        for (int i = 0; i < 30; i++) {
            keep(Integer.toString(i));
        }
        down = true;
        pass(Duration.ofMinutes(10));

        assertThat(tried.size()).as("a round, and then one at a time with longer and longer pauses").isBetween(20, 40);
        assertThat(SpoolTest.files(directory)).hasSize(30);
        down = false;

        pass(Duration.ofMinutes(1));
        assertThat(spool.isEmpty()).isTrue();
        assertThat(stored).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void oneThatIsNeverAnsweredIsTriedAgain() {
        hanging.add("first");
        open();
        keep("first");
        keep("second");
        drain.tick();
        await().until(() -> stored.contains("second"));
        hanging.clear();

        await().until(() -> {
            pass(Duration.ofSeconds(1));
            return spool.isEmpty();
        });
        assertThat(stored).containsExactly("second", "first");
    }

    @Test
    void oneThatFailsAloneStopsNobodyAndIsReported() {
        open();
        failing.add("poison");
        keep("poison");
        try (Logs logs = new Logs(Level.ERROR, "io.github.cameldaraja")) {
            for (int i = 0; i < 20; i++) {
                String body = "good " + i;
                keep(body);
                pass(Duration.ofSeconds(31));
                assertThat(stored).contains(body);
            }
            assertThat(logs.lines()).hasSize(1).first().asString().contains("A person must look", "fails each time while others are");
        }
        assertThat(stored).hasSize(20);
        assertThat(spool.size()).isOne();
        failing.clear();

        pass(Duration.ofMinutes(1));
        assertThat(stored).endsWith("poison");
    }

    @Test
    void manyThatFailAloneStopNobody() {
        open();
        for (int i = 0; i < 20; i++) {
            failing.add("poison " + i);
            keep("poison " + i);
        }
        pass(Duration.ofMinutes(10));
        assertThat(stored).isEmpty();
        for (int i = 0; i < 5; i++) {
            keep("good " + i);
        }

        pass(Duration.ofMinutes(2));

        assertThat(stored).containsExactlyInAnyOrder("good 0", "good 1", "good 2", "good 3", "good 4");
        assertThat(spool.size()).isEqualTo(20);
    }

    @Test
    void whatCannotBeReadIsLeftAside() throws IOException {
        open();
        keep("first");
        keep("second");
        keep("third");
        List<Path> files = SpoolTest.files(directory);
        String good = Files.readString(files.get(0));
        Files.writeString(files.get(0), good.substring(0, good.length() / 2));
        Files.writeString(files.get(1), good.replace("\"version\":1", "\"version\":2"));
        try (Logs logs = new Logs(Level.ERROR, "io.github.cameldaraja")) {
            drain.tick();

            assertThat(logs.lines()).hasSize(2).allMatch(line -> line.contains("A person must look") && line.contains(".bad"));
            assertThat(logs.lines().get(1)).contains("a later version of the component has written it");
        }
        assertThat(stored).containsExactly("third");
        assertThat(SpoolTest.files(directory)).hasSize(2).allMatch(file -> file.toString().endsWith(".callback.bad"));

        // repaired by a person, it is an ordinary one again
        Path bad = SpoolTest.files(directory).get(1);
        Files.writeString(bad, good);
        Files.move(bad, bad.resolveSibling(bad.getFileName().toString().replace(".bad", "")));
        spool.close();
        open();
        drain.tick();
        assertThat(stored).contains("first");
    }

    @Test
    void whatIsOfAnUnknownAccountWaitsForItAndStopsNobody() {
        open();
        Accounts others = new Accounts(new DefaultCamelContext(), SpoolTest.shop(), Map.of("till", SpoolTest.shop()), null);
        try (Logs logs = new Logs(Level.ERROR, "io.github.cameldaraja")) {
            keep(others, "till", '1', "foreign 1");
            keep(others, "till", '1', "foreign 2");
            keep("ours");
            drain.tick();
            assertThat(stored).containsExactly("ours");
            pass(Duration.ofMinutes(10));
            assertThat(logs.lines()).hasSize(1).first().asString().contains("account 'till' is unknown here");
        }
        assertThat(spool.size()).isEqualTo(2);
        later.put("till", SpoolTest.shop());

        pass(Duration.ofMinutes(1));
        assertThat(stored).containsExactly("ours", "foreign 1", "foreign 2");
    }

    @Test
    void whatSomebodyElseHasSealedIsNotBelieved() throws IOException {
        open();
        DarajaAccount other = SpoolTest.shop();
        other.setConsumerSecret("secret of another application");
        keep(SpoolTest.accounts(other), "default", '1', "foreign");
        keep("changed");
        Path changed = SpoolTest.files(directory).get(1);
        Files.writeString(changed, Files.readString(changed).replace("\"listed\":true", "\"listed\":false"));
        keep(accounts, "default", '4', "of no kind");
        keep("ours");
        try (Logs logs = new Logs(Level.ERROR, "io.github.cameldaraja")) {
            drain.tick();
            assertThat(logs.lines()).hasSize(2);
            assertThat(logs.lines().get(0)).contains("is not sealed with a secret that account 'default' has now");
            assertThat(logs.lines().get(1)).contains("callbacks of kind 4 are unknown here");
        }
        assertThat(stored).containsExactly("ours");
        assertThat(SpoolTest.files(directory)).hasSize(3);
    }

    @Test
    void whatSomebodyTakesAwayIsForgotten() throws IOException {
        open();
        keep("taken");
        keep("ours");
        Files.delete(SpoolTest.files(directory).get(0));

        drain.tick();

        assertThat(spool.isEmpty()).isTrue();
        assertThat(stored).containsExactly("ours");
    }

    @Test
    void whatOthersLeaveIsTakenOverInTheEnd() {
        open();
        Spool other = new Spool(directory, threads, Spool.MOST_FILES, Spool.MOST_BYTES);
        other.start();
        other.keep(new CallbackRequest(accounts.get("default"), '1', REFERENCE, null, true, now.get(),
                "left".getBytes(StandardCharsets.UTF_8))).join();
        pass(Duration.ofMinutes(3));
        assertThat(stored).isEmpty();
        other.close();

        pass(Duration.ofSeconds(61));

        assertThat(stored).containsExactly("left");
        assertThat(SpoolTest.files(directory)).isEmpty();
    }
}
