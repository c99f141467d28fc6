package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.transaction.FailingRepository;
import io.github.cameldaraja.transaction.FailingRepository.Step;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.Connection;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message queue delivers what was not committed once more, to whoever is there then; with a key that is one payment. */
class JmsRedeliveryTest extends DatabaseEndToEnd {

    private static final String TRANSACTED = "?transacted=true&lazyCreateTransactionManager=false&receiveTimeout=100";
    private static BrokerService broker;

    private final List<Object> references = new CopyOnWriteArrayList<>();
    private final List<Object> replayed = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new BrokerService();
        broker.setBrokerName("wages");
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        broker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.stop();
    }

    @BeforeEach
    void money() {
        deposit(UTILITY, 10_000);
    }

    private static JmsComponent jms(int redeliveries) {
        ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://wages?create=false");
        connections.getRedeliveryPolicy().setMaximumRedeliveries(redeliveries);
        connections.getRedeliveryPolicy().setInitialRedeliveryDelay(0);
        connections.getRedeliveryPolicy().setRedeliveryDelay(0);
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(connections);
        return jms;
    }

    private Shop consuming(Shop node, String queue, String uri, int redeliveries, Processor afterThePush) {
        node.context().addComponent("jms", jms(redeliveries));
        return node.routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DarajaOutcomeUnknownException.class).handled(true)
                        .process(e -> failures.add(e.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from("direct:send").to("jms:queue:" + queue);
                from("jms:queue:" + queue + TRANSACTED).routeId("paying").to(uri).process(exchange -> {
                    references.add(exchange.getMessage().getHeader(DarajaConstants.REFERENCE));
                    replayed.add(exchange.getMessage().getHeader(DarajaConstants.REPLAYED, false, Boolean.class));
                }).process(afterThePush);
            }
        });
    }

    private static void order(Shop node, String key) {
        assertThat(node.send("direct:send", "{\"phoneNumber\":\"" + PHONE + "\",\"amount\":100}", Map.of("salaryId", key))
                .getException()).isNull();
    }

    // as if its process had gone: what it has not committed is free, and it will never say anything any more
    private static void loseConnections() throws Exception {
        for (Connection client : broker.getBroker().getClients()) {
            client.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "b2c", "stkPush" })
    void aMessageThatIsDeliveredAgainIsOneRequest(String operation) {
        try (Shop node = consuming(newNode(), "again." + operation, "daraja:" + operation + "?idempotencyKey=${header.salaryId}", 5,
                exchange -> {
                    if (references.size() < 4) {
                        throw new IllegalStateException("the database of wages is down");
                    }
                }).collecting(operation).open()) {
            order(node, "november");
            await().until(() -> references.size() == 4);

            assertThat(references.stream().distinct()).hasSize(1);
            assertThat(replayed).containsExactly(false, true, true, true);
            assertThat(told(node, (String) references.get(0)).isCompleted()).isTrue();
            assertThat(operation.equals("b2c") ? count("b2c.received") : safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void aMessageWhoseConsumerDiedAfterThePushIsOneRequest() throws Exception {
        CountDownLatch pushed = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        String uri = "daraja:b2c?idempotencyKey=${header.salaryId}";
        try (Shop dead = consuming(newNode(), "died", uri, 5, exchange -> {
            pushed.countDown();
            never.await();
        }).open()) {
            order(dead, "november");
            pushed.await();
            loseConnections();

            try (Shop heir = consuming(newNode(), "died", uri, 5, exchange -> { }).open()) {
                await().until(() -> references.size() == 2);
            }
            never.countDown();
        }
        assertThat(references.get(1)).isEqualTo(references.get(0));
        assertThat(replayed).containsExactly(false, true);
        assertThat(count("b2c.received")).isEqualTo(1);
        assertThat(transfers()).hasSize(1);
    }

    @Test
    void aMessageWhoseConsumerDiedBeforeItCouldStoreTheAnswerIsOnePaymentAndIsAskedAbout() throws Exception {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        CountDownLatch pushed = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        String uri = "daraja:b2c?idempotencyKey=${header.salaryId}";
        Shop dying = newNode();
        TransactionRepository store = dying.component().getRepository();
        dying.context().addService(store);
        ServiceHelper.startService(store);
        FailingRepository ground = new FailingRepository(store);
        ground.breakDown(Step.UPDATE, Step.CLAIM);
        try (Shop dead = consuming(dying.with(component -> component.setRepository(ground)), "lost", uri, 5, exchange -> {
            pushed.countDown();
            never.await();
        }).open()) {
            order(dead, "november");
            pushed.await();
            loseConnections();

            try (Shop heir = consuming(newNode(), "lost", uri, 5, exchange -> { }).collecting("b2c").open()) {
                await().until(() -> transfers().size() == 1);
                await().until(() -> {
                    safaricom.clock().advance(Duration.ofSeconds(5));
                    return failures.size() == 1;
                });
                assertThat(failures.get(0)).hasMessageContaining("not sent again");
                assertThat(stored(heir, (String) references.get(0)).status()).isIn(PaymentStatus.INITIATED, PaymentStatus.UNKNOWN);

                await().until(() -> {
                    safaricom.clock().advance(Duration.ofSeconds(5));
                    return heir.outcomes().size() == 1;
                });
                Outcome found = heir.outcomes().get(0);
                assertThat(found.isCompleted()).isTrue();
                assertThat(found.source()).isEqualTo(Source.QUERY);
                assertThat(found.reference()).isEqualTo(references.get(0));
            }
            never.countDown();
        }
        // the component has repeated the identical request, and Safaricom has refused it
        assertThat(count("b2c.received")).isEqualTo(2);
        assertThat(count("b2c.duplicates")).isEqualTo(1);
        assertThat(transfers()).hasSize(1);
    }

    @Test
    void aDeadLetterThatIsReplayedLaterTheSameDayIsAnsweredWithTheOutcome() {
        List<Object> bodies = new CopyOnWriteArrayList<>();
        String uri = "daraja:b2c?idempotencyKey=${header.salaryId}";
        try (Shop node = consuming(newNode(), "replayed", uri, 1, exchange -> {
            bodies.add(exchange.getMessage().getBody());
            if (bodies.size() <= 2) {
                throw new IllegalStateException("the database of wages is down");
            }
        }).routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:queue:ActiveMQ.DLQ" + TRANSACTED).routeId("person").autoStartup(false).to("jms:queue:replayed");
            }
        }).collecting("b2c").open()) {
            order(node, "november");
            await().until(() -> bodies.size() == 2 && node.outcomes().size() == 1);
            safaricom.clock().advance(Duration.ofHours(6));
            start(node, "person");
            await().until(() -> bodies.size() == 3);

            assertThat(bodies.get(2)).isInstanceOf(Outcome.class);
            assertThat(((Outcome) bodies.get(2)).isCompleted()).isTrue();
            assertThat(references.stream().distinct()).hasSize(1);
            assertThat(replayed).containsExactly(false, true, true);
            assertThat(count("b2c.received")).isEqualTo(1);
            assertThat(transfers()).hasSize(1);
        }
    }

    private static void start(Shop node, String route) {
        try {
            node.context().getRouteController().startRoute(route);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
