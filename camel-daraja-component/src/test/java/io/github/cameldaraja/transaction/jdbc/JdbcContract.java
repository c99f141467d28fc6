package io.github.cameldaraja.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.account.SharedToken;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Balance;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.ResultCategory;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.DeliveryState;
import io.github.cameldaraja.transaction.Departure;
import io.github.cameldaraja.transaction.Interest;
import io.github.cameldaraja.transaction.Node;
import io.github.cameldaraja.transaction.Outbox;
import io.github.cameldaraja.transaction.PersonalData;
import io.github.cameldaraja.transaction.PurgeBefore;
import io.github.cameldaraja.transaction.RawCallback;
import io.github.cameldaraja.transaction.Repetition;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.github.cameldaraja.transaction.TransactionRepositoryContract;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a database promises beyond that. */
abstract class JdbcContract extends TransactionRepositoryContract {

    static final int CONNECTIONS = 32;
    static final List<String> TABLES = List.of("daraja_secret", "daraja_payment", "daraja_personal", "daraja_phone", "daraja_receipt",
            "daraja_key", "daraja_request_id", "daraja_raw_callback", "daraja_cursor", "daraja_delivery", "daraja_node",
            "daraja_interest", "daraja_alert", "daraja_lease", "daraja_token", "daraja_line", "daraja_budget");
    static final String SECRET = "a secret of the shop, 32 characters or more";
    static final String OTHER_SECRET = "another secret of the shop, 32 characters or more";

    private final DefaultCamelContext camelContext = new DefaultCamelContext();
    private final List<JdbcTransactionRepository> started = new ArrayList<>();

    /** A pool on an empty database. */
    abstract HikariDataSource database() throws Exception;

    /** That test is done with it. */
    void leave(HikariDataSource database) {
        database.close();
    }

    private HikariDataSource dataSource;

    static HikariDataSource pool(DataSource database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(database);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        return pool;
    }

    @Override
    protected TransactionRepository start() throws Exception {
        dataSource = database();
        return node(dataSource);
    }

    private JdbcTransactionRepository node(DataSource dataSource) {
        return node(dataSource, SECRET, null);
    }

    private JdbcTransactionRepository node(DataSource dataSource, String secret, String previousSecret) {
        JdbcTransactionRepository node = new JdbcTransactionRepository(dataSource);
        node.setCamelContext(camelContext);
        node.setClock(CLOCK);
        node.setSecret(secret);
        node.setPreviousSecret(previousSecret);
        node.setThreads(CONNECTIONS / 2);
        node.start();
        started.add(node);
        return node;
    }

    @AfterEach
    void stop() {
        started.forEach(JdbcTransactionRepository::stop);
        leave(dataSource);
        camelContext.stop();
    }

    @Test
    void itIsDurable() {
        assertThat(repository.isDurable()).isTrue();
    }

    @Test
    void aNewRepositoryFindsEverything() {
        repository.open(intent("a", "order-1").asking("f", "own"), null).join();
        repository.settle(paid("a", RECEIPT), "node").join();
        repository.open(intent("b", null), null).join();
        repository.update("b", current -> current.due(NOW)).join();
        Transaction arrived = repository.receive(arrival("R1")).join();
        repository.moveCursor("pull", "here").join();
        Transaction settled = repository.find("a").join();
        started.get(0).stop();
        assertThatThrownBy(() -> repository.find("a").join()).hasStackTraceContaining("stopped");

        TransactionRepository again = node(dataSource);

        assertThat(again.find("a").join()).isEqualTo(settled);
        assertThat(again.find(SHORT_CODE, PaymentIds.receipt(RECEIPT)).join()).isEqualTo(settled);
        assertThat(again.find(SHORT_CODE, PaymentIds.originator("own")).join()).isEqualTo(settled);
        assertThat(again.open(intent("c", "order-1"), null).join()).isEqualTo(settled);
        assertThat(again.settle(paid("a", RECEIPT), "node").join().verdict()).isEqualTo(Verdict.DUPLICATE);
        assertThat(again.receive(arrival("R1")).join()).isEqualTo(arrived);
        assertThat(again.cursor("pull").join()).isEqualTo("here");
        assertThat(again.claimDue("default", NOW, NOW.plusSeconds(30), 10).join()).extracting(Transaction::reference).containsExactly("b");
    }

