package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.RecordedRequest;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.TokenFault;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are planted and then looked for wherever a person or a machine may read. */
class SecretsTest {

    private static final String CONSUMER_KEY = "PlantedConsumerKey4711";
    private static final String CONSUMER_SECRET = "PlantedConsumerSecret4711";
    private static final String PASSKEY = "planted0passkey0a9b3d2846a0c4e2f6b8d1735940aa5c6e7f8091b2c3d4e5f";
    private static final String INITIATOR_PASSWORD = "PlantedInitiator#4711";
    private static final String CALLBACK_SECRET = "PlantedCallbackSecret-4711-0123456789";
    private static final String PREVIOUS_SECRET = "PlantedPreviousSecret-4711-0123456789";
    private static final String NAME_PASSWORD = "PlantedNamePassword4711";
    private static final String PROXY_PASSWORD = "PlantedProxyPassword4711";
    private static final String STORE_SECRET = "PlantedStoreSecret-4711-0123456789";
    private static final String PREVIOUS_STORE_SECRET = "PlantedOldStoreSecret-4711-0123456789";
    private static final String PHONE = "254712345678";

    @TempDir
    Path directory;

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension(SimulatorSettings.defaults()
            .withAnswerDelay(Duration.ofMillis(10)).withCredentials(credentials()));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    private static Credentials credentials() {
        Credentials usual = Credentials.defaults();
        return new Credentials(CONSUMER_KEY, CONSUMER_SECRET, usual.shortCode(), PASSKEY, usual.tillNumber(), usual.storeNumber(),
                usual.initiatorName(), INITIATOR_PASSWORD, usual.certificatePem());
    }

    /** What must not be seen: what was planted, and what was made of it since. */
    private List<String> secrets() {
        Set<String> secrets = new LinkedHashSet<>(List.of(CONSUMER_KEY, CONSUMER_SECRET, PASSKEY, INITIATOR_PASSWORD,
                CALLBACK_SECRET, PREVIOUS_SECRET, PROXY_PASSWORD, NAME_PASSWORD, STORE_SECRET, PREVIOUS_STORE_SECRET));
        for (RecordedRequest request : safaricom.requests()) {
            String authorization = request.headers().get("authorization");
            if (authorization != null) {
                secrets.add(authorization.substring(authorization.indexOf(' ') + 1));
            }
            if (request.path().contains("stkpush")) {
                secrets.add(Shop.json(request.body()).get("Password").asText());
            }
        }
        return new ArrayList<>(secrets);
    }

    /** What makes callback URLs capabilities. A server prints at DEBUG which URLs it was asked for; nobody else does. */
    private List<String> capabilities() {
        return safaricom.requests().stream().filter(request -> request.path().contains("processrequest"))
                .map(request -> Shop.json(request.body()).get("CallBackURL").asText())
                .map(url -> url.substring(url.lastIndexOf('/') + 1)).toList();
    }

    private void assertClean(String where, String text) {
        for (String secret : secrets()) {
            int at = text.indexOf(secret);
            assertThat(at).as(() -> where + " shows " + secret + " in: " + text.substring(Math.max(0, at - 200),
                    Math.min(text.length(), at + 200))).isEqualTo(-1);
        }
    }

