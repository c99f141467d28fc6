package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.RegisteredUrl;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.callback.CallbackFigures;
import io.github.cameldaraja.simulator.RecordedCallback;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Settlement;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.logging.log4j.Level;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store is down when Safaricom calls back: what is answered, and that nothing of it is lost or counted twice. */
class StoreDownTest extends EndToEnd {

    private static final Set<String> EVERYTHING = Set.of("open", "receive", "abandon", "update", "settle", "keep", "find", "findAlike",
            "cursor", "moveCursor", "claimDue");
    private static final Set<String> SETTLING = Set.of("settle", "receive");
    private static final String RECEIPT = "UKL7ABCDE1";

    @TempDir
    Path directory;

    private final MemoryTransactionRepository store = new MemoryTransactionRepository(safaricom.clock(), 10_000);
    // calls that fail, and calls that are never answered
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failed = new AtomicInteger();
    private final List<Settlement> settled = new ArrayList<>();
    private final TransactionRepository ground = Repositories.of(store, this::instead);

    private Object instead(String call, Object[] arguments) {
        if (call.equals("isDurable")) {
            return true;
        }
        if (failing.contains(call)) {
            // the clock asks for what is due all the time
            failed.addAndGet(call.equals("claimDue") ? 0 : 1);
            return CompletableFuture.failedFuture(new IllegalStateException("the store is down"));
        }
        return hanging.contains(call) ? new CompletableFuture<>() : null;
    }

    private Shop shop(Duration storeTimeout) {
        return newShop().with(component -> {
            component.setRepository(ground);
            component.setStoreTimeout(storeTimeout);
            component.setSpoolDirectory(spool().toString());
            component.setAskWhenLate(false);
        }).route("push", "daraja:stkPush").collecting("stkPush", "c2bConfirmation");
    }

    private Path spool() {
        return directory.resolve("spool");
    }

