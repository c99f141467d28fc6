package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class BooksTest extends SimulatorTest {

    @Test
    void conservesMoneyUnderLoad() {
        int pushes = 200;
        int poor = pushes / 4;
        IntStream.range(0, poor).forEach(i -> sim.customers().add(phone(i), 9, "1234"));
        shop.token();

        List<? extends CompletableFuture<?>> answers =
                IntStream.range(0, pushes).mapToObj(i -> shop.pushAsync(phone(i), 10)).toList();

        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        await().until(() -> shop.callbacks.size() == pushes);
        sim.books().verify();
        assertThat(sim.books().payments()).hasSize(pushes - poor);
        assertThat(sim.books().payments()).extracting(LedgerEntry::receipt).doesNotHaveDuplicates();
        assertThat(sim.books().merchantBalance(sim.credentials().shortCode())).isEqualTo(10L * (pushes - poor));
        assertThat(shop.callbacks).filteredOn(callback -> callback.code().equals("0")).hasSize(pushes - poor);
    }

    @Test
    void slowConversationsCostNoThreads() {
        shop.token();
        long before = serverThreads();
        IntStream.range(0, 300).forEach(
                i -> sim.faults().nextPush(Script.pays().slowAnswer(Duration.ofSeconds(1))));
        long start = System.nanoTime();

        List<? extends CompletableFuture<?>> answers =
                IntStream.range(0, 300).mapToObj(i -> shop.pushAsync(phone(i), 10)).toList();

        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        assertThat(serverThreads()).isLessThanOrEqualTo(before + 5);
        assertThat(sim.counters().acceptedPushes()).isEqualTo(300);
    }

    // the clients of the test have threads of their own
    private static long serverThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("vert.x-")).count();
    }

    @Test
    void createsCustomersOnTheFly() {
        Customer customer = sim.customers().get("254711222333");
        assertThat(customer.balance()).isEqualTo(100_000);
        assertThat(customer.pin()).isEqualTo("1234");
        assertThat(sim.customers().add("254711222333", 5, "9").balance()).isEqualTo(5);
        assertThatThrownBy(() -> sim.customers().get("0711222333")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sim.customers().add("254711222333", -1, "9"))
                .isInstanceOf(IllegalArgumentException.class);
        sim.books().verify();
    }

    @Test
    void resetForgetsEverything() {
        shop.accepted(Shop.PHONE, 10);
        sim.clock().freeze();
        sim.reset();

        assertThat(sim.books().entries()).isEmpty();
        assertThat(sim.books().customerBalance(Shop.PHONE)).isEqualTo(100_000);
        assertThat(sim.requests()).isEmpty();
        assertThat(sim.callbacks()).isEmpty();
        assertThat(sim.counters().pushes()).isZero();
        sim.clock().advance(Duration.ofMinutes(5));
        assertThat(sim.books().entries()).isEmpty();
        assertThat(sim.counters().callbacksSent()).isZero();
        assertThat(shop.push(Shop.PHONE, 1).body()).contains("404.001.03");
    }

    private static String phone(int i) {
        return "254722%06d".formatted(i);
    }
}