    private Shop shop() {
        return Shop.at(safaricom).with(component -> {
            DarajaAccount account = component.getConfiguration();
            account.setInitiatorName("operator");
            account.setInitiatorPassword(INITIATOR_PASSWORD);
            account.setCallbackSecret(CALLBACK_SECRET);
            account.setNameUsername("names");
            account.setNamePassword(NAME_PASSWORD);
            account.setPreviousCallbackSecret(PREVIOUS_SECRET);
        }).route("pay", "daraja:stkPush").route("wait", "daraja:stkPush?awaitOutcome=true").route("ask", "daraja:stkQuery")
                .routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("daraja:stkPush?group=failing").throwException(new IllegalStateException("no"));
                    }
                }).collecting();
    }

    /** Good and bad days of a shop. */
    private void live(Shop shop, List<Exchange> failed) {
        Exchange paid = shop.send("direct:wait", new StkPush.Request(PHONE, 100, "INV-1"));
        assertThat(paid.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
        String token = safaricom.requests().stream().filter(request -> request.path().contains("processrequest"))
                .map(request -> request.headers().get("authorization").substring(7)).findFirst().orElseThrow();
        String password = shop.lastPush().get("Password").asText();
        // the token that is in use may come as anything; one that is dead is recognised by its place
        List<Script> refusals = List.of(
                Script.pays().errorBeforeAccepting(500, token, "code"),
                Script.pays().errorBeforeAccepting(400, "400.003.01", "Invalid Access Token : " + token),
                Script.pays().errorBeforeAccepting(400, "400.002.02", "Bad Request - Invalid Password " + password),
                Script.pays().errorBeforeAccepting(500, "500.001.1001", "Wrong credentials " + CONSUMER_SECRET + ' ' + PASSKEY),
                Script.pays().errorBeforeAccepting(500, "500.009.9999", "Bearer " + token + " for " + PHONE),
                Script.pays().resetBeforeAccepting(), Script.pays().html503(), Script.pays().apiProductFault());
        for (Script refusal : refusals) {
            safaricom.faults().nextPush(refusal);
            await().until(() -> safaricom.callbacks().size() == safaricom.counters().acceptedPushes());
            failed.add(shop.send("direct:pay", new StkPush.Request(PHONE, 100, "INV-1")));
        }
        failed.add(shop.send("direct:pay", Map.of("PhoneNumber", PHONE, "Amount", "ten", "Password", password)));
        failed.add(shop.send("direct:pay", Map.of("PhoneNumber", PHONE, "Amount", 10, "Password", password)));
        failed.add(shop.send("direct:pay", "PhoneNumber=" + PHONE));

        safaricom.faults().forPhoneOnce("254712345671", Script.pays().lostCallback());
        Exchange pending = shop.send("direct:pay", new StkPush.Request("254712345671", 100, "INV-1"));
        assertThat(pending.getException()).isNull();
        String url = shop.lastCallbackUrl();
        assertThat(safaricom.post(url + "0", "forged").join()).isEqualTo(404);
        assertThat(safaricom.post(url, "not JSON").join()).isEqualTo(200);
        safaricom.faults().nextQuery(QueryFault.HTML_503);
        shop.send("direct:ask", pending.getMessage().getBody(Acknowledgement.class));
        await().until(() -> shop.outcomes().size() >= 1);
        Acknowledgement ids = pending.getMessage().getBody(Acknowledgement.class);
        assertThat(safaricom.post(url, CallbackTexts.paid(ids, 7, "TKA4DDDDD1")).join()).isEqualTo(200);
        safaricom.revokeTokens();
        for (TokenFault fault : List.of(TokenFault.INVALID_CREDENTIALS, TokenFault.EMPTY_401)) {
            safaricom.faults().nextToken(fault);
            failed.add(shop.send("direct:pay", new StkPush.Request("254712345670", 100, "INV-1")));
        }
    }

    @Test
    void notInLogsNorExceptionsNorManagement() throws Exception {
        List<Exchange> failed = new ArrayList<>();
        try (Logs logs = new Logs(Level.DEBUG, "io.github.cameldaraja", "org.apache.camel")) {
            try (Shop shop = shop()) {
                assertThat(shop.context().getManagementStrategy().getManagementAgent()).isNotNull();
                shop.open();
                live(shop, failed);
                String managed = management(shop);
                assertClean("JMX", managed);
                assertThat(managed).doesNotContain(capabilities());
            }
            assertThat(logs.lines()).hasSizeGreaterThan(100);
            String all = String.join("", logs.lines());
            assertThat(all).contains("io.github.cameldaraja.callback").contains("org.apache.camel.");
            assertClean("the log", all);
            // what Camel's error handler prints of a message is the route's own body; what we print is masked
            for (String line : logs.lines()) {
                if (line.split(" ")[1].startsWith("io.github.cameldaraja")) {
                    assertThat(line).doesNotContain(capabilities());
                    assertThat(line).doesNotContainPattern("2547[0-9]{8}");
                }
            }
        }
        assertThat(failed).hasSizeGreaterThan(10);
        for (Exchange one : failed) {
            if (one.getException() != null) {
                StringWriter trace = new StringWriter();
                one.getException().printStackTrace(new PrintWriter(trace));
                assertClean("an exception", trace.toString());
                assertThat(trace.toString()).doesNotContainPattern("(?<![0-9])2547[0-9]{8}(?![0-9])");
            }
            assertClean("a message", one.getMessage().getHeaders().toString());
        }
    }

    private static String management(Shop shop) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder seen = new StringBuilder();
        Set<ObjectName> names =
                server.queryNames(new ObjectName("org.apache.camel:context=" + shop.context().getManagementName() + ",*"), null);
        assertThat(names).anyMatch(name -> name.toString().contains("daraja"));
        for (ObjectName name : names) {
            seen.append(name).append('\n');
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                try {
                    Object value = attribute.isReadable() ? server.getAttribute(name, attribute.getName()) : null;
                    seen.append(attribute.getName()).append('=')
                            .append(value instanceof Object[] many ? Arrays.deepToString(many) : value).append('\n');
                } catch (JMException | RuntimeException e) {
                    seen.append(e).append('\n');
                }
            }
            for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                boolean isList = operation.getName().equals("parked");
                if (isList || operation.getSignature().length == 0
                        && operation.getName().matches("dump.*|browse.*|informationJson|get.*")) {
                    try {
                        seen.append(server.invoke(name, operation.getName(), isList ? new Object[] {100} : null,
                                isList ? new String[] {"int"} : null)).append('\n');
                    } catch (JMException | RuntimeException e) {
                        seen.append(e).append('\n');
                    }
                }
            }
        }
        return seen.toString();
    }

    @Test
    void notInTheStartUpSummaryOfMain() throws Exception {
        int port = Ports.free();
        Properties properties = new Properties();
        properties.setProperty("camel.main.autoConfigurationLogSummary", "true");
        properties.setProperty("camel.component.daraja.base-url", safaricom.baseUrl());
        properties.setProperty("camel.component.daraja.consumer-key", CONSUMER_KEY);
        properties.setProperty("camel.component.daraja.consumerSecret", CONSUMER_SECRET);
        properties.setProperty("camel.component.daraja.short-code", safaricom.credentials().shortCode());
        properties.setProperty("camel.component.daraja.passkey", PASSKEY);
        properties.setProperty("camel.component.daraja.initiator-password", INITIATOR_PASSWORD);
        properties.setProperty("camel.component.daraja.callbackSecret", CALLBACK_SECRET);
        properties.setProperty("camel.component.daraja.name-username", "names");
        properties.setProperty("camel.component.daraja.namePassword", NAME_PASSWORD);
        properties.setProperty("camel.component.daraja.previous-callback-secret", PREVIOUS_SECRET);
        properties.setProperty("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + port);
        properties.setProperty("camel.component.daraja.callback-host", "127.0.0.1");
        properties.setProperty("camel.component.daraja.callback-port", Integer.toString(port));
        properties.setProperty("camel.component.daraja.accounts[other].shortCode", safaricom.credentials().shortCode());
        properties.setProperty("camel.component.daraja.accounts[other].passkey", PASSKEY);
        properties.setProperty("camel.component.daraja.accounts[other].consumer-key", CONSUMER_KEY);
        properties.setProperty("camel.component.daraja.accounts[other].consumer-secret", CONSUMER_SECRET);
        properties.setProperty("camel.beans.payments", "#class:" + JdbcTransactionRepository.class.getName() + "(#bean:database)");
        properties.setProperty("camel.beans.payments.secret", STORE_SECRET);
        properties.setProperty("camel.beans.payments.previousSecret", PREVIOUS_STORE_SECRET);
        HikariDataSource database = Databases.h2(directory);
        Main main = new Main();
        main.bind("database", database);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(properties);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:pay").to("daraja:stkPush?account=other&awaitOutcome=true&phoneNumber=" + PHONE + "&amount=10");
            }
        });
        try (Logs logs = new Logs(Level.DEBUG, "io.github.cameldaraja", "org.apache.camel")) {
            main.start();
            try {
                Exchange done = main.getCamelTemplate().send("direct:pay", exchange -> { });
                assertThat(done.getException()).isNull();
                assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
            } finally {
                main.stop();
            }
            // at DEBUG, Camel Main itself prints every property as it stands, whosever secret it is; not so in its summary
            String all = String.join("", logs.lines().stream()
                    .filter(line -> !line.startsWith("DEBUG org.apache.camel.main.MainHelper Configured property:"))
                    .filter(line -> !line.startsWith("DEBUG org.apache.camel.main.BaseMainSupport     camel.")).toList());
            assertThat(all).contains("camel.beans.payments").contains("Auto-configuration summary").contains("daraja.shortCode = 574100")
                    .contains("daraja.passkey = xxxxxx").contains("accounts[other].passkey = xxxxxx");
            assertClean("the start-up summary", all);
        } finally {
            database.close();
        }
    }

    private JdbcTransactionRepository store(HikariDataSource database, String secret, String previousSecret) {
        JdbcTransactionRepository store = new JdbcTransactionRepository(database);
        store.setSecret(secret);
        store.setPreviousSecret(previousSecret);
        return store;
    }

    @Test
    void notWherePaymentsAreStored() throws Exception {
        List<Exchange> failed = new ArrayList<>();
        try (Logs logs = new Logs(Level.DEBUG, "io.github.cameldaraja", "org.apache.camel");
             HikariDataSource database = Databases.h2(directory)) {
            JdbcTransactionRepository old = store(database, PREVIOUS_STORE_SECRET, null);
            try (Shop shop = shop().with(component -> {
                component.setRepository(old);
                component.setMaximumDeliveries(1);
            }).open()) {
                live(shop, failed);
            }
            JdbcTransactionRepository store = store(database, STORE_SECRET, PREVIOUS_STORE_SECRET);
            try (Shop shop = shop().with(component -> component.setRepository(store)).open()) {
                shop.send("direct:wait", new StkPush.Request(PHONE, 100, "INV-1"));
                String managed = management(shop);
                assertThat(managed).contains("name=PaymentsDesk").contains("ParkedDeliveries=").contains("2547*****678")
                        .doesNotContain(PHONE);
                assertClean("JMX", managed);
                assertClean("toString", store.toString() + store.outbox() + shop.component().services());
            }
            StringWriter traces = new StringWriter();
            for (String wrong : List.of("PlantedWrong-4711-0123456789-0123456789", "short")) {
                try (Shop shop = shop().with(component -> component.setRepository(store(database, wrong, PREVIOUS_SECRET)))) {
                    shop.open();
                } catch (Exception e) {
                    e.printStackTrace(new PrintWriter(traces));
                }
            }
            assertThat(traces.toString()).contains("secret is not the one").contains("is too short").doesNotContain("PlantedWrong");
            assertClean("a start error", traces.toString());
            assertClean("the log", String.join("", logs.lines()));
            for (String line : logs.lines()) {
                if (line.split(" ")[1].startsWith("io.github.cameldaraja")) {
                    assertThat(line).doesNotContainPattern("2547[0-9]{8}");
                }
            }
        }
    }

    @Test
    void notWhereAProxyRefuses() {
        int nobody = Ports.free();
        try (Logs logs = new Logs(Level.DEBUG, "io.github.cameldaraja", "org.apache.camel");
             Shop shop = shop().with(component -> {
                 component.setProxyHost("127.0.0.1");
                 component.setProxyPort(nobody);
                 component.setProxyUsername("shop");
                 component.setProxyPassword(PROXY_PASSWORD);
             }).open()) {
            Exchange done = shop.send("direct:pay", new StkPush.Request(PHONE, 100, "INV-1"));
            StringWriter trace = new StringWriter();
            done.getException().printStackTrace(new PrintWriter(trace));
            assertClean("an exception", trace.toString());
            assertClean("the log", String.join("", logs.lines()));
        }
    }

    @Test
    void notInAnyText() {
        try (Shop shop = shop().open()) {
            Exchange paid = shop.send("direct:wait", new StkPush.Request(PHONE, 100, "INV-1"));
            safaricom.faults().nextPush(Script.pays().lostCallback());
            Exchange pending = shop.send("direct:pay", new StkPush.Request(PHONE, 100, "INV-1"));
            safaricom.post(shop.lastCallbackUrl(), "not JSON").join();
            var services = shop.component().services();
            var account = services.accounts().get("default");
            List<Object> things = new ArrayList<>(List.of(shop.component(), shop.component().getConfiguration(), account,
                    services.accounts(), services.gateway(), services.repository(), services, services.deliveries(),
                    services.gateway().tokenState(account), shop.context().getEndpoints(), shop.repository().kept(),
                    new StkPush.Request(PHONE, 100, "INV-1"), paid.getMessage().getBody(), pending.getMessage().getBody(),
                    shop.repository().all()));
            for (Object thing : things) {
                assertClean("toString of " + thing.getClass().getName(), thing.toString());
            }
            assertThat(paid.getMessage().getBody().toString()).doesNotContain(PHONE);
            assertThat(shop.repository().all().toString()).doesNotContain(PHONE);
            assertThat(new StkPush.Request(PHONE, 100, "INV-1").toString()).doesNotContain(PHONE);
            assertClean("the outcome's JSON", paid.getMessage().getBody(String.class));
            assertClean("the acknowledgement's JSON", pending.getMessage().getBody(String.class));
            assertThat(paid.getMessage().getBody(String.class)).contains("\"receiptNumber\"").contains(PHONE);
            assertThat(paid.getMessage().getBody(Outcome.class).isCompleted()).isTrue();
        }
    }
}
