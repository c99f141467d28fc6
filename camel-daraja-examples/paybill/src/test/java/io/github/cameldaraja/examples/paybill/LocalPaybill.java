package io.github.cameldaraja.examples.paybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.PhonePayment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.h2.jdbcx.JdbcConnectionPool;

/** The pay bill, started on this machine beside a simulated Safaricom, with its customers and clerks. */
final class LocalPaybill implements AutoCloseable {

    /** What a page answered. */
    record Page(int status, JsonNode json) {
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient browser = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final DarajaSimulator safaricom;
    private final String url;
    private final Main main;

    private LocalPaybill(DarajaSimulator safaricom, PaybillApp.Dsl dsl, String database, int callbacks) {
        this.safaricom = safaricom;
        int port = freePort();
        url = "http://127.0.0.1:" + port;
        main = PaybillApp.create(dsl);
        // no shutdown hook: who opened it closes it
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // the pay bill lives in Safaricom's time, which a test moves
        main.bind("clock", safaricom.clock());
        settings(port, callbacks, database).forEach(main::addOverrideProperty);
    }

    /** Opens it, and returns when it is registered. The simulator stays the caller's to close. */
    static LocalPaybill open(DarajaSimulator safaricom, PaybillApp.Dsl dsl, String database) {
        return open(safaricom, dsl, database, freePort());
    }

    /** The same with a callback port, for URLs that stay registered. */
    static LocalPaybill open(DarajaSimulator safaricom, PaybillApp.Dsl dsl, String database, int callbacks) {
        int before = safaricom.counters().count("pull.registrations");
        LocalPaybill paybill = new LocalPaybill(safaricom, dsl, database, callbacks);
        try {
            paybill.main.start();
            await().until(() -> safaricom.counters().count("pull.registrations") > before);
        } catch (Exception e) {
            paybill.close();
            throw new IllegalStateException("the pay bill cannot be opened: " + e.getMessage(), e);
        }
        return paybill;
    }

    AccountBook book() {
        return main.lookup("book", AccountBook.class);
    }

    /** A connection of the test's own to the book's database. */
    Connection database() throws SQLException {
        return main.lookup("dataSource", DataSource.class).getConnection();
    }

    /** The only connection that there is, until it is closed: whoever else wants one waits. */
    Connection onlyConnection() throws SQLException {
        main.lookup("dataSource", JdbcConnectionPool.class).setMaxConnections(1);
        return database();
    }

    /** A customer pays on the phone; done when the money has moved, or will not. */
    CompletableFuture<PhonePayment> isPaid(String phone, String typed, long amount) {
        return safaricom.c2b().pay(phone, shortCode(), typed, amount);
    }

    /** Takes a route out of service, as a person at a console may. */
    void stops(String route) throws Exception {
        main.getCamelContext().getRouteController().stopRoute(route);
    }

    /** Whether something is in this route just now. */
    boolean isBusy(String route) {
        return main.getCamelContext().getInflightRepository().size(route) > 0;
    }

    BigDecimal balance(String account) {
        return book().find(account).orElseThrow().balance();
    }

    /** Waits until every payment of Safaricom's books is in ours, and holds the two against each other to the shilling. */
    void agreesWithSafaricom() {
        await().untilAsserted(() -> assertThat(receipts()).isEqualTo(safaricom.books().entries().stream()
                .map(LedgerEntry::receipt).collect(Collectors.toSet())));
        safaricom.books().verify();
        BigDecimal credited = sum(book().accounts().stream().map(Account::balance).toList());
        BigDecimal suspended = sum(book().suspense().stream().map(Payment::amount).toList());
        assertThat(credited.add(suspended))
                .isEqualByComparingTo(BigDecimal.valueOf(safaricom.books().merchantBalance(shortCode())));
        for (Account account : book().accounts()) {
            assertThat(account.balance()).as(account.number()).isEqualByComparingTo(sum(book().payments().stream()
                    .filter(payment -> account.number().equals(payment.account())).map(Payment::amount).toList()));
        }
        for (LedgerEntry entry : safaricom.books().entries()) {
            assertThat(book().payments()).filteredOn(payment -> payment.receipt().equals(entry.receipt())).singleElement()
                    .satisfies(payment -> assertThat(payment.amount()).isEqualByComparingTo(entry.amount()));
        }
    }

    Page looksAt(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)));
    }

    Page posts(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Override
    public void close() {
        main.stop();
    }

    private Set<String> receipts() {
        return book().payments().stream().map(Payment::receipt).collect(Collectors.toSet());
    }

    private String shortCode() {
        return safaricom.credentials().shortCode();
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Page send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = browser.send(request.timeout(Duration.ofSeconds(15)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Page(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> settings(int port, int callbacks, String database) {
        Map<String, String> settings = new HashMap<>();
        settings.put("camel.rest.port", String.valueOf(port));
        // stopping waits that long for threads that take longer anyway
        settings.put("camel.component.netty-http.shutdownTimeout", "20");
        settings.put("camel.component.daraja.baseUrl", safaricom.baseUrl());
        settings.put("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + callbacks);
        settings.put("camel.component.daraja.callbackPort", String.valueOf(callbacks));
        // the simulator stands any pace; what it shows still follows its own clock
        settings.put("camel.component.daraja.querySpacing", "0");
        settings.put("paybill.pull", "50");
        settings.put("paybill.firstPull", "50");
        settings.put("camel.main.shutdownTimeout", "5");
        settings.put("paybill.database", "jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1");
        return settings;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