    @Test
    void itStartsAgainAfterAStop() {
        repository.open(intent("a", null), null).join();
        started.get(0).stop();
        started.get(0).start();

        assertThat(repository.find("a").join()).isNotNull();
    }

    @RepeatedTest(3)
    void nodesDecideAsOne() throws Exception {
        TransactionRepository other = node(dataSource);
        repository.open(intent("a", null), null).join();

        List<Verdict> verdicts = together(32, i -> (i % 2 == 0 ? repository : other).settle(paid("a", RECEIPT), "node").join().verdict());
        List<String> opened = together(32, i ->
                (i % 2 == 0 ? repository : other).open(intent("k" + i, "order-1"), null).join().reference());

        assertThat(verdicts).containsOnlyOnce(Verdict.APPLIED);
        assertThat(opened.stream().distinct()).hasSize(1);
    }

    @RepeatedTest(3)
    void correctionsAndRefusalsOfOneKeyDoNotBlockEachOther() throws Exception {
        int attempts = 16;
        for (int i = 0; i < attempts; i++) {
            repository.open(intent("p" + i, "order-1").asking("f", "own"), null).join();
            repository.abandon("p" + i, failed("x").toBuilder().source(null).build()).join();
        }

        together(attempts * 2, i -> i % 2 == 0 ? repository.settle(paid("p" + i / 2, "R" + i), "node").join().verdict()
                : repository.open(intent("n" + i, "order-1").asking("f", "own"), null).join());

        String holder = repository.open(intent("last", "order-1"), null).join().reference();
        assertThat(holder).as("one whose money has moved").startsWith("p");
    }

