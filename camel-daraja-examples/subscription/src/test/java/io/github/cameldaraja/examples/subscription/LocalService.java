package io.github.cameldaraja.examples.subscription;

import io.github.cameldaraja.simulator.DarajaSimulator;
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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** The service, started on this machine beside a simulated Safaricom and in its time, and its customers. */
final class LocalService implements AutoCloseable {

    static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");

    private final DarajaSimulator safaricom;
    private final HttpClient browser = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Main main;
    private final String url;
    private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    private LocalService(DarajaSimulator safaricom, SubscriptionApp.Dsl dsl, Map<String, String> settings) {
        this.safaricom = safaricom;
        int port = freePort();
        url = "http://127.0.0.1:" + port;
        main = SubscriptionApp.create(dsl);
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.bind("clock", safaricom.clock());
        settings(port, freePort()).forEach(main::addOverrideProperty);
        settings.forEach(main::addOverrideProperty);
    }

    static LocalService open(DarajaSimulator safaricom, SubscriptionApp.Dsl dsl, Map<String, String> settings) {
        LocalService service = new LocalService(safaricom, dsl, settings);
        try {
            service.main.start();
        } catch (Exception e) {
            service.close();
            throw new IllegalStateException(e);
        }
        return service;
    }

    /** The ledger. */
    Payments payments() {
        return main.lookup("payments", Payments.class);
    }

    /** A customer pays on his phone, and is sent the receipt. */
    String pays(String phone, String reference, long amount) {
        return pays(phone, safaricom.credentials().shortCode(), reference, amount);
    }

    String pays(String phone, String shortCode, String reference, long amount) {
        PhonePayment payment = safaricom.c2b().pay(phone, shortCode, reference, amount).join();
        if (!payment.paid()) {
            throw new IllegalStateException(payment.toString());
        }
        return payment.receipt();
    }

    /** A customer types a code; the answer comes when Safaricom has spoken, or has not for too long. */
    CompletableFuture<Reply> activates(String account, String phone, String code) {
        return post("/activations", "{\"account\":\"" + account + "\",\"phone\":\"" + phone + "\",\"code\":\"" + code + "\"}");
    }

    /** A customer wants a standing order; the answer comes when he has decided, or has not for too long. */
    CompletableFuture<Reply> renews(String account, String phone) {
        return post("/renewals", "{\"account\":\"" + account + "\",\"phone\":\"" + phone + "\"}");
    }

    CompletableFuture<Reply> post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Reply plan(String account) {
        return send(HttpRequest.newBuilder(URI.create(url + "/plans/" + account))).join();
    }

    boolean isActive(String account) {
        return plan(account).json().path("active").asBoolean();
    }

    /** The last paid day; null if nothing was ever paid. */
    LocalDate paidUntil(String account) {
        String day = plan(account).json().path("paidUntil").asText(null);
        return day == null ? null : LocalDate.parse(day);
    }

    LocalDate today() {
        return LocalDate.ofInstant(safaricom.clock().instant(), NAIROBI);
    }

    /** Lets time pass until that hour of that day; what falls due happens in its turn. */
    static void passUntil(DarajaSimulator safaricom, LocalDate day, LocalTime hour) {
        safaricom.clock().advance(Duration.between(safaricom.clock().instant(), ZonedDateTime.of(day, hour, NAIROBI)));
    }

    /** Whether both sides know the same payments, to the shilling. */
    boolean booksAgree() {
        safaricom.books().verify();
        String shortCode = safaricom.credentials().shortCode();
        Map<String, BigDecimal> theirs = new HashMap<>();
        safaricom.books().payments().stream().filter(entry -> entry.partyB().equals(shortCode))
                .forEach(entry -> theirs.put(entry.receipt(), entry.amount()));
        Map<String, BigDecimal> ours = new HashMap<>();
        payments().all().forEach(payment -> ours.put(payment.receipt(), payment.amount().stripTrailingZeros()));
        theirs.replaceAll((receipt, amount) -> amount.stripTrailingZeros());
        return ours.equals(theirs)
                && payments().total().compareTo(BigDecimal.valueOf(safaricom.books().merchantBalance(shortCode))) == 0;
    }

    /** Takes the ledger away, or brings it back. */
    void ledgerIsAway(boolean away) {
        try (Connection connection = DriverManager.getConnection(database, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute(away ? "ALTER TABLE payment RENAME TO hidden" : "ALTER TABLE hidden RENAME TO payment");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        main.stop();
    }

    private CompletableFuture<Reply> send(HttpRequest.Builder request) {
        return browser.sendAsync(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(Reply::of);
    }

    private Map<String, String> settings(int port, int callbacks) {
        Map<String, String> settings = new HashMap<>();
        settings.put("camel.rest.port", String.valueOf(port));
        // stopping waits that long for threads that take longer anyway
        settings.put("camel.component.netty-http.shutdownTimeout", "20");
        settings.put("camel.component.daraja.baseUrl", safaricom.baseUrl());
        settings.put("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + callbacks);
        settings.put("camel.component.daraja.callbackPort", String.valueOf(callbacks));
        // the simulator stands any pace
        settings.put("camel.component.daraja.querySpacing", "0");
        settings.put("camel.main.shutdownTimeout", "5");
        settings.put("subscription.database.url", database);
        return settings;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
