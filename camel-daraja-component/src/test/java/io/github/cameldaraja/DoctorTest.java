package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.account.Environment;
import io.github.cameldaraja.management.DarajaDoctor;
import io.github.cameldaraja.management.Finding;
import io.github.cameldaraja.management.Finding.Level;
import io.github.cameldaraja.simulator.TokenFault;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.management.ObjectName;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor finds of settings that are right, and of each that is wrong. */
class DoctorTest extends EndToEnd {

    private static final String SECRET = "a secret of the store, long enough for it";

    @TempDir
    Path folder;

    private List<Finding> examine(Consumer<DarajaComponent> settings) {
        try (Shop shop = newShop().with(settings).open()) {
            return shop.context().hasService(DarajaDoctor.class).findings();
        }
    }

    private List<Finding> examineAccount(Consumer<DarajaAccount> settings) {
        return examine(component -> settings.accept(component.getConfiguration()));
    }

    private static Finding about(List<Finding> findings, String subject) {
        List<Finding> all = findings.stream().filter(finding -> finding.subject().equals(subject)).toList();
        assertThat(all).as("%s in%n%s", subject, Finding.text(findings)).hasSize(1);
        return all.get(0);
    }

    private static void assertFound(List<Finding> findings, Level level, String subject, String... words) {
        Finding finding = about(findings, subject);
        assertThat(finding.level()).as(finding.toString()).isEqualTo(level);
        assertThat(finding.toString()).contains(words);
        if (level != Level.OK) {
            assertThat(finding.cure()).as("the cure of %s", finding).isNotBlank();
        }
    }

    @Test
    void rightSettingsAreWell() {
        List<Finding> findings = examine(component -> component.setRepository(database(folder)));

        assertThat(findings).extracting(Finding::subject).containsExactly("environment", "token", "clock", "short code", "certificate",
                "callbacks", "store", "spool");
        assertThat(findings).filteredOn(finding -> finding.level() != Level.OK).extracting(Finding::subject)
                .as("the simulator is not Safaricom").containsExactly("environment");
        assertFound(findings, Level.OK, "store", "H2", "survives a crash");
        assertFound(findings, Level.OK, "token", "key and secret are accepted");
        assertFound(findings, Level.OK, "short code", payBill, "accepted");
        assertFound(findings, Level.OK, "certificate", "simulator.invalid", "he was not tried");
        assertThat(safaricom.requests()).extracting(request -> request.path().replaceAll("\\?.*", ""))
                .as("a token, and a question").containsExactly("/oauth/v1/generate", "/mpesa/stkpushquery/v1/query");
        assertThat(safaricom.books().payments()).isEmpty();
    }

    private static JdbcTransactionRepository database(Path folder) {
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:file:" + folder.resolve("payments"));
        file.setUser("sa");
        JdbcTransactionRepository repository = new JdbcTransactionRepository(file);
        repository.setSecret(SECRET);
        return repository;
    }

    @Test
    void aWrongSecretIsNoToken() {
        List<Finding> findings = examineAccount(account -> account.setConsumerSecret("WrongSecretOfTheApp0001"));
        assertFound(findings, Level.FAIL, "token", "400.008.01", "check consumerKey and consumerSecret");
        assertThat(findings).extracting(Finding::subject).doesNotContain("clock", "short code");
        assertThat(Finding.text(findings)).doesNotContain("WrongSecretOfTheApp0001");
        assertThat(Finding.noneFails(findings)).isFalse();
    }

    @Test
    void aFirewallIsNoToken() {
        safaricom.faults().nextToken(TokenFault.HTML_503);
        assertFound(examineAccount(account -> { }), Level.WARN, "token", "firewall", "try again in a minute");
        safaricom.faults().nextToken(TokenFault.RESET);
        safaricom.faults().nextToken(TokenFault.RESET);
        assertFound(examineAccount(account -> { }), Level.FAIL, "token", "look at the network");
    }

