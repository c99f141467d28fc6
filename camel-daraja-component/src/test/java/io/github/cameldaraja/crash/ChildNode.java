package io.github.cameldaraja.crash;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.DarajaComponent;
import io.github.cameldaraja.Databases;
import io.github.cameldaraja.Shop;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A process of its own, to be killed: books what it is told. It does what is written to it, a line each, and says so: {@code register},
 * {@code push 5}, {@code drained} (answered when everybody was told). It ends with the process that started it.
 */
final class ChildNode {

    static final String ROUTE_PUSH = "direct:push";
    static final String ROUTE_REGISTER = "direct:register";

    private ChildNode() {
    }

    /**
     * @param args URL of the database, URL of Safaricom, port for callbacks, seconds by which its clock is fast, directory of the spool,
     *             milliseconds after which a callback goes there
     */
    public static void main(String[] args) throws Exception {
        HikariDataSource connections = new HikariDataSource();
        connections.setJdbcUrl(args[0]);
        connections.setMaximumPoolSize(12);
        connections.setConnectionTimeout(2_000);
        int port = Integer.parseInt(args[2]);
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(Long.parseLong(args[3])));
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        DarajaComponent component = component(args[1], port, clock, connections);
        component.setSpoolDirectory(args[4]);
        component.setStoreTimeout(Duration.ofMillis(Long.parseLong(args[5])));
        context.addComponent("daraja", component);
        context.addRoutes(routes(connections));
        context.start();
        System.out.println("started");

        ProducerTemplate template = context.createProducerTemplate();
        Ground ground = new Ground(connections);
        Scanner lines = new Scanner(System.in);
        while (lines.hasNextLine()) {
            String[] line = lines.nextLine().split(" ");
            switch (line[0]) {
                case "register" -> check(template.request(ROUTE_REGISTER, exchange -> { }));
                case "push" -> push(template, Integer.parseInt(line[1]));
                case "drained" -> awaitDrained(ground, Path.of(args[4]));
                default -> throw new IllegalArgumentException(line[0]);
            }
            System.out.println(line[0]);
        }
        Runtime.getRuntime().halt(0);
    }

    /** A shop with everything, as {@link Shop} has it. */
    static DarajaComponent component(String safaricom, int port, Clock clock, HikariDataSource connections) {
        JdbcTransactionRepository repository = new JdbcTransactionRepository(connections);
        repository.setSecret(Databases.SECRET);
        repository.setClock(clock);
        DarajaComponent component = new DarajaComponent();
        DarajaAccount account = component.getConfiguration();
        Credentials credentials = Credentials.defaults();
        account.setBaseUrl(safaricom);
        account.setConsumerKey(credentials.consumerKey());
        account.setConsumerSecret(credentials.consumerSecret());
        account.setShortCode(credentials.shortCode());
        account.setPasskey(credentials.passkey());
        account.setInitiatorName(credentials.initiatorName());
        account.setInitiatorPassword(credentials.initiatorPassword());
        account.setCertificate(Shop.CERTIFICATE);
        account.setRegisteredUrlTokens("9f2c41d07be8536a19c0e4f7d28b6a35");
        account.setCallbackBaseUrl("http://127.0.0.1:" + port);
        component.setCallbackHost("127.0.0.1");
        component.setCallbackPort(port);
        component.setClock(clock);
        component.setRepository(repository);
        // what is stored is to be what was called back
        component.setAskWhenLate(false);
        // each of them pays again after every kill
        component.setPromptGuard(false);
        return component;
    }

    private static RouteBuilder routes(HikariDataSource connections) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(ROUTE_PUSH).to("daraja:stkPush?idempotencyKey=${header.key}");
                from(ROUTE_REGISTER).to("daraja:c2bRegister");
                from("daraja:stkPush").process(exchange -> CashBook.book(connections, "child", "from", exchange.getMessage()));
                from("daraja:c2bConfirmation")
                        .process(exchange -> CashBook.book(connections, "child", "from", exchange.getMessage()));
            }
        };
    }

    private static void push(ProducerTemplate template, int count) {
        List<CompletableFuture<Exchange>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StkPush.Request push = new StkPush.Request(Killing.phone(i), 7, "INV-" + i);
            String key = System.nanoTime() + "-" + i;
            all.add(template.asyncSend(ROUTE_PUSH, exchange -> {
                exchange.getMessage().setBody(push);
                exchange.getMessage().setHeader("key", key);
            }));
        }
        all.forEach(one -> check(one.join()));
    }

    static void check(Exchange done) {
        if (done.getException() != null) {
            throw new IllegalStateException(done.getException());
        }
    }

    private static void awaitDrained(Ground ground, Path spool) {
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
        CompletableFuture<Void> drained = new CompletableFuture<>();
        looking.scheduleWithFixedDelay(() -> {
            try {
                // in the order in which they go: what is spooled is held, and what is held becomes a delivery
                if (isEmpty(spool) && ground.count("select count(*) from daraja_payment where held") == 0
                        && ground.count("select count(*) from daraja_delivery where state <> 'DELIVERED'") == 0) {
                    drained.complete(null);
                }
            } catch (IllegalStateException e) {
                if (!(e.getCause() instanceof SQLException)) {
                    drained.completeExceptionally(e);
                }
                // the database is not back yet
            } catch (IOException e) {
                drained.completeExceptionally(e);
            }
        }, 0, 50, TimeUnit.MILLISECONDS);
        drained.join();
        looking.shutdown();
    }

    private static boolean isEmpty(Path spool) throws IOException {
        try (Stream<Path> files = Files.exists(spool) ? Files.walk(spool) : Stream.empty()) {
            return files.noneMatch(file -> file.toString().endsWith(".callback"));
        } catch (UncheckedIOException e) {
            // one has gone this moment
            return false;
        }
    }
}
