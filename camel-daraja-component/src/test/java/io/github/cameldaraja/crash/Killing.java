package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.Ports;
import io.github.cameldaraja.Databases;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.PhonePayment;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes, really killed while callbacks rain on them. Each callback that was answered 200 must be found, and in the end
 * everything that Safaricom tells of is told to a route and counts once.
 */
abstract class Killing {

    private static final int AT_A_TIME = 64;
    // longer than a lease: what a dead process held is free for the next one
    private static final int SECONDS_BETWEEN = 35;
    private static final int PUSHES = 200;

    @TempDir
    Path spool;

    private final DarajaSimulator safaricom = DarajaSimulator.start(SimulatorSettings.defaults()
            .withAnswerDelay(Duration.ofMillis(10)));
    private final String payBill = safaricom.credentials().shortCode();
    private final int port = Ports.free();
    // how Safaricom tells of a payment, by receipt
    private final Map<String, Supplier<CompletableFuture<Integer>>> untold = new ConcurrentHashMap<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private Duration storeTimeout;
    private Child child;
    private int children;

    /** The database, for a child. */
    abstract String url();

    /** The database, for this process, while no child lives. */
    abstract Ground open();

    /** The i-th customer. */
    static String phone(int i) {
        return "2547100" + (10_000 + i);
    }


    /**
     * An empty database, customers whose callbacks come when we say so, and a child.
     *
     * @param storeTimeout how long a callback waits for the database before it goes to the disk
     */
    private void begin(Duration storeTimeout) {
        this.storeTimeout = storeTimeout;
        try (Ground ground = open()) {
            ground.clear();
            new CashBook(ground);
        }
        safaricom.c2b().allConfirmations(ConfirmationScript.usual().lost());
        for (int i = 0; i < PUSHES; i++) {
            safaricom.faults().forPhone(phone(i), Script.pays().lostCallback());
        }
        startChild();
        child.order("register");
    }

    @AfterEach
    void end() {
        if (child != null) {
            child.close();
        }
        safaricom.close();
    }

    private void startChild() {
        child = Child.started(ChildNode.class, url(), safaricom.baseUrl(), String.valueOf(port),
                String.valueOf(children++ * SECONDS_BETWEEN), spool.toString(), String.valueOf(storeTimeout.toMillis()));
    }

    /** Kills the child so many times, each time in the middle of so many callbacks. */
    final void killChildren(long seed, int kills, int callbacks) {
        Random random = new Random(seed);
        // long: the database alone must find what was answered
        begin(Duration.ofMinutes(1));
        for (int kill = 1; kill <= kills; kill++) {
            pay(callbacks);
            rain(random, () -> child.kill());
            found("kill " + kill, seed);
            startChild();
        }
        finish(random, seed);
    }

    /** Kills the database in the middle of callbacks, and it comes back when some more of them have come. */
    final void killDatabase(long seed, int callbacks, KillableServer server, boolean childToo) {
        Random random = new Random(seed);
        begin(Duration.ofSeconds(1));
        pay(callbacks);
        rain(random, server::kill);
        int before = answered.size();
        int more = Math.min(untold.size(), AT_A_TIME * 2);
        rain(random, more);
        int without = answered.size() - before;
        if (childToo) {
            child.kill();
        }
        server.start();
        if (childToo) {
            startChild();
        }
        child.order("drained");
        found("the database killed" + (childToo ? ", and the child" : "") + ", " + without + " answered without it", seed);
        assertThat(without).as("each one is on the disk").isEqualTo(more);
        finish(random, seed);
    }

    /** Money moves, and nobody is told of it yet: pushes, and payments that customers begin. */
    private void pay(int callbacks) {
        int before = safaricom.books().payments().size();
        child.order("push " + PUSHES);
        await().until(() -> safaricom.books().payments().size() == before + PUSHES);
        for (LedgerEntry push : safaricom.books().payments().subList(before, before + PUSHES)) {
            untold.put(push.receipt(), () -> safaricom.resend(push.checkoutRequestId()));
        }
        for (int i = 0; i < callbacks - PUSHES; i++) {
            PhonePayment payment = safaricom.c2b().pay(phone(i), payBill, "ACC " + i, 10 + i).join();
            untold.put(payment.receipt(), () -> safaricom.c2b().resend(payment.receipt()));
        }
    }

    private List<String> untold(Random random) {
        List<String> receipts = new ArrayList<>(untold.keySet());
        Collections.sort(receipts);
        Collections.shuffle(receipts, random);
        return receipts;
    }

    /** Tells of payments that were not answered so far until, somewhere in the middle, that has happened. */
    private void rain(Random random, Runnable accident) {
        List<String> receipts = untold(random);
        int moment = answered.size() + receipts.size() / 10 + random.nextInt(receipts.size() * 8 / 10);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> happened = new CompletableFuture<>();
        tell(receipts, over::get, () -> {
            if (answered.size() >= moment && over.compareAndSet(false, true)) {
                happened.completeAsync(() -> {
                    accident.run();
                    return null;
                });
            }
        });
        happened.join();
    }

    /** Tells of so many payments that were not answered so far. */
    private void rain(Random random, int most) {
        List<String> receipts = untold(random);
        tell(receipts.subList(0, Math.min(most, receipts.size())), () -> false, () -> { });
    }

    private void tell(List<String> receipts, BooleanSupplier over, Runnable told) {
        Semaphore room = new Semaphore(AT_A_TIME);
        for (String receipt : receipts) {
            room.acquireUninterruptibly();
            if (over.getAsBoolean()) {
                room.release();
                break;
            }
            untold.get(receipt).get().whenComplete((status, failure) -> {
                if (failure == null && status == 200) {
                    answered.add(receipt);
                    untold.remove(receipt);
                }
                told.run();
                room.release();
            });
        }
        room.acquireUninterruptibly(AT_A_TIME);
    }

    private void found(String when, long seed) {
        int found = 0;
        try (Ground ground = open(); DefaultCamelContext context = new DefaultCamelContext()) {
            JdbcTransactionRepository repository = new JdbcTransactionRepository(ground.connections());
            repository.setSecret(Databases.SECRET);
            repository.setCamelContext(context);
            repository.start();
            for (String receipt : answered) {
                Transaction payment = repository.find(payBill, PaymentIds.receipt(receipt)).join();
                if (payment != null && payment.status() == PaymentStatus.COMPLETED) {
                    found++;
                }
            }
            repository.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.printf("%s, seed %d, %s: answered %d, found %d%n", getClass().getSimpleName(), seed, when, answered.size(), found);
        assertThat(found).isEqualTo(answered.size());
    }

    /** Safaricom repeats what was not answered, and then the books of all three agree. */
    private void finish(Random random, long seed) {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            rain(random, untold.size());
            return untold.isEmpty();
        });
        child.order("drained");
        child.kill();
        List<String> paid = safaricom.books().payments().stream().map(LedgerEntry::receipt).sorted().toList();
        assertThat(answered).hasSameSizeAs(paid);
        try (Ground ground = open()) {
            long told = ground.count("select count(*) from crash_journal");
            System.out.printf("%s, seed %d: paid %d, told %d%n", getClass().getSimpleName(), seed, paid.size(), told);
            assertThat(ground.ask("select receipt from crash_credit order by receipt")).isEqualTo(paid);
            assertThat(told).isGreaterThanOrEqualTo(paid.size());
            assertThat(ground.count("select count(*) from daraja_payment where status = 'COMPLETED'")).isEqualTo(paid.size());
        }
        safaricom.books().verify();
    }
}