    @Test
    void whatIsNotSetIsNamed() {
        List<Finding> findings = examineAccount(account -> {
            account.setConsumerKey(null);
            account.setInitiatorName(null);
            account.setCallbackBaseUrl(null);
        });
        assertFound(findings, Level.FAIL, "token", "consumerKey", "set camel.component.daraja.consumerKey");
        assertFound(findings, Level.OK, "operator", "no payouts");
        assertFound(findings, Level.WARN, "callbacks", "callbackBaseUrl is not set");
        assertFound(findings, Level.WARN, "store", "in memory");
        assertFound(examineAccount(account -> account.setShortCode(null)), Level.WARN, "short code", "none is set");
    }

    @Test
    void shortCodeAndPassKeyMustBelongTogether() {
        assertFound(examineAccount(account -> account.setPasskey("0".repeat(64))), Level.FAIL, "short code",
                "the pass key does not belong to " + payBill, "Wrong credentials");
        assertFound(examineAccount(account -> account.setShortCode("999999")), Level.FAIL, "short code", "999999 is unknown");
        assertFound(examineAccount(account -> account.setPasskey(null)), Level.OK, "short code", payBill + " is ");
    }

    @ParameterizedTest
    @CsvSource({ "0, OK, agrees", "120, WARN, 1[12]\\d s ahead of", "-120, WARN, 1[12]\\d s behind", "900, FAIL, \\d{3} s ahead of" })
    void clocksAreCompared(long seconds, Level level, String found) {
        List<Finding> findings = examine(component -> component.setClock(Clock.offset(safaricom.clock(), Duration.ofSeconds(seconds))));
        assertThat(about(findings, "clock").level()).isEqualTo(level);
        assertThat(about(findings, "clock").found()).containsPattern(found);
    }