    private List<Path> files() {
        if (!Files.isDirectory(spool())) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(spool())) {
            return all.filter(path -> path.toString().endsWith(".callback")).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void repair() {
        failing.clear();
        hanging.clear();
    }

    private Acknowledgement push(Shop shop, String phone, Script script) {
        safaricom.faults().forPhoneOnce(phone, script);
        Acknowledgement ids = shop.send("direct:push", new StkPush.Request(phone, 100, "INV-1")).getMessage()
                .getBody(Acknowledgement.class);
        assertThat(ids).isNotNull();
        return ids;
    }

    private RecordedCallback answered() {
        await().until(() -> safaricom.callbacks().size() == 1);
        return safaricom.callbacks().get(0);
    }

    private CallbackFigures figures(Shop shop) {
        return shop.component().callbackFigures();
    }

    /** Lets the component's clock run until the spool is empty. */
    private void drain(Shop shop) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            safaricom.clock().advance(Duration.ofSeconds(1));
            return figures(shop).waiting() == 0;
        });
    }

    private static HttpResponse<String> post(String url, String body) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String confirmation() {
        return """
                {"TransactionType":"Pay Bill","TransID":"%s","TransTime":"%s","TransAmount":"100.00","BusinessShortCode":"%s",
                "BillRefNumber":"ACC 7","MSISDN":"2547 ***** 678","FirstName":"JOHN"}"""
                .formatted(RECEIPT, NairobiTime.timestamp(safaricom.clock()), payBill);
    }

    @Test
    void downForAMomentTheCallbackWaits() {
        try (Shop shop = shop(Duration.ofSeconds(20)).open()) {
            failing.addAll(SETTLING);
            push(shop, PHONE, Script.pays());
            await().until(() -> failed.get() >= 3);
            assertThat(safaricom.callbacks()).isEmpty();
            repair();

            assertThat(answered().status()).isEqualTo(200);
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).isCompleted()).isTrue();
            assertThat(figures(shop)).isEqualTo(new CallbackFigures(0, 0, 0, Duration.ZERO, 0));
            assertThat(spool()).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void downForLongerTheCallbackGoesToTheSpoolAndToTheRouteAfterwards(String server) {
        try (Shop shop = shop(Duration.ofMillis(500)).with(component -> component.setCallbackComponentName(server)).open()) {
            failing.addAll(SETTLING);
            Acknowledgement ids = push(shop, PHONE, Script.pays());

            RecordedCallback callback = answered();
            assertThat(callback.status()).isEqualTo(200);
            assertThat(callback.took()).isBetween(Duration.ofMillis(150), Duration.ofSeconds(15));
            assertThat(failed.get()).as("it was tried more than once").isGreaterThan(1);
            assertThat(files()).hasSize(1);
            assertThat(figures(shop).spooled()).isOne();
            assertThat(figures(shop).waiting()).isOne();
            assertThat(store.find(ids.reference()).join().status()).as("an answer is no payment").isEqualTo(PaymentStatus.PENDING);

            safaricom.clock().advance(Duration.ofMinutes(5));
            await().until(() -> figures(shop).oldest().compareTo(Duration.ofMinutes(5)) >= 0);
            assertThat(shop.outcomes()).isEmpty();
            assertThat(files()).hasSize(1);
            repair();
            drain(shop);

            Outcome told = told(shop, ids.reference());
            assertThat(told.isCompleted()).isTrue();
            assertThat(told.receiptNumber()).isEqualTo(safaricom.books().payments().get(0).receipt());
            assertThat(files()).isEmpty();
            assertThat(figures(shop)).isEqualTo(new CallbackFigures(1, 1, 0, Duration.ZERO, 0));
            // and Safaricom's own repetition is the second time
            assertThat(safaricom.resend(ids.checkoutRequestId()).join()).isEqualTo(200);
            assertThat(shop.outcomes()).hasSize(1);
        }
    }

    @Test
    void aDatabaseThatIsAwayGetsTheCallbackWhenItIsBack() {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("payments"), "sa", "");
        AtomicBoolean away = new AtomicBoolean();
        DataSource database = (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { DataSource.class },
                (proxy, method, arguments) -> {
                    if (away.get() && method.getName().equals("getConnection")) {
                        throw new SQLException("Connection refused");
                    }
                    return method.invoke(pool, arguments);
                });
        JdbcTransactionRepository payments = Databases.repository(database);
        try (Shop shop = shop(Duration.ofMillis(500)).with(component -> component.setRepository(payments)).open()) {
            Acknowledgement ids = push(shop, PHONE, Script.pays().lostCallback());
            away.set(true);
            assertThat(safaricom.post(shop.lastCallbackUrl(), CallbackTexts.paid(ids, 100, RECEIPT)).join()).isEqualTo(200);
            assertThat(files()).hasSize(1);
            away.set(false);
            drain(shop);

            assertThat(told(shop, ids.reference()).receiptNumber()).isEqualTo(RECEIPT);
            assertThat(payments.find(ids.reference()).join().status()).isEqualTo(PaymentStatus.COMPLETED);
        } finally {
            pool.dispose();
        }
    }

    @Test
    void whereNothingCanBeKeptItIsRefusedAndSaid() throws Exception {
        Files.writeString(spool(), "a file is no directory");
        try (Logs logs = new Logs(Level.WARN, "io.github.cameldaraja"); Shop shop = shop(Duration.ofMillis(200)).open()) {
            assertThat(logs.lines()).filteredOn(line -> line.contains("spoolDirectory")).hasSize(1);
            failing.addAll(SETTLING);
            Acknowledgement ids = push(shop, PHONE, Script.pays());

            assertThat(answered().status()).isEqualTo(503);
            assertThat(figures(shop)).isEqualTo(new CallbackFigures(0, 0, 0, Duration.ZERO, 1));
            assertThat(logs.lines()).filteredOn(line -> line.startsWith("ERROR")).hasSize(1).first().asString()
                    .contains("could not be kept and is answered 503", ids.reference(), "the store is down").doesNotContain(PHONE);
            repair();
            assertThat(safaricom.resend(ids.checkoutRequestId()).join()).isEqualTo(200);
            assertThat(told(shop, ids.reference()).isCompleted()).isTrue();
        }
    }

    @Test
    void aStoreThatNeverAnswersHoldsNobodyUp() {
        Set<CompletableFuture<Settlement>> late = ConcurrentHashMap.newKeySet();
        TransactionRepository slow = Repositories.of(ground, (call, arguments) -> {
            if (call.equals("settle") && hanging.contains(((Outcome) arguments[0]).reference())) {
                CompletableFuture<Settlement> hangs = new CompletableFuture<>();
                late.add(hangs);
                return hangs;
            }
            return null;
        });
        Acknowledgement stuck;
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        try (Shop shop = shop(Duration.ofMinutes(10)).with(component -> component.setRepository(slow)).open()) {
            List<String> healthy = new ArrayList<>();
            List<Acknowledgement> ids = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                ids.add(push(shop, "25471200001" + i, Script.pays().lostCallback()));
                healthy.add(shop.lastCallbackUrl());
            }
            stuck = push(shop, "254712000001", Script.pays().lostCallback());
            hanging.add(stuck.reference());
            String stuckUrl = shop.lastCallbackUrl();
            // many times the threads that any listener has
            for (int i = 0; i < 100; i++) {
                waiting.add(safaricom.post(stuckUrl, CallbackTexts.paid(stuck, 100, RECEIPT)));
            }
            await().until(() -> late.size() == 100);

            for (int i = 0; i < 10; i++) {
                assertThat(safaricom.post(healthy.get(i), CallbackTexts.paid(ids.get(i), 100, "UKL7ABCDF" + i)).join()).isEqualTo(200);
            }
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            await().until(() -> shop.outcomes().size() == 10);
        }
        // and when the component stops it does not wait for the store either
        assertThat(waiting).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
        assertThat(files()).hasSize(100);
        repair();
        try (Shop after = shop(Duration.ofSeconds(5)).open()) {
            drain(after);
            assertThat(told(after, stuck.reference()).receiptNumber()).isEqualTo(RECEIPT);
            assertThat(figures(after).drained()).isEqualTo(100);
        }
    }

    @Test
    void whatWasStoredAllTheSameCountsOnce() {
        AtomicInteger calls = new AtomicInteger();
        // the commit is done, and its answer never comes
        TransactionRepository late = Repositories.of(ground, (call, arguments) -> {
            if (!call.equals("settle")) {
                return null;
            }
            CompletableFuture<Settlement> done = store.settle((Outcome) arguments[0], (String) arguments[1]);
            settled.add(done.join());
            return calls.incrementAndGet() == 1 ? new CompletableFuture<>() : done;
        });
        try (Shop shop = shop(Duration.ofMillis(200)).with(component -> component.setRepository(late)).open()) {
            Acknowledgement ids = push(shop, PHONE, Script.pays());
            assertThat(answered().status()).isEqualTo(200);
            await().until(() -> figures(shop).spooled() == 1);

            drain(shop);
            // what this node holds by the books, and does not know of, it finds
            await().until(() -> {
                safaricom.clock().advance(Duration.ofSeconds(5));
                shop.look();
                return !shop.outcomes().isEmpty();
            });

            assertThat(told(shop, ids.reference()).isCompleted()).isTrue();
            assertThat(settled).extracting(Settlement::verdict).containsExactly(Verdict.APPLIED, Verdict.DUPLICATE);
            assertThat(figures(shop).drained()).isOne();
            shop.look();
            assertThat(shop.outcomes()).hasSize(1);
        }
    }

    @Test
    void whatWaitsAtARestartIsStoredAfterIt() {
        Acknowledgement ids;
        try (Shop before = shop(Duration.ofMillis(200)).open()) {
            failing.addAll(SETTLING);
            ids = push(before, PHONE, Script.pays());
            assertThat(answered().status()).isEqualTo(200);
        }
        assertThat(files()).hasSize(1);
        repair();
        try (Shop after = shop(Duration.ofMillis(200)).open()) {
            await().until(() -> after.outcomes().size() == 1);
            assertThat(told(after, ids.reference()).isCompleted()).isTrue();
            // a moment after the route is told
            await().until(() -> figures(after).drained() == 1);
            await().until(() -> files().isEmpty());
        }
        assertThat(spool()).isEmptyDirectory();
    }

    @Test
    void whoWaitsWhenTheComponentStopsIsAnsweredAndNotForgotten() {
        Acknowledgement ids;
        CompletableFuture<Integer> answer;
        try (Shop before = shop(Duration.ofSeconds(60)).open()) {
            ids = push(before, PHONE, Script.pays().lostCallback());
            failing.addAll(EVERYTHING);
            answer = safaricom.post(before.lastCallbackUrl(), CallbackTexts.paid(ids, 100, RECEIPT));
            await().until(() -> failed.get() >= 3);
            assertThat(answer).isNotDone();
        }
        assertThat(answer.join()).isEqualTo(200);
        assertThat(files()).hasSize(1);
        repair();
        try (Shop after = shop(Duration.ofSeconds(1)).open()) {
            await().until(() -> after.outcomes().size() == 1);
            assertThat(told(after, ids.reference()).receiptNumber()).isEqualTo(RECEIPT);
        }
    }

    @Test
    void manyAtOnceAreAllAnsweredAndAllFound() {
        int payments = 200;
        try (Shop shop = shop(Duration.ofSeconds(1)).open()) {
            List<Acknowledgement> ids = new ArrayList<>();
            List<String> urls = new ArrayList<>();
            for (int i = 0; i < payments; i++) {
                ids.add(push(shop, "254712" + (100_000 + i), Script.pays().lostCallback()));
                urls.add(shop.lastCallbackUrl());
            }
            failing.addAll(EVERYTHING);
            long begun = System.nanoTime();
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < payments; i++) {
                answers.add(safaricom.post(urls.get(i), CallbackTexts.paid(ids.get(i), 100, "UKL7A" + (10_000 + i))));
            }
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
            long took = (System.nanoTime() - begun) / 1_000_000;
            assertThat(files()).hasSize(payments);
            assertThat(shop.outcomes()).isEmpty();
            repair();
            drain(shop);

            await().until(() -> shop.outcomes().size() >= payments);
            System.out.println("store down for a second: " + payments + " callbacks answered 200 in " + took + " ms, "
                    + shop.outcomes().size() + " found afterwards");
            assertThat(shop.outcomes()).extracting(Outcome::reference).doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(ids.stream().map(Acknowledgement::reference).toList());
            assertThat(store.all()).extracting(Transaction::status).containsOnly(PaymentStatus.COMPLETED);
            assertThat(figures(shop)).isEqualTo(new CallbackFigures(payments, payments, 0, Duration.ZERO, 0));
        }
    }

    @Test
    void aConfirmationIsAnsweredInItsOwnWordsAndCountsOnce() throws Exception {
        try (Shop shop = shop(Duration.ofMillis(300)).open()) {
            String url = shop.component().services().accounts().get("default").registeredUrl(RegisteredUrl.C2B_CONFIRMATION);
            failing.addAll(EVERYTHING);
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> answer = post(url, confirmation());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("{\"ResultCode\":0,\"ResultDesc\":\"Success\"}");
            }
            assertThat(files()).hasSize(2);
            repair();
            drain(shop);

            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).receiptNumber()).isEqualTo(RECEIPT);
            assertThat(post(url, confirmation()).statusCode()).isEqualTo(200);
            shop.look();
            assertThat(shop.outcomes()).hasSize(1);
        }
    }

    @Test
    void whoHasNoCapabilityFillsNoDisk() throws Exception {
        try (Shop shop = shop(Duration.ofMillis(200)).open()) {
            Account account = shop.component().services().accounts().get("default");
            Acknowledgement ids = push(shop, PHONE, Script.pays().lostCallback());
            String url = shop.lastCallbackUrl();
            failing.addAll(EVERYTHING);

            for (String forged : List.of(url.substring(0, url.length() - 1) + (url.endsWith("0") ? "1" : "0"),
                    url.replace("/1/", "/2/"), account.registeredUrl(RegisteredUrl.C2B_CONFIRMATION).replace("/4/", "/5/"))) {
                assertThat(post(forged, CallbackTexts.paid(ids, 100, RECEIPT)).statusCode()).as(forged).isEqualTo(404);
            }
            assertThat(post(url, "x".repeat(70_000)).statusCode()).isEqualTo(413);
            // a question is answered now or never
            assertThat(post(account.registeredUrl(RegisteredUrl.C2B_VALIDATION), confirmation()).statusCode()).isEqualTo(503);

            assertThat(failed.get()).as("the store was not even asked").isZero();
            assertThat(figures(shop)).isEqualTo(new CallbackFigures(0, 0, 0, Duration.ZERO, 0));
            assertThat(spool()).doesNotExist();
        }
    }

    @Test
    void whatCameFromAnUnlistedAddressIsNoMoreBelievedAfterwards() {
        try (Shop shop = shop(Duration.ofMillis(200)).with(component -> component.setCallbackSources("196.201.214.200")).open()) {
            Acknowledgement ids = push(shop, PHONE, Script.pays().lostCallback());
            failing.addAll(EVERYTHING);
            assertThat(safaricom.post(shop.lastCallbackUrl(), CallbackTexts.paid(ids, 100, RECEIPT)).join()).isEqualTo(200);
            var receivedAt = safaricom.clock().instant();
            safaricom.clock().advance(Duration.ofMinutes(5));
            repair();
            drain(shop);

            assertThat(store.find(ids.reference()).join().status()).isEqualTo(PaymentStatus.PENDING);
            assertThat(store.kept()).hasSize(1).first().satisfies(kept -> {
                assertThat(kept.verdict()).isEqualTo(Verdict.OFF_RANGE);
                assertThat(kept.sender()).isEqualTo("127.0.0.1");
                assertThat(kept.receivedAt()).as("when it came, not when it was stored").isBeforeOrEqualTo(receivedAt);
            });
        }
    }
}