    @Test
    void everyFieldIsKept() throws Exception {
        Transaction full = full();
        for (RecordComponent component : Transaction.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(full)).as(component.getName()).isNotNull();
        }
        for (RecordComponent component : Outcome.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(full.outcome())).as(component.getName()).isNotNull();
        }

        repository.open(full, null).join();
        assertThat(repository.find("full").join()).isEqualTo(full);

        repository.open(intent("a", null), null).join();
        Transaction changed = repository.update("a", current -> withReference(full, "a")).join();
        assertThat(repository.find("a").join()).isEqualTo(changed).isEqualTo(withReference(full, "a"));
    }

    @Test
    void timesAreKeptToTheMicrosecondAndNeverComeLate() {
        Instant fine = NOW.plusNanos(1_999);
        repository.open(intent("a", null, "10", fine), null).join();
        repository.update("a", current -> current.due(fine)).join();

        assertThat(repository.find("a").join().createdAt()).isEqualTo(NOW.plusNanos(1_000));
        assertThat(repository.findAlike(SHORT_CODE, BigDecimal.TEN, fine, fine).join()).hasSize(1);
        assertThat(repository.claimDue("default", fine, NOW.plusSeconds(30), 1).join()).hasSize(1);
    }

    @Test
    void aMessageIsKeptAsItCame() throws Exception {
        byte[] body = "\0\u00ff{0712 345 678\u00c3".getBytes(StandardCharsets.ISO_8859_1);
        repository.keep(new RawCallback("a", "shop", NOW, Verdict.OFF_RANGE, "127.0.0.1", body)).join();

        PersonalData.Message message = repository.export("254712345678").join().messages().get(0);
        assertThat(message).isEqualTo(new PersonalData.Message(NOW, "a", "shop", Verdict.OFF_RANGE, "127.0.0.1",
                new String(body, StandardCharsets.UTF_8)));
    }

    @Test
    void aReferenceIsOpenedOnce() {
        repository.open(intent("a", "order-1"), null).join();
        repository.open(intent("b", null), null).join();

        assertThatThrownBy(() -> repository.open(intent("a", "order-1"), null).join()).as("its answer would allow to send it again")
                .hasStackTraceContaining("stored already");
        assertThatThrownBy(() -> repository.open(intent("b", null), null).join()).hasRootCauseInstanceOf(SQLException.class);
    }

    @Test
    void anOpenThatFailsFreesItsKey() {
        repository.open(intent("a", null), null).join();

        assertThatThrownBy(() -> repository.open(intent("a", "order-1"), null).join()).hasRootCauseInstanceOf(SQLException.class);

        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).isEqualTo("b");
    }

    @Test
    void theCallerNeverWaits() throws Exception {
        repository.open(intent("a", null), null).join();
        CompletableFuture<Transaction> change;
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeQuery("select * from daraja_payment where reference = 'a' for update").next();

            change = repository.update("a", current -> current.due(NOW));

            assertThat(change).as("somebody else has the row").isNotDone();
            assertThat(repository.claimDue("default", NOW, NOW, 1).join()).as("and what is taken is left alone").isEmpty();
            connection.rollback();
        }
        assertThat(change.join().dueAt()).isEqualTo(NOW);
    }

    // one bit of what is sealed; a second time mends it
    private void damage(String table, String column, String reference) throws SQLException {
        String where = " where reference = '" + reference + "'";
        try (Connection connection = dataSource.getConnection(); Statement read = connection.createStatement();
             ResultSet row = read.executeQuery("select " + column + " from " + table + where);
             PreparedStatement write = connection.prepareStatement("update " + table + " set " + column + " = ?" + where)) {
            row.next();
            byte[] sealed = row.getBytes(1);
            sealed[sealed.length - 1] ^= 1;
            write.setBytes(1, sealed);
            write.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private static List<String> references(List<Transaction> payments) {
        return payments.stream().map(Transaction::reference).toList();
    }

    @Test
    void aPaymentThatCannotBeReadHoldsUpNoOther() throws Exception {
        List<Outcome> unreadable = new CopyOnWriteArrayList<>();
        repository.whenUnreadable(unreadable::add);
        for (String reference : List.of("a", "b", "c", "d")) {
            repository.open(intent(reference, null).due(NOW), null).join();
        }
        damage("daraja_personal", "sealed", "b");

        assertThat(references(repository.claimDue("default", NOW, NOW.plusSeconds(30), 10).join())).containsExactly("a", "c", "d");
        assertThat(unreadable).singleElement().satisfies(one -> {
            assertThat(one.reference()).isEqualTo("b");
            assertThat(one.operation()).isEqualTo("stkPush");
            assertThat(one.account()).isEqualTo("shop");
            assertThat(one.resultDescription()).contains("payment/b", "cannot be opened").doesNotContain("254712345678");
        });
        assertThat(references(repository.findOpen("default", null, null, 2).join())).as("a whole page").containsExactly("a", "c");
        assertThat(references(repository.findOpen("default", "shop", "c", 2).join())).containsExactly("d");
        assertThat(references(repository.findAlike(SHORT_CODE, BigDecimal.TEN, NOW, NOW).join())).containsExactly("a", "c", "d");
        assertThat(references(repository.claimDue("default", NOW.plusSeconds(60), NOW.plusSeconds(90), 10).join()))
                .containsExactly("a", "c", "d");
        assertThat(unreadable).as("not at once again").hasSize(1);

        damage("daraja_personal", "sealed", "b");
        assertThat(references(repository.claimDue("default", NOW.plusSeconds(3600), NOW.plusSeconds(7200), 10).join()))
                .as("an hour later").contains("b");
    }

    @Test
    void anOutcomeThatCannotBeReadIsParkedAndHoldsUpNoOther() throws Exception {
        List<Outcome> unreadable = new CopyOnWriteArrayList<>();
        repository.whenUnreadable(unreadable::add);
        Interest pushes = new Interest("books", "stkPush", null);
        Node node = new Node(Transaction.DEFAULT_APPLICATION, "node");
        Outbox outbox = repository.outbox();
        for (String reference : List.of("a", "b", "c")) {
            repository.open(intent(reference, null), null).join();
            Delivery held = repository.settle(paid(reference, "R" + reference), "dead").join().delivery();
            outbox.replace(held, held.letGo(NOW)).join();
        }
        damage("daraja_delivery", "outcome", "b");

        assertThat(outbox.claim(node, List.of(pushes), NOW, 10).join()).extracting(Delivery::reference).containsExactly("a", "c");
        assertThat(unreadable).singleElement().matches(one -> one.reference().equals("b") && one.account().equals("shop"));
        assertThat(outbox.parked("default", 10).join()).singleElement().matches(one -> one.reference().equals("b")
                && one.outcome().receiptNumber() == null && one.outcome().resultDescription().contains("cannot be opened"));
        assertThat(outbox.count("default", NOW).join().parked()).isEqualTo(1);
        assertThat(outbox.heldBy(node).join()).hasSize(2);

        damage("daraja_delivery", "outcome", "b");
        assertThat(outbox.release(new Delivery.Id("b", 1, null), NOW).join()).isTrue();
        assertThat(outbox.claim(node, List.of(pushes), NOW, 10).join()).singleElement()
                .matches(one -> "Rb".equals(one.outcome().receiptNumber()));
    }

    @Test
    void whatWasBegunIsEndedBeforeAStop() throws Exception {
        repository.open(intent("a", null), null).join();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Transaction> change = repository.update("a", current -> {
            begun.countDown();
            await(go);
            return current.due(NOW);
        });
        begun.await();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(started.get(0)::stop);
        go.countDown();
        stopped.join();

        assertThat(change.join().dueAt()).isEqualTo(NOW);
    }

    @Test
    void aCommitThatFailsStoresNothing() {
        FaultyDataSource faulty = new FaultyDataSource(dataSource);
        TransactionRepository node = node(faulty);
        faulty.breakDown("commit");

        assertThatThrownBy(() -> node.open(intent("a", "order-1"), null).join()).hasRootCauseInstanceOf(SQLException.class);

        faulty.repair();
        assertThat(node.find("a").join()).isNull();
        assertThat(node.open(intent("b", "order-1"), null).join().reference()).isEqualTo("b");
    }

    @Test
    void whatIsCommittedIsStoredWhateverComesAfter() {
        FaultyDataSource faulty = new FaultyDataSource(dataSource);
        TransactionRepository node = node(faulty);
        faulty.breakDown("close");

        assertThat(node.open(intent("a", null), null).join().reference()).isEqualTo("a");
        faulty.repair();
        assertThat(node.find("a").join()).isNotNull();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void stopAll() {
        started.forEach(JdbcTransactionRepository::stop);
        started.clear();
    }

    @Test
    void itDoesNotStartWithoutASecret() {
        for (String secret : Arrays.asList(null, "", "x".repeat(31))) {
            assertThatThrownBy(() -> node(dataSource, secret, null)).hasStackTraceContaining("secret of JdbcTransactionRepository")
                    .hasStackTraceContaining("openssl rand -base64 32");
        }
        assertThatThrownBy(() -> node(dataSource, SECRET, "short")).hasStackTraceContaining("previousSecret of")
                .satisfies(failure -> assertThat(failure).hasStackTraceContaining("too short"));
    }

    @Test
    void aWrongSecretIsFoundAtTheStart() {
        repository.open(intent("a", null), null).join();
        stopAll();

        assertThatThrownBy(() -> node(dataSource, OTHER_SECRET, null)).hasStackTraceContaining("secret is not the one")
                .hasStackTraceContaining("as previousSecret").satisfies(JdbcContract::tellsNoSecret);
        assertThatThrownBy(() -> node(dataSource, OTHER_SECRET, "also wrong: the third, 32 characters or more"))
                .hasStackTraceContaining("secret is not the one").satisfies(JdbcContract::tellsNoSecret);

        assertThat(node(dataSource).find("a").join()).as("nothing was broken").isNotNull();
    }

    private static void tellsNoSecret(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(SECRET).doesNotContain(OTHER_SECRET);
    }

    @Test
    void theSecretIsChangedAndNothingIsLost() throws Exception {
        repository.open(intent("a", "order-1").asking("f", "own"), null).join();
        told(paid("a", RECEIPT));
        repository.open(intent("b", "order-2"), null).join();
        Delivery untold = repository.settle(failed("b"), "node").join().delivery();
        repository.keep(new RawCallback("0", "shop", NOW, Verdict.UNMATCHED, null, "0712345678".getBytes(StandardCharsets.UTF_8)))
                .join();
        for (int i = 0; i < 10; i++) {
            repository.open(intent("p" + i, null), null).join();
        }
        Transaction paid = repository.find("a").join();
        PersonalData before = repository.export("254712345678").join();
        assertThat(before.payments()).hasSize(12);
        stopAll();

        repository = node(dataSource, OTHER_SECRET, SECRET);
        assertThat(repository.find("a").join()).isEqualTo(paid);
        repository.open(intent("c", "order-3"), null).join();
        told(failed("p0"));
        assertThat(repository.export("254712345678").join().payments()).as("under both").hasSize(13);
        assertThatThrownBy(() -> node(dataSource, OTHER_SECRET, null)).as("too early")
                .hasStackTraceContaining("give it as previousSecret until the log says");
        assertThat(purge(new PurgeBefore(NOW, NOW))).as("written anew").isPositive();
        stopAll();

        repository = node(dataSource, OTHER_SECRET, null);
        assertThat(repository.find("a").join()).isEqualTo(paid);
        assertThat(repository.export("254712345678").join().payments()).extracting(PersonalData.Payment::reference).hasSize(13)
                .containsAll(before.payments().stream().map(PersonalData.Payment::reference).toList());
        assertThat(repository.export("254712345678").join().messages()).isEqualTo(before.messages());
        assertThat(repository.outbox().heldBy(new Node("default", "node")).join()).containsExactly(untold);
        assertThat(repository.open(intent("n", "order-1"), null).join()).as("keys outlive secrets").isEqualTo(paid);
        assertThat(repository.find(SHORT_CODE, PaymentIds.originator("own")).join()).isEqualTo(paid);
        assertThatThrownBy(() -> node(dataSource, SECRET, null)).as("the old one is of no use any more")
                .hasStackTraceContaining("secret is not the one");
    }

    @Test
    void nodesWithBothSecretsChangeThemOneAfterTheOther() {
        stopAll();
        TransactionRepository old = node(dataSource, SECRET, OTHER_SECRET);
        TransactionRepository young = node(dataSource, OTHER_SECRET, SECRET);

        old.open(intent("a", "order-1"), null).join();
        young.open(intent("b", "order-2"), null).join();

        assertThat(old.find("b").join()).isEqualTo(young.find("b").join());
        assertThat(old.find("a").join()).isEqualTo(young.find("a").join());
        assertThat(old.open(intent("c", "order-2"), null).join().reference()).isEqualTo("b");
        assertThat(old.export("254712345678").join().payments()).hasSize(2);
        assertThat(young.export("254712345678").join().payments()).hasSize(2);
    }

    @RepeatedTest(3)
    void nodesThatStartTogetherAgree() throws Exception {
        stopAll();
        execute("delete from daraja_secret");

        List<JdbcTransactionRepository> nodes = together(4, i -> {
            JdbcTransactionRepository node = new JdbcTransactionRepository(dataSource);
            node.setCamelContext(camelContext);
            node.setSecret(SECRET);
            node.setThreads(2);
            node.start();
            return node;
        });
        started.addAll(nodes);

        nodes.get(0).open(intent("a", "order-1"), null).join();
        for (int i = 1; i < 4; i++) {
            assertThat(nodes.get(i).open(intent("b" + i, "order-1"), null).join().reference()).isEqualTo("a");
        }
    }

    @Test
    void aLostIndexKeyIsNotReplaced() throws Exception {
        repository.open(intent("a", "order-1"), null).join();
        stopAll();
        execute("delete from daraja_secret");

        assertThatThrownBy(() -> node(dataSource)).hasStackTraceContaining("payments could be made twice")
                .hasStackTraceContaining("restore it from a backup");
        assertThatThrownBy(() -> node(dataSource)).as("and again").hasStackTraceContaining("restore it from a backup");
    }

    @Test
    void whatIsEncryptedOpensInItsPlaceOnly() throws Exception {
        repository.open(intent("a", null), null).join();
        repository.open(intent("b", null), null).join();
        execute("update daraja_personal set sealed = (select sealed from daraja_personal where reference = 'b') where reference = 'a'");

        assertThatThrownBy(() -> repository.find("a").join()).hasStackTraceContaining("what is stored for payment/a cannot be opened");
        assertThat(repository.find("b").join()).isNotNull();
    }

    @Test
    void twoNodesPurgeAtTheSameTime() throws Exception {
        TransactionRepository other = node(dataSource);
        for (int i = 0; i < 40; i++) {
            repository.open(intent("p" + i, "order-" + i), null).join();
            repository.abandon("p" + i, failed("x").toBuilder().source(null).build()).join();
        }
        PurgeBefore all = new PurgeBefore(NOW.plusSeconds(1), NOW.plusSeconds(1));

        together(8, i -> {
            for (int done = -1; done != 0;) {
                done = (i % 2 == 0 ? repository : other).purge(all, 7).join();
            }
            return null;
        });

        for (int i = 0; i < 40; i++) {
            assertThat(repository.find("p" + i).join()).isNull();
        }
    }

    @Test
    void alertsArePastTheirRetentionToldOrNot() throws Exception {
        Delivery alert = new Delivery("a1", 1, null, "default", Outcome.builder().operation("alerts").account("").reference("a1").build(),
                1, DeliveryState.HELD, "one", NOW, NOW);
        repository.outbox().raise(alert).join();

        assertThat(repository.purge(new PurgeBefore(NOW, NOW), 10).join()).as("not yet").isZero();
        assertThat(repository.outbox().raise(alert).join()).isNull();
        assertThat(repository.purge(new PurgeBefore(NOW.plusSeconds(1), NOW), 10).join()).isEqualTo(1);
        assertThat(repository.outbox().raise(alert).join()).isEqualTo(alert);
    }

    @Test
    void whoLosesADeliveryCannotMarkItAndItsAttemptCounts() {
        Interest pushes = new Interest("books", "stkPush", null);
        Node dead = new Node(Transaction.DEFAULT_APPLICATION, "dead");
        Node other = new Node(Transaction.DEFAULT_APPLICATION, "dead too");
        Outbox outbox = repository.outbox();
        repository.open(intent("a", null), null).join();
        Delivery held = repository.settle(paid("a", RECEIPT), dead.id()).join().delivery();
        assertThat(outbox.claim(dead, List.of(pushes), NOW, 10).join()).as("one's own is not lost").isEmpty();

        Delivery taken = outbox.claim(other, List.of(pushes), NOW, 10).join().get(0);

        assertThat(taken.attempt()).as("its route may have begun").isEqualTo(2);
        assertThat(outbox.replace(held, held.delivered()).join()).isFalse();
        // not even when it comes back to where it was
        Delivery back = outbox.claim(dead, List.of(pushes), NOW, 10).join().get(0);
        assertThat(outbox.replace(held, held.parked()).join()).isFalse();
        assertThat(outbox.heldBy(dead).join()).containsExactly(back);
    }

    @Test
    void itMovesInWhereOthersLive() throws Exception {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            String quote = connection.getMetaData().getIdentifierQuoteString();
            String history = quote + "daraja_schema_history" + quote;
            try (ResultSet names = statement.executeQuery("select * from " + history)) {
                assertThat(names.next()).isTrue();
            }
            for (String table : TABLES) {
                statement.execute("drop table " + table);
            }
            statement.execute("drop table " + history);
            statement.execute("create table orders (id integer primary key)");
            try {
                node(dataSource).open(intent("a", null), null).join();
            } finally {
                statement.execute("drop table orders");
            }
        }
    }

    @Test
    void aBusyNodeCanSayThatItLivesAndTakeALease() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Transaction>> changes = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS / 2; i++) {
                repository.open(intent("p" + i, null), null).join();
                CountDownLatch begun = new CountDownLatch(1);
                changes.add(repository.update("p" + i, current -> {
                    begun.countDown();
                    await(go);
                    return current.due(NOW);
                }));
                begun.await();
            }

            // all threads are busy
            repository.outbox().alive(new Node("default", "busy"), NOW.plusSeconds(30)).get(5, TimeUnit.SECONDS);
            assertThat(commons().lease("read", "busy", NOW, NOW.plusSeconds(10)).get(5, TimeUnit.SECONDS)).isNull();
        } finally {
            go.countDown();
        }
        changes.forEach(CompletableFuture::join);
    }

    private Commons commons() {
        return repository.commons().orElseThrow();
    }

    @Test
    void aLeaseIsOnesAloneUntilItEnds() {
        Commons commons = commons();
        Instant end = NOW.plusSeconds(10);
        assertThat(commons.lease("read", "one", NOW, end).join()).isNull();

        assertThat(commons.lease("read", "other", NOW.plusSeconds(9), end.plusSeconds(9)).join()).isEqualTo(end);
        assertThat(commons.prolong("read", "other", end.plusSeconds(9)).join()).isFalse();
        commons.release("read", "other").join();
        assertThat(commons.lease("another thing", "other", NOW, end).join()).isNull();
        assertThat(commons.lease("read", "one", NOW, end.plusSeconds(1)).join()).as("its own").isNull();
        assertThat(commons.prolong("read", "one", end.plusSeconds(2)).join()).isTrue();
        assertThat(commons.lease("read", "other", end, end.plusSeconds(9)).join()).isEqualTo(end.plusSeconds(2));

        assertThat(commons.lease("read", "other", end.plusSeconds(2), end.plusSeconds(9)).join()).as("it is over").isNull();
        assertThat(commons.prolong("read", "one", end.plusSeconds(20)).join()).isFalse();
        commons.release("read", "one").join();
        assertThat(commons.lease("read", "one", end.plusSeconds(2), end.plusSeconds(9)).join()).isEqualTo(end.plusSeconds(9));
        commons.release("read", "other").join();
        assertThat(commons.lease("read", "one", NOW, end).join()).as("given back").isNull();
    }

    @Test
    void aLeaseByAWrongClockHoldsNobodyBack() {
        Commons commons = commons();
        commons.lease("read", "fast", NOW.plusSeconds(3600), NOW.plusSeconds(3610)).join();

        assertThat(commons.lease("read", "right", NOW, NOW.plusSeconds(10)).join()).isNull();
    }

    @RepeatedTest(3)
    void ofAllNodesThatWantALeaseOneGetsIt() throws Exception {
        Commons here = commons();
        Commons there = node(dataSource).commons().orElseThrow();
        for (Instant now : List.of(NOW, NOW.plusSeconds(10), NOW.plusSeconds(20))) {
            List<Optional<Instant>> ends = together(32, i -> Optional.ofNullable((i % 2 == 0 ? here : there)
                    .lease("read", "holder " + i, now, now.plusSeconds(10)).join()));

            assertThat(ends).containsOnlyOnce(Optional.empty()).contains(Optional.of(now.plusSeconds(10)));
            assertThat(ends.stream().distinct()).hasSize(2);
        }
    }

    @Test
    void aTokenIsOfAllNodesAndIsReadByNobodyElse() throws Exception {
        Commons commons = commons();
        SharedToken first = new SharedToken("secretAccessToken1", NOW, NOW.plusSeconds(3599));
        assertThat(commons.token("app/1").join()).isNull();
        assertThat(commons.putToken("app/1", "one", first).join()).as("without the lease").isFalse();
        commons.lease("app/1", "one", NOW, NOW.plusSeconds(10)).join();

        assertThat(commons.putToken("app/1", "one", first).join()).isTrue();

        assertThat(node(dataSource).commons().orElseThrow().token("app/1").join()).isEqualTo(first);
        assertThat(commons.token("app/2").join()).isNull();
        assertThat(first.toString()).doesNotContain("secretAccessToken");
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("select sealed from daraja_token")) {
            assertThat(row.next()).isTrue();
            assertThat(new String(row.getBytes(1), StandardCharsets.ISO_8859_1)).doesNotContain("secretAccessToken");
        }
        // one that was taken for dead comes too late
        assertThat(commons.lease("app/1", "slow", NOW, NOW.plusSeconds(10)).join()).as("it was given back").isNull();
        assertThat(commons.lease("app/1", "next", NOW.plusSeconds(10), NOW.plusSeconds(20)).join()).isNull();
        SharedToken second = new SharedToken("secretAccessToken2", NOW.plusSeconds(9), NOW.plusSeconds(3600));
        assertThat(commons.putToken("app/1", "slow", second).join()).isFalse();
        SharedToken third = new SharedToken("secretAccessToken3", NOW.plusSeconds(11), NOW.plusSeconds(3600));
        assertThat(commons.putToken("app/1", "next", third).join()).isTrue();
        assertThat(commons.token("app/1").join()).isEqualTo(third);
    }

    @Test
    void aTokenThatCannotBeReadIsNone() {
        commons().lease("app/1", "one", NOW, NOW.plusSeconds(10)).join();
        SharedToken token = new SharedToken("secretAccessToken1", NOW, NOW.plusSeconds(3599));
        commons().putToken("app/1", "one", token).join();
        stopAll();

        repository = node(dataSource, OTHER_SECRET, SECRET);
        assertThat(commons().token("app/1").join()).isEqualTo(token);
        stopAll();
        repository = node(dataSource, OTHER_SECRET, null);
        assertThat(commons().token("app/1").join()).isNull();
        commons().lease("app/1", "one", NOW, NOW.plusSeconds(10)).join();
        assertThat(commons().putToken("app/1", "one", token).join()).isTrue();
        assertThat(commons().token("app/1").join()).isEqualTo(token);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Transaction withReference(Transaction full, String reference) {
        return new Transaction(reference, full.application(), full.operation(), full.account(), full.shortCode(),
                full.idempotencyKey(), full.attempt(), full.status(), full.fingerprint(), full.amount(), full.phoneNumber(), full.accountReference(), full.ownId(), full.metadata(),
                full.repetition(), full.createdAt(), full.updatedAt(), full.acknowledgement(), full.outcome(), full.disputed(), full.questions(),
                full.held(), full.dueAt(), full.waiter(), full.told());
    }

    private static Transaction full() {
        String odd = "a\u0000b \\u0041 \\ \"ü\" \ud83d\ude00 \ud800 $1";
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("Number", 7);
        details.put("Large", new BigInteger("12345678901234567890"));
        details.put("Decimal", new BigDecimal("1.50"));
        details.put("Tiny", new BigDecimal("1E-30"));
        details.put("Nothing", null);
        details.put("Yes", true);
        details.put("List", Arrays.asList("a", null, Map.of("deep", List.of(List.of("x")))));
        details.put(odd, odd);
        Outcome outcome = new Outcome("b2c", "shop", "full", "order-1", PaymentStatus.FAILED, "2001", odd,
                ResultCategory.MERCHANT, true, RECEIPT, new BigDecimal("1500.50"), "254712345678",
                OffsetDateTime.parse("2026-11-21T12:00:00+03:00"), odd, "m", "c", "v", "o", Source.CALLBACK, Verdict.OFF_RANGE, Map.of("cart", odd),
                List.of(new Balance("Utility Account", "KES", BigDecimal.ONE, new BigDecimal("2.00"), null, BigDecimal.ZERO)),
                details);
        return new Transaction("full", "books", "b2c", "shop", SHORT_CODE, odd, 3, PaymentStatus.UNRESOLVED, "fingerprint",
                new BigDecimal("1500.50"), odd, odd, odd, Map.of("cart", odd, "empty", ""), new Repetition(Map.of("Remarks", odd), true, 2,
                        new Departure(NOW, true, true, true, odd, odd, NOW.plusSeconds(2), odd), "2026-11-21"), NOW.minusNanos(1_000), NOW,
                new Acknowledgement("b2c", "shop", "full", PaymentStatus.PENDING, "0", odd, "m", "c", "v", "o", odd), outcome,
                true, 3, outcome.withVerdict(null), NOW.plusSeconds(1), "node", 2);
    }
}
