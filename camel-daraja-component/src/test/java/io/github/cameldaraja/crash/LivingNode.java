package io.github.cameldaraja.crash;

import io.github.cameldaraja.Ports;
import io.github.cameldaraja.DarajaComponent;
import io.github.cameldaraja.Databases;
import io.github.cameldaraja.Shop;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * One process of a user: routes that pay and book, over a database that others share. It can die at a named point; from then on
 * nothing that it does is stored, nothing that it sends arrives, and its listener answers nobody.
 */
final class LivingNode implements AutoCloseable {

    /** What its routes are told. */
    static final String[] OPERATIONS = {"stkPush", "b2c", "c2bConfirmation", "accountBalance"};

    private final String name;
    private final Wire in;
    private final Wire out;
    private final int port = Ports.free();
    private final Path disk;
    private final MortalDataSource connections;
    private final Doom doom = new Doom(this::cut);
    private final TransactionRepository repository;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final DarajaComponent component = new DarajaComponent();
    private final CompletableFuture<Void> death = new CompletableFuture<>();
    private volatile Consumer<Exchange> beforeBooking = exchange -> { };
    private volatile Consumer<Exchange> afterBooking = exchange -> { };
    private volatile boolean stalled;
    private boolean audited;
    private ProducerTemplate template;
    private CompletableFuture<Void> buried;

    /**
     * @param in   what leads to its listener
     * @param disk where it spools
     */
    LivingNode(String name, Ground ground, DarajaSimulator safaricom, Wire in, Path disk) {
        this.name = name;
        this.disk = disk;
        this.in = in;
        this.out = new Wire(safaricom::port);
        this.connections = new MortalDataSource(ground.connections());
        JdbcTransactionRepository jdbc = new JdbcTransactionRepository(connections);
        jdbc.setSecret(Databases.SECRET);
        jdbc.setClock(safaricom.clock());
        this.repository = doom.over(jdbc);
        DarajaAccount account = component.getConfiguration();
        account.setBaseUrl("http://127.0.0.1:" + out.port());
        account.setConsumerKey(safaricom.credentials().consumerKey());
        account.setConsumerSecret(safaricom.credentials().consumerSecret());
        account.setShortCode(safaricom.credentials().shortCode());
        account.setPasskey(safaricom.credentials().passkey());
        account.setQuerySpacing(Duration.ZERO);
        account.setInitiatorName(safaricom.credentials().initiatorName());
        account.setInitiatorPassword(safaricom.credentials().initiatorPassword());
        account.setCertificate(Shop.CERTIFICATE);
        account.setRegisteredUrlTokens("9f2c41d07be8536a19c0e4f7d28b6a35");
        account.setCallbackBaseUrl("http://127.0.0.1:" + in.port());
        component.setCallbackHost("127.0.0.1");
        component.setCallbackPort(port);
        component.setClock(safaricom.clock());
        component.setRepository(repository);
        component.setSpoolDirectory(disk.toString());
        // tests play with one phone and one price all the time
        component.setPromptGuard(false);
        component.setPayoutSpacing(Duration.ZERO);
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(5);
    }

    LivingNode with(Consumer<DarajaComponent> settings) {
        settings.accept(component);
        return this;
    }

    /** A second group is told of pushes. */
    LivingNode audited() {
        audited = true;
        return this;
    }

