package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.DarajaKeyUsedException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.FailingRepository;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.PurgeBefore;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Years go by, and the component forgets what it may, and nothing else. */
class RetentionTest extends EndToEnd {

    private static final StkPush.Request HUNDRED = new StkPush.Request(PHONE, 100, "INV-1");
    private static final Map<String, Object> ORDER = Map.of("order", "order-1");

    @TempDir
    Path directory;

    private final List<Outcome> confirmed = new CopyOnWriteArrayList<>();
    private HikariDataSource database;
    private TransactionRepository repository;

    @BeforeEach
    void createDatabase() {
        database = Databases.h2(directory);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private Shop open(boolean durable) {
        repository = durable ? Databases.repository(database) : new MemoryTransactionRepository(safaricom.clock(), 1_000);
        return newShop().with(component -> {
            component.setRepository(repository);
            component.setAskWhenLate(false);
        }).route("push", "daraja:stkPush?idempotencyKey=${header.order}").route("register", "daraja:c2bRegister?responseType=Completed")
                .collecting().routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("daraja:c2bConfirmation").process(e -> confirmed.add(e.getMessage().getBody(Outcome.class)));
                    }
                }).open();
    }

    private static String reference(Exchange sent) {
        assertThat(sent.getException()).isNull();
        return sent.getMessage().getBody(Acknowledgement.class).reference();
    }

    private Transaction payment(String reference) {
        return repository.find(reference).join();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void namesGoAfterAMonthPaymentsAfterSevenYearsAndKeysAndReceiptsNever(boolean durable) {
        try (Shop shop = open(durable)) {
            assertThat(shop.send("direct:register", null).getException()).isNull();
            String paid = reference(shop.send("direct:push", HUNDRED, ORDER));
            safaricom.c2b().confirmationsFor("254712345671", ConfirmationScript.usual().lost());
            safaricom.faults().forPhoneOnce("254712345671", Script.pays().lostCallback());
            String open = reference(shop.send("direct:push", new StkPush.Request("254712345671", 100, "INV-2"), Map.of("order", "2")));
            await().until(() -> shop.outcomes().size() == 1);
            LedgerEntry byHand = paid("254712345672", "ACC 7", 70);
            await().until(() -> confirmed.size() == 1);
            String arrived = confirmed.get(0).reference();
            assertThat(safaricom.post(shop.lastCallbackUrl(), "not JSON of 0712345671").join()).isEqualTo(200);
            Transaction whole = payment(open);

            advance(shop, Duration.ofDays(29));
            assertThat(payment(paid).phoneNumber()).isEqualTo(PHONE);
            advance(shop, Duration.ofDays(2));
            await().until(() -> payment(paid).phoneNumber() == null && payment(arrived).accountReference() == null);
            assertThat(payment(paid).outcome().receiptNumber()).isEqualTo(shop.outcomes().get(0).receiptNumber());
            assertThat(payment(paid).amount()).isEqualByComparingTo("100");
            await().until(() -> payment(open).status() == PaymentStatus.UNRESOLVED);
            Transaction unresolved = whole.unresolved(payment(open).updatedAt());
            assertThat(payment(open).due(null)).as("nobody knows yet").isEqualTo(unresolved);
            assertThat(repository.export("254712345671").join().messages()).as("and this may tell").hasSize(1);
            Exchange again = shop.send("direct:push", HUNDRED, ORDER);
            assertThat(again.getMessage().getHeaders()).containsEntry(DarajaConstants.REPLAYED, true)
                    .containsEntry(DarajaConstants.STATUS, "COMPLETED").containsEntry(DarajaConstants.REFERENCE, paid);
            Exchange other = shop.send("direct:push", new StkPush.Request(PHONE, 101, "INV-1"), ORDER);
            assertThat(other.getException()).hasMessageContaining("was used before for another amount");

            advance(shop, Duration.ofDays(8 * 365));
            await().until(() -> payment(paid) == null && payment(arrived) == null);
            assertThat(payment(open).due(null)).isEqualTo(unresolved);
            again = shop.send("direct:push", HUNDRED, ORDER);
            assertThat(again.getException()).isInstanceOfSatisfying(DarajaKeyUsedException.class, used -> {
                assertThat(used.getReference()).isEqualTo(paid);
                assertThat(used.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                assertThat(used.isRetriable()).isFalse();
                assertThat(used).hasMessageContaining("it ended COMPLETED at 20").hasMessageContaining("nothing was sent");
            });
            assertThat(again.getMessage().getHeaders()).containsEntry(DarajaConstants.REFERENCE, paid)
                    .containsEntry(DarajaConstants.RETRIABLE, false).doesNotContainKey(DarajaConstants.STATUS);
            assertThat(safaricom.counters().pushes()).as("nothing is paid twice, however late").isEqualTo(2);

            assertThat(safaricom.c2b().resend(byHand.receipt()).join()).isEqualTo(200);
            shop.look();
            assertThat(confirmed).as("nothing is counted twice, however late").hasSize(1);
        }
    }

    @Test
    void aStoreThatIsDownIsAskedAgainAnHourLater() {
        MemoryTransactionRepository memory = new MemoryTransactionRepository(safaricom.clock(), 1_000);
        FailingRepository failing = new FailingRepository(memory);
        repository = memory;
        try (Logs logs = new Logs(Level.WARN, "io.github.cameldaraja.transaction");
             Shop shop = newShop().with(component -> component.setRepository(failing))
                     .route("push", "daraja:stkPush?idempotencyKey=${header.order}").collecting().open()) {
            String paid = reference(shop.send("direct:push", HUNDRED, ORDER));
            await().until(() -> shop.outcomes().size() == 1);
            failing.breakDown(FailingRepository.Step.PURGE);
            advance(shop, Duration.ofDays(31));
            await().until(() -> logs.lines().stream().anyMatch(line -> line.contains("past its retention")));
            failing.repair();
            advance(shop, Duration.ofMinutes(59));
            assertThat(payment(paid).phoneNumber()).isEqualTo(PHONE);
            advance(shop, Duration.ofMinutes(2));

            await().until(() -> payment(paid).phoneNumber() == null);
            assertThat(logs.lines()).noneMatch(line -> line.contains(PHONE));
        }
    }

    @Test
    void aBacklogIsWorkedOffPieceByPiece() {
        AtomicInteger backlog = new AtomicInteger(7);
        AtomicInteger running = new AtomicInteger();
        List<PurgeBefore> asked = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Integer>> answers = new CopyOnWriteArrayList<>();
        TransactionRepository slow = Repositories.of(new MemoryTransactionRepository(safaricom.clock(), 10), (call, arguments) -> {
            if (!call.equals("purge")) {
                return null;
            }
            assertThat(running.incrementAndGet()).as("one at a time").isEqualTo(1);
            asked.add((PurgeBefore) arguments[0]);
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        });
        safaricom.clock().freeze();
        try (Shop shop = newShop().with(component -> component.setRepository(slow)).open()) {
            advance(shop, Duration.ofMinutes(4));
            assertThat(asked).as("what is under way after a start comes first").isEmpty();
            advance(shop, Duration.ofMinutes(1));
            for (int piece = 1; piece <= 8; piece++) {
                int pieces = piece;
                await().until(() -> answers.size() == pieces);
                shop.look();
                assertThat(answers).hasSize(pieces);
                running.decrementAndGet();
                answers.get(pieces - 1).complete(backlog.getAndDecrement() > 0 ? 1 : 0);
            }
            advance(shop, Duration.ofMinutes(59));
            assertThat(answers).as("nothing is left").hasSize(8);
            assertThat(asked.get(0).personal()).isEqualTo(safaricom.clock().instant().minus(Duration.ofMinutes(59)).minus(
                    Duration.ofDays(30)));
            assertThat(Duration.between(asked.get(0).ledger(), asked.get(0).personal())).isEqualTo(Duration.ofDays(2527));
            advance(shop, Duration.ofMinutes(1));
            await().until(() -> answers.size() == 9);
        }
    }
}
