package io.github.cameldaraja.examples.chaos.node;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.DarajaComponent;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.examples.chaos.plan.Step;
import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.Scanner;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * A node of the application, a process of its own that may be killed at any moment: {@link NodeProcess}. It takes orders on standard
 * input, a line each: {@code register} at Safaricom, {@code arm ROUTED 1200}, {@code disarm}; and says there is one on standard output.
 * It ends with the process that started it.
 */
final class ChaosNode {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosNode.class);

    /** How it ends when it cannot start now. */
    static final int TRY_AGAIN = 75;
    /** What begins the lines that the runner reads. */
    static final String SAID = "node: ";

    private static final int STORE_THREADS = 8;
    private static final int DELIVERY_THREADS = 16;
    // those of the repository, two of its own, and one for each thread on which routes run; with a few for the timer's
    private static final int CONNECTIONS = STORE_THREADS + 2 + DELIVERY_THREADS + 6;

    private static final long START_MILLIS = 20_000;
    private static final long CONNECTION_MILLIS = 800;

    private ChaosNode() {
    }

    /**
     * @param args {@link NodeSettings#arguments}
     */
    public static void main(String[] args) throws Exception {
        StepWeaver.weave();
        Guards.remove(System.getProperty("without"));
        NodeSettings settings = NodeSettings.of(args);
        DefaultCamelContext context = new DefaultCamelContext();
        try {
            start(context, settings);
        } catch (Exception e) {
            // the database may be away: whoever watches this process starts it again
            LOG.error("Node {} does not start", settings.name(), e);
            Runtime.getRuntime().halt(TRY_AGAIN);
        }
        say("started");
        listen(context);
        Runtime.getRuntime().halt(0);
    }

    /** To the runner. Others may write to standard output as well: the JVM does. */
    static void say(String line) {
        System.out.println(SAID + line);
    }

    private static void start(DefaultCamelContext context, NodeSettings settings) throws Exception {
        Clock clock = ClockFile.read(settings.clockFile());
        HikariDataSource database = database(settings);
        JdbcTransactionRepository repository = new JdbcTransactionRepository(database);
        repository.setSecret("what personal data is encrypted with in this run");
        repository.setClock(clock);
        repository.setThreads(STORE_THREADS);
        context.disableJMX();
        context.getCamelContextExtension().setName("chaos-" + settings.name());
        context.getPropertiesComponent().addOverrideProperty("chaos.pull", Long.toString(settings.pullEvery().toMillis()));
        context.getRegistry().bind("transactions", new DataSourceTransactionManager(database));
        context.addComponent("daraja", component(settings, repository, clock));
        context.addRoutes(new ChaosRoutes(settings, new Booking(database, settings.name(), clock), new Returns(database)));
        context.start();
        // sooner than storeTimeout: a callback is tried again, and not only waited with
        database.getHikariConfigMXBean().setConnectionTimeout(CONNECTION_MILLIS);
    }

    private static HikariDataSource database(NodeSettings settings) {
        HikariDataSource database = new HikariDataSource();
        // a server that is killed breaks its connections; one that only stands still does not
        database.setJdbcUrl(settings.databaseUrl() + "&socketTimeout=10&connectTimeout=2&ApplicationName=" + settings.name());
        database.setMaximumPoolSize(CONNECTIONS);
        database.setMinimumIdle(STORE_THREADS);
        database.setConnectionTimeout(START_MILLIS);
        database.setInitializationFailTimeout(-1);
        return database;
    }

    private static DarajaComponent component(NodeSettings settings, JdbcTransactionRepository repository, Clock clock) {
        DarajaComponent component = new DarajaComponent();
        DarajaAccount account = component.getConfiguration();
        Credentials credentials = Credentials.defaults();
        account.setBaseUrl(settings.safaricomUrl());
        account.setConsumerKey(credentials.consumerKey());
        account.setConsumerSecret(credentials.consumerSecret());
        account.setShortCode(credentials.shortCode());
        account.setPasskey(credentials.passkey());
        account.setInitiatorName(credentials.initiatorName());
        account.setInitiatorPassword(credentials.initiatorPassword());
        account.setCertificate("classpath:io/github/cameldaraja/simulator/certificate.pem");
        account.setRegisteredUrlTokens("9f2c41d07be8536a19c0e4f7d28b6a35");
        account.setCallbackBaseUrl(settings.callbackUrl());
        // this Safaricom stands any pace, but for the limits that the plan sets
        account.setQuerySpacing(Duration.ZERO);
        component.setApplication("chaos");
        component.setRepository(repository);
        component.setClock(clock);
        component.setCallbackHost("127.0.0.1");
        component.setCallbackPort(settings.callbackPort());
        component.setSpoolDirectory(settings.directory().resolve("spool").toString());
        component.setStoreTimeout(Duration.ofSeconds(1));
        component.setConnectTimeout(Duration.ofSeconds(1));
        component.setResponseTimeout(Duration.ofSeconds(5));
        component.setDeliveryThreads(DELIVERY_THREADS);
        // while the database is away hours pass
        component.setMaximumDeliveries(50);
        // each customer orders once
        component.setPromptGuard(false);
        component.setPayoutSpacing(Duration.ZERO);
        return component;
    }

    private static void listen(CamelContext context) {
        Scanner lines = new Scanner(System.in);
        while (lines.hasNextLine()) {
            String[] line = lines.nextLine().split(" ");
            switch (line[0]) {
                case "arm" -> Steps.arm(Step.valueOf(line[1]), Integer.parseInt(line[2]));
                case "disarm" -> Steps.disarm();
                case "register" -> register(context);
                default -> throw new IllegalArgumentException(line[0]);
            }
            say(line[0]);
        }
    }

    // the address of confirmations, and the statement
    private static void register(CamelContext context) {
        ProducerTemplate template = context.createProducerTemplate();
        for (String what : new String[] {"daraja:c2bRegister", "daraja:pullRegister?phoneNumber=0722000009"}) {
            Exchange done = template.request(what, exchange -> { });
            if (done.getException() != null) {
                LOG.error("{} failed", what, done.getException());
                say("failed: " + done.getException());
            }
        }
    }
}
