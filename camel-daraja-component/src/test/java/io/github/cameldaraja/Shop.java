package io.github.cameldaraja;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.DeliveryState;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;

/** A Camel context with the component, pointed at a simulator: what a user has, for tests. */
public final class Shop implements AutoCloseable {

    public static final String CUSTOMER = "254712345678";

    /** Encrypts for the simulator. */
    public static final String CERTIFICATE = "classpath:io/github/cameldaraja/simulator/certificate.pem";

    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }

    private final DarajaSimulator safaricom;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final DarajaComponent component = new DarajaComponent();
    private final MemoryTransactionRepository repository;
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    private ProducerTemplate template;

    private Shop(DarajaSimulator safaricom) {
        this.safaricom = safaricom;
        this.repository = new MemoryTransactionRepository(safaricom.clock(), 100_000);
        DarajaAccount account = component.getConfiguration();
        account.setBaseUrl(safaricom.baseUrl());
        account.setConsumerKey(safaricom.credentials().consumerKey());
        account.setConsumerSecret(safaricom.credentials().consumerSecret());
        account.setShortCode(safaricom.credentials().shortCode());
        account.setPasskey(safaricom.credentials().passkey());
        account.setQuerySpacing(Duration.ZERO);
        int port = Ports.free();
        account.setCallbackBaseUrl("http://127.0.0.1:" + port);
        component.setCallbackHost("127.0.0.1");
        component.setCallbackPort(port);
        component.setClock(safaricom.clock());
        component.setRepository(repository);
        // tests play with one phone and one price all the time
        component.setPromptGuard(false);
        component.setPayoutSpacing(Duration.ZERO);
        // what one test leaves is none of the next one's business
        component.setSpoolDirectory("target/spool/" + UUID.randomUUID());
        context.getShutdownStrategy().setTimeout(5);
    }

    /** A shop that is not started yet. */
    public static Shop at(DarajaSimulator safaricom) {
        return new Shop(safaricom);
    }

    public Shop with(Consumer<DarajaComponent> settings) {
        settings.accept(component);
        return this;
    }

    /** With an API operator, and tokens for registered URLs: what payouts, questions and registrations need. */
    public Shop withOperator() {
        DarajaAccount account = component.getConfiguration();
        account.setInitiatorName(safaricom.credentials().initiatorName());
        account.setInitiatorPassword(safaricom.credentials().initiatorPassword());
        account.setCertificate(CERTIFICATE);
        account.setRegisteredUrlTokens("9f2c41d07be8536a19c0e4f7d28b6a35");
        return this;
    }

    /** A route from {@code direct:name} to the URI. */
    public Shop route(String name, String uri) {
        return routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + name).to(uri);
            }
        });
    }

    /** A route that collects what {@code from("daraja:stkPush")} is told. */
    public Shop collecting() {
        return collecting("stkPush");
    }

    /** Routes that collect what these operations are told, called as they; that of pushes {@code collecting}. */
    public Shop collecting(String... operations) {
        return routes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String operation : operations) {
                    from("daraja:" + operation).routeId(operation.equals("stkPush") ? "collecting" : operation)
                            .process(e -> outcomes.add(e.getMessage().getBody(Outcome.class)));
                }
            }
        });
    }

    public Shop routes(RouteBuilder routes) {
        try {
            context.addRoutes(routes);
            return this;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public Shop open() {
        // not earlier: what with() says must be said before the component is initialised
        context.addComponent("daraja", component);
        context.start();
        template = context.createProducerTemplate();
        return this;
    }

    /** Sends without waiting. */
    public CompletableFuture<Exchange> sendAsync(String uri, Object body) {
        return sendAsync(uri, body, Map.of());
    }

    public CompletableFuture<Exchange> sendAsync(String uri, Object body, Map<String, Object> headers) {
        Processor fill = exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        };
        return template.asyncSend(uri, fill);
    }

    public Exchange send(String uri, Object body) {
        return sendAsync(uri, body).join();
    }

    public Exchange send(String uri, Object body, Map<String, Object> headers) {
        return sendAsync(uri, body, headers).join();
    }

    public DefaultCamelContext context() {
        return context;
    }

    public DarajaComponent component() {
        return component;
    }

    public MemoryTransactionRepository repository() {
        return repository;
    }

    /** What the collecting route was told. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    /** The callback URL that the shop gave with its last push. */
    public String lastCallbackUrl() {
        var pushes = safaricom.requests().stream().filter(request -> request.path().contains("/stkpush/")).toList();
        String body = pushes.get(pushes.size() - 1).body();
        return body.replaceAll("(?s).*\"CallBackURL\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }

    /** The body of the last push as JSON. */
    public JsonNode lastPush() {
        var pushes = safaricom.requests().stream().filter(request -> request.path().contains("/stkpush/")).toList();
        return json(pushes.get(pushes.size() - 1).body());
    }

    /** What Safaricom was sent at a path that holds this, in order. */
    public List<JsonNode> sent(String path) {
        return safaricom.requests().stream().filter(request -> request.path().contains(path))
                .map(request -> json(request.body())).toList();
    }

    /** The stored payment of that reference. */
    public Transaction payment(String reference) {
        return repository.find(reference).join();
    }

    /** The one stored payment. */
    public Transaction onlyPayment() {
        List<Transaction> all = repository.all();
        if (all.size() != 1) {
            throw new IllegalStateException("stored are " + all);
        }
        return all.get(0);
    }

    /** Lets the component bring an outcome to its routes, as if it had just been settled. */
    public void bring(Outcome outcome) {
        Instant now = safaricom.clock().instant();
        DarajaServices services = component.services();
        services.deliveries().bring(new Delivery(outcome.reference(), 1, null, services.node().application(), outcome, 1,
                DeliveryState.HELD, services.node().id(), now, now));
    }

    /** Returns when the component has looked at its clock: what was due has been started, and what was not has been left. */
    public void look() {
        for (int i = 0; i < 2; i++) {
            CountDownLatch looked = new CountDownLatch(1);
            component.services().deadlines().at(Instant.EPOCH, looked::countDown);
            try {
                if (!looked.await(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the component's clock stands still");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        context.stop();
    }

}
