package io.github.cameldaraja.examples.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.PhonePayment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.springframework.jdbc.core.JdbcTemplate;

/** The wallets, started on this machine beside a simulated Safaricom, with their customers. */
final class LocalWallet implements AutoCloseable {

    private final DarajaSimulator safaricom;
    private final CustomersApp app;
    private final Main main;

    private LocalWallet(DarajaSimulator safaricom, WalletApp.Dsl dsl, Path data, int callbacks) {
        this.safaricom = safaricom;
        int port = freePort();
        app = new CustomersApp("http://127.0.0.1:" + port);
        main = WalletApp.create(dsl);
        // no shutdown hook: who opened it closes it
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // the wallets live in Safaricom's time, which a test moves
        main.bind("clock", safaricom.clock());
        settings(safaricom, port, callbacks, data).forEach(main::addOverrideProperty);
    }

    /** Opens them, and returns when they are registered. The simulator stays the caller's to close. */
    static LocalWallet open(DarajaSimulator safaricom, WalletApp.Dsl dsl, Path data) {
        return open(safaricom, dsl, data, freePort());
    }

    /** The same where Safaricom finds them again. */
    static LocalWallet open(DarajaSimulator safaricom, WalletApp.Dsl dsl, Path data, int callbacks) {
        int before = safaricom.counters().count("pull.registrations");
        LocalWallet wallet = new LocalWallet(safaricom, dsl, data, callbacks);
        try {
            wallet.main.start();
            await().until(() -> safaricom.counters().count("pull.registrations") > before);
        } catch (Exception e) {
            wallet.close();
            throw new IllegalStateException("the wallets cannot be opened: " + e.getMessage(), e);
        }
        return wallet;
    }

    /** What a test sets, here or for a process of its own. */
    static Map<String, String> settings(DarajaSimulator safaricom, int port, int callbacks, Path data) {
        Map<String, String> settings = new HashMap<>();
        settings.put("wallet.data", data.toAbsolutePath().toString());
        settings.put("camel.rest.port", String.valueOf(port));
        // stopping waits that long for threads that take longer anyway
        settings.put("camel.component.netty-http.shutdownTimeout", "20");
        settings.put("camel.component.daraja.baseUrl", safaricom.baseUrl());
        settings.put("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + callbacks);
        settings.put("camel.component.daraja.callbackPort", String.valueOf(callbacks));
        // the simulator stands any pace; what it shows still follows its own clock
        settings.put("camel.component.daraja.querySpacing", "0");
        settings.put("wallet.pull", "50");
        settings.put("wallet.firstPull", "50");
        settings.put("camel.main.shutdownTimeout", "5");
        return settings;
    }

    CustomersApp app() {
        return app;
    }

    Wallets wallets() {
        return main.lookup("wallets", Wallets.class);
    }

    /** The same database, outside of every transaction of a route. */
    JdbcTemplate database() {
        return new JdbcTemplate(main.lookup("dataSource", DataSource.class));
    }

    /** What the wallet of that phone holds; zero if there is none. */
    BigDecimal balance(String phone) {
        Wallet wallet = wallets().find(phone);
        return wallet == null ? BigDecimal.ZERO : wallet.balance();
    }

    List<Entry> entries(String phone) {
        Wallet wallet = wallets().find(phone);
        return wallet == null ? List.of() : wallet.entries();
    }

    /** A customer pays on the phone; done when the money has moved, or will not. */
    CompletableFuture<PhonePayment> isPaid(String phone, String typed, long amount) {
        return safaricom.c2b().pay(phone, safaricom.credentials().shortCode(), typed, amount);
    }

    /** Waits until every payment of Safaricom's books is credited, and holds the two against each other to the shilling. */
    void agreesWithSafaricom() {
        await().untilAsserted(() -> assertThat(told(wallets().entries())).isEqualTo(booked(safaricom)));
        sumsAgree();
    }

    /** Lets time pass until everybody has said what he knows, and some more: answers to questions, several looks of Pull. */
    void catchesUp() {
        await().untilAsserted(() -> {
            safaricom.clock().advance(Duration.ofMinutes(1));
            assertThat(told(wallets().entries())).isEqualTo(booked(safaricom));
        });
        int looks = safaricom.counters().count("pull.queries");
        safaricom.clock().advance(Duration.ofMinutes(10));
        await().until(() -> safaricom.counters().count("pull.queries") > looks + 2);
        agreesWithSafaricom();
    }

    /** The same without receipts: some have only been told by a query so far. */
    void sumsAgree() {
        safaricom.books().verify();
        List<Entry> entries = wallets().entries();
        assertThat(sum(entries)).isEqualByComparingTo(
                BigDecimal.valueOf(safaricom.books().merchantBalance(safaricom.credentials().shortCode())));
        entries.stream().filter(entry -> entry.wallet() != null).collect(Collectors.groupingBy(Entry::wallet))
                .forEach((phone, its) -> assertThat(balance(phone)).as(phone).isEqualByComparingTo(sum(its)));
    }

    @Override
    public void close() {
        main.stop();
    }

    /** Receipts and what each brought, as Safaricom has it. */
    static Map<String, BigDecimal> booked(DarajaSimulator safaricom) {
        return safaricom.books().entries().stream()
                .collect(Collectors.toMap(LedgerEntry::receipt, entry -> entry.amount().setScale(2)));
    }

    /** The same as the wallets have it; fails if a receipt is there twice. */
    static Map<String, BigDecimal> told(List<Entry> entries) {
        return entries.stream().collect(Collectors.toMap(entry -> String.valueOf(entry.receipt()),
                entry -> entry.amount().setScale(2)));
    }

    private static BigDecimal sum(List<Entry> entries) {
        return entries.stream().map(Entry::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