    @Test
    void aCredentialMadeElsewhereMustBeWhole() {
        assertFound(examineAccount(account -> account.setSecurityCredential("cut off")), Level.FAIL, "operator", "344 characters");
        String whole = Base64.getEncoder().encodeToString(new byte[256]);
        assertFound(examineAccount(account -> account.setSecurityCredential(whole)), Level.OK, "operator", "cannot be seen");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sandbox | SANDBOX | OK | it is apicrypt.safaricom.co.ke's, of SANDBOX",
        "sandbox | PRODUCTION | FAIL | of SANDBOX, and the account is of PRODUCTION",
        "production | PRODUCTION | OK | it is apigee.apicaller.safaricom.co.ke's, of PRODUCTION",
        "production | SANDBOX | FAIL | take the certificate of SANDBOX",
        "web | SANDBOX | FAIL | the certificate of a web server" })
    void theCertificateMustBeThatOfTheEnvironment(String certificate, Environment environment, Level level, String found) {
        assertFound(examination("93.184.215.14", account -> {
            account.setBaseUrl(null);
            account.setEnvironment(environment);
            account.setCertificate("classpath:io/github/cameldaraja/certificates/" + certificate + ".pem");
        }), level, "certificate", found);
    }

    @Test
    void aCertificateThatNobodyKnowsIsNamed() {
        assertFound(examination("93.184.215.14", account -> account.setBaseUrl(null)), Level.WARN, "certificate", "simulator.invalid",
                "compare it");
    }

    @Test
    void theEnvironmentMustBeThatOfTheUrl() {
        List<Finding> findings = examination("93.184.215.14", account -> {
            account.setEnvironment(Environment.SANDBOX);
            account.setBaseUrl("https://api.safaricom.co.ke");
        });
        assertFound(findings, Level.FAIL, "environment", "SANDBOX at https://api.safaricom.co.ke", "environment=PRODUCTION");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "93.184.215.14 | OK | a public address", "192.168.1.7 | WARN | Safaricom cannot reach", "127.0.0.1 | WARN | Safaricom cannot reach",
        "nowhere | FAIL | nobody knows the host pay.example.co.ke" })
    void theHostOfCallbacksMustBePublic(String address, Level level, String found) {
        assertFound(examination(address, account -> account.setBaseUrl(null)), level, "callbacks", found);
    }

    // of Safaricom's own URLs, without a network: the gateway is not started, so that nothing is sent
    private List<Finding> examination(String address, Consumer<DarajaAccount> settings) {
        Shop shop = newShop().with(component -> {
            component.getConfiguration().setCallbackBaseUrl("https://pay.example.co.ke");
            settings.accept(component.getConfiguration());
        });
        shop.context().addComponent("daraja", shop.component());
        try (shop) {
            DarajaServices services = shop.component().services();
            return new Examination(safaricom.clock(), Duration.ofSeconds(1), services.gateway(), services.repository(), "target/spool",
                    host -> {
                        if (address.equals("nowhere")) {
                            throw new UnknownHostException(host);
                        }
                        return new InetAddress[] { InetAddress.getByName(address) };
                    }).run(services.accounts().all());
        }
    }

    @Test
    void productionIsLookedAtMoreStrictly() {
        List<Finding> findings = examineAccount(account -> {
            account.setEnvironment(Environment.PRODUCTION);
            account.setShortCode("174379");
            account.setRegisteredUrlTokens(null);
        });
        assertFound(findings, Level.FAIL, "short code", "174379 is the sandbox's");
        assertFound(findings, Level.FAIL, "store", "in memory", "JdbcTransactionRepository");
        assertThat(findings).anyMatch(finding -> finding.found().contains("registeredUrlTokens is not set"));
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsFound() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertFound(examine(component -> {
            component.setRepository(database(folder));
            component.setSpoolDirectory(file + "/spool");
        }), Level.FAIL, "spool", "cannot be written");
    }

    @Test
    void allAccountsAreLookedAt() {
        List<Finding> findings = examine(component -> {
            DarajaAccount shop = new DarajaAccount();
            shop.setShortCode(payBill);
            shop.setPasskey(safaricom.credentials().passkey());
            component.getAccounts().put("shop", shop);
            component.getConfiguration().setShortCode(null);
            component.getConfiguration().setConsumerKey(safaricom.credentials().consumerKey());
        });
        assertThat(findings.stream().filter(finding -> finding.subject().equals("token"))).extracting(Finding::account)
                .containsExactly("default", "shop");
        assertThat(findings).anyMatch(finding -> "shop".equals(finding.account()) && finding.subject().equals("short code")
                && finding.level() == Level.OK);
    }

    @Test
    void aConsoleCanAskIt() throws Exception {
        try (Shop shop = newShop().open()) {
            var server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = server.queryNames(new ObjectName("org.apache.camel:context=" + shop.context().getManagementName()
                    + ",type=services,name=DarajaDoctor"), null).iterator().next();
            String text = (String) server.invoke(name, "examine", null, null);
            assertThat(text.lines()).anyMatch(line -> line.matches("OK +default +token +key and secret are accepted.*"))
                    .anyMatch(line -> line.matches("WARN +- +store .*; set repository .*"));
            JsonNode json = Shop.json((String) server.invoke(name, "examineAsJson", null, null));
            assertThat(json).hasSize((int) text.lines().count());
            assertThat(json.get(0).get("level").asText()).isEqualTo("WARN");

            shop.component().stop();
            assertThat(shop.context().hasService(DarajaDoctor.class)).isNull();
        }
    }

    private record Run(int end, String printed) {
    }

    private Run run(String... lines) throws IOException {
        List<String> settings = new ArrayList<>(List.of("camel.component.daraja.baseUrl=" + safaricom.baseUrl(),
                "camel.component.daraja.consumerKey=" + safaricom.credentials().consumerKey(),
                "camel.component.daraja.consumerSecret=" + safaricom.credentials().consumerSecret(),
                "camel.component.daraja.accounts[shop].shortCode=" + payBill,
                "camel.component.daraja.accounts[shop].passkey=" + safaricom.credentials().passkey(),
                "camel.component.daraja.callbackBaseUrl=http://127.0.0.1:9"));
        settings.addAll(List.of(lines));
        Path file = Files.write(folder.resolve("shop.properties"), settings);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int end = new Doctor(new PrintStream(printed, true, StandardCharsets.UTF_8)).run(List.of(file.toString()));
        return new Run(end, printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theCommandLineReadsSettingsAndStartsNothing() throws IOException {
        Path routes = Files.writeString(folder.resolve("routes.yaml"), """
                - route:
                    from:
                      uri: timer:now?delay=0&repeatCount=1
                      steps:
                        - to: daraja:stkPush?account=shop&phoneNumber=0712345678&amount=10
                """);
        Run run = run("camel.main.routesIncludePattern=file:" + routes, "camel.main.name=doctored");
        assertThat(run.end()).as(run.printed()).isZero();
        assertThat(run.printed()).containsPattern("OK +shop +short code +" + payBill + " and its pass key are accepted")
                .containsPattern("WARN +- +store").endsWith("Nothing fails." + System.lineSeparator());
        assertThat(safaricom.requests()).noneMatch(request -> request.path().contains("processrequest"));
        assertThat(safaricom.books().payments()).isEmpty();
    }

    // a component that is started is a node: it upgrades tables, sends again and tells routes
    @Test
    void theCommandLineLooksAtTheDatabaseAndMakesNoTable() throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("payments");
        Run run = run("camel.beans.source=#class:org.h2.jdbcx.JdbcDataSource", "camel.beans.source.URL=" + url, "camel.beans.source.user=sa",
                "camel.beans.store=#class:io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository(#bean:source)",
                "camel.beans.store.secret=" + SECRET, "camel.component.daraja.repository=#bean:store");
        assertThat(run.printed()).containsPattern("OK +- +store +H2 .*survives a crash").containsPattern("OK +- +spool");
        assertThat(run.end()).isZero();
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        try (Connection connection = source.getConnection();
             ResultSet tables = connection.getMetaData().getTables(null, "PUBLIC", "%", null)) {
            assertThat(tables.next()).as("a table").isFalse();
        }
    }

    @Test
    void theCommandLineFindsADatabaseThatForgets() throws IOException {
        Run run = run("camel.beans.source=#class:org.h2.jdbcx.JdbcDataSource", "camel.beans.source.URL=jdbc:h2:mem:doctor",
                "camel.beans.source.user=sa", "camel.beans.store.secret=" + SECRET,
                "camel.beans.store=#class:io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository(#bean:source)",
                "camel.component.daraja.repository=#bean:store");
        assertThat(run.printed()).containsPattern("FAIL +- +store +payments cannot be kept in this H2: it is in memory.*; use a file");
        assertThat(run.end()).isEqualTo(1);
    }

    @Test
    void theCommandLineNamesWhatItCannotRead() throws IOException {
        Run word = run("camel.component.daraja.callbackBaseUrl=https://mpesa.example.co.ke");
        assertThat(word.end()).isEqualTo(1);
        assertThat(word.printed()).contains("FAIL", "callbackBaseUrl contains the word 'mpesa'", "choose another host name");
        Run typo = run("camel.component.daraja.consumerSecrets=HushHushHush0001");
        assertThat(typo.end()).isEqualTo(1);
        assertThat(typo.printed()).contains("FAIL", "consumerSecrets").doesNotContain("HushHushHush0001");
        Run wrong = run("camel.component.daraja.accounts[shop].passkey=nonsense");
        assertThat(wrong.end()).isEqualTo(1);
        assertThat(wrong.printed()).contains("the pass key does not belong to " + payBill).doesNotContain("nonsense");
    }
}