    /** Starts it with its routes. */
    LivingNode start() {
        // not earlier: what with() says must be said before the component is initialised
        context.addComponent("daraja", component);
        try {
            context.addRoutes(routes());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        context.start();
        template = context.createProducerTemplate();
        return this;
    }

    private RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                String key = "?idempotencyKey=${header.key}";
                String wait = "&awaitOutcome=true&outcomeTimeout=60s";
                from("direct:stkPush").to("daraja:stkPush" + key);
                from("direct:b2c").to("daraja:b2c" + key);
                from("direct:b2c-asked").to("daraja:b2c" + key + "&requestedBy=Amina");
                from("direct:accountBalance").to("daraja:accountBalance");
                from("direct:c2bRegister").to("daraja:c2bRegister");
                from("direct:stkPush-wait").to("daraja:stkPush" + key + wait).process(exchange -> book("exchange", exchange));
                from("direct:b2c-wait").to("daraja:b2c" + key + wait).process(exchange -> book("exchange", exchange));
                from("direct:accountBalance-wait").to("daraja:accountBalance?awaitOutcome=true&outcomeTimeout=60s")
                        .process(exchange -> book("exchange", exchange));
                if (audited) {
                    from("daraja:stkPush?group=audit").process(exchange -> book("audit", exchange));
                }
                for (String operation : OPERATIONS) {
                    from("daraja:" + operation).routeId(operation).process(exchange -> book("from", exchange));
                }
            }
        };
    }

    private void book(String via, Exchange exchange) throws Exception {
        beforeBooking.accept(exchange);
        CashBook.book(connections, name, via, exchange.getMessage());
        afterBooking.accept(exchange);
    }

    /** Runs in its routes before they book. */
    void beforeBooking(Consumer<Exchange> step) {
        beforeBooking = step;
    }

    /** Runs in its routes when they have booked; the delivery is not marked yet. */
    void afterBooking(Consumer<Exchange> step) {
        afterBooking = step;
    }

    /** Where it dies. */
    Doom doom() {
        return doom;
    }

    MortalDataSource connections() {
        return connections;
    }

    /** What it sends to Safaricom. */
    Wire out() {
        return out;
    }

    int port() {
        return port;
    }

    DefaultCamelContext context() {
        return context;
    }

    /** Ends the process, here and now. */
    void die() {
        doom.die();
    }

    /** Ends the process in the middle of one of its own steps. */
    void dieHere() {
        die();
        throw new Dead();
    }

    /** Done when it is dead. */
    CompletableFuture<Void> death() {
        return death;
    }

    boolean isAlive() {
        return !death.isDone();
    }

    /** The database does not answer it any more, for a while. */
    void stall() {
        stalled = true;
        connections.stall();
    }

    void goOn() {
        stalled = false;
        connections.goOn();
    }

    /** Whether it can say that it lives. */
    boolean isHeard() {
        return isAlive() && !stalled;
    }

    /** Suspends a route, or lets it run again. */
    void route(String id, boolean runs) {
        try {
            if (runs) {
                context.getRouteController().resumeRoute(id);
            } else {
                context.getRouteController().suspendRoute(id);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void cut() {
        connections.die();
        freeze();
        in.cut(port);
        out.cut(out.target());
        death.complete(null);
        // its threads still run: let them come to nothing
        buried = CompletableFuture.runAsync(context::stop);
    }

    // what is on its disk stays as it is, and nothing gets there any more
    private void freeze() {
        try {
            if (Files.exists(disk)) {
                Files.move(disk, disk.resolveSibling(name + " as it died"));
            }
            Files.createFile(disk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many callbacks wait on its disk. */
    long spooled() {
        try (Stream<Path> files = Files.exists(disk) ? Files.walk(disk) : Stream.empty()) {
            return files.filter(file -> file.toString().endsWith(".callback")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends without waiting. */
    CompletableFuture<Exchange> send(String route, Object body, String key) {
        return template.asyncSend("direct:" + route, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(Map.of("key", key)));
        });
    }

    /** What is stored of that payment. */
    Transaction payment(String reference) {
        return repository.find(reference).join();
    }

    /** The outcome of that payment as it is stored. */
    Outcome outcome(String reference) {
        return payment(reference).toOutcome();
    }

    @Override
    public void close() {
        if (isAlive()) {
            connections.repair();
            connections.goOn();
            context.stop();
        } else {
            buried.join();
        }
        out.close();
    }

}
