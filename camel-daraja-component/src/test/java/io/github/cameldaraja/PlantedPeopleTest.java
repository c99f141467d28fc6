package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PhoneTraces;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.RecordedRequest;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.Erasure;
import io.github.cameldaraja.transaction.PersonalData;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People and secrets are planted in every way that Daraja knows, and then looked for by somebody who has stolen the database. */
class PlantedPeopleTest extends EndToEnd {

    private static final String BUYER = "254712004711";
    private static final String REFUSER = "254712004712";
    private static final String WORKER = "254722004713";
    private static final String CUSTOMER = "254733004714";
    private static final String STRANGER = "254745004715";
    private static final String WAITING = "254112004716";
    private static final List<String> PEOPLE = List.of(BUYER, REFUSER, WORKER, CUSTOMER, STRANGER, WAITING);
    private static final String NAME = "Wanjiku Njeri";
    private static final String BILL_ACCOUNT = "Otieno-7";
    private static final String KEY = "order of " + NAME;

    enum Store { H2, POSTGRES }

    private static EmbeddedPostgres server;

    @TempDir
    Path directory;

    private HikariDataSource database;
    private TransactionRepository repository;

    @BeforeAll
    static void startServer() throws IOException {
        server = Databases.postgres();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void money() {
        deposit(UTILITY, 10_000);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Shop open(Store store) throws SQLException {
        database = store == Store.H2 ? Databases.h2(directory) : Databases.empty(server);
        repository = Databases.repository(database);
        return newShop().with(component -> {
            component.setRepository(repository);
            component.setMaximumDeliveries(1);
            component.setAskWhenLate(false);
        }).route("push", "daraja:stkPush?idempotencyKey=${header.order}").route("pay", "daraja:b2c?idempotencyKey=${header.order}")
                .route("register", "daraja:c2bRegister?responseType=Completed").collecting().routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("daraja:b2c").throwException(new IllegalStateException("the books are closed"));
                    }
                }).open();
    }

    /** Payments of all kinds, and what comes of them. Returns the references of those that a route was told of. */
    private List<String> live(Shop shop) {
        assertThat(shop.send("direct:register", null).getException()).isNull();
        // the pushes have callbacks of their own
        List.of(BUYER, REFUSER, WAITING).forEach(phone -> safaricom.c2b().confirmationsFor(phone, ConfirmationScript.usual().lost()));
        Map<String, String> metadata = Map.of("name", NAME, "phone", "0" + BUYER.substring(3));
        Exchange paid = shop.send("direct:push", new StkPush.Request(BUYER, 101, "0" + BUYER.substring(3)),
                Map.of("order", KEY, DarajaConstants.METADATA, metadata));
        safaricom.faults().forPhoneOnce(REFUSER, Script.result(1032));
        Exchange refused = shop.send("direct:push", new StkPush.Request(REFUSER, 102, "INV-2"), Map.of("order", "of " + REFUSER));
        safaricom.faults().forPhoneOnce(WAITING, Script.pays().lostCallback());
        Exchange open = shop.send("direct:push", new StkPush.Request(WAITING, 103, "INV-3"), Map.of("order", "3"));
        // no route takes it
        paid(CUSTOMER, BILL_ACCOUNT, 104);
        // the route of payouts fails
        assertThat(shop.send("direct:pay", new B2c.Request(WORKER, 105), Map.of("order", "salary of " + WORKER)).getException())
                .isNull();
        assertThat(safaricom.post(shop.lastCallbackUrl(), "not JSON: " + NAME + " 0745 004 715").join()).isEqualTo(200);
        await().until(() -> shop.outcomes().size() == 2);
        await().until(() -> shop.component().services().deliveries().count().join().parked() == 1);
        await().until(() -> shop.component().services().deliveries().count().join().open() == 1);
        assertThat(repository.find(reference(open)).join().status()).isEqualTo(PaymentStatus.PENDING);
        return List.of(reference(paid), reference(refused));
    }

    private static String reference(Exchange sent) {
        assertThat(sent.getException()).isNull();
        return sent.getMessage().getBody(Acknowledgement.class).reference();
    }

    private Plants plants() {
        Plants plants = new Plants();
        PEOPLE.forEach(plants::addPhone);
        PEOPLE.forEach(phone -> plants.add(safaricom.customers().get(phone).name()));
        List.of(NAME, "Wanjiku", BILL_ACCOUNT, KEY, "of " + REFUSER, "salary of " + WORKER).forEach(plants::add);
        Credentials credentials = safaricom.credentials();
        List.of(credentials.consumerKey(), credentials.consumerSecret(), credentials.passkey(), credentials.initiatorPassword(),
                Databases.SECRET).forEach(plants::add);
        for (RecordedRequest request : safaricom.requests()) {
            String authorization = request.headers().get("authorization");
            if (authorization != null) {
                plants.add(authorization.substring(authorization.indexOf(' ') + 1));
            }
        }
        return plants;
    }

    /** What is made of what was planted, and could be tried out. */
    private void addDigests(Plants plants) throws SQLException {
        for (String reference : Databases.select(database, "select reference from daraja_payment")) {
            Transaction payment = repository.find(reference).join();
            Stream.of(payment.fingerprint(), payment.ownId(), payment.ids().checkoutRequestId())
                    .filter(text -> text != null).forEach(plants::add);
        }
    }

    private static void assertNothingIn(Map<String, String> everything, Plants plants) {
        assertThat(everything).containsKeys("daraja_payment.amount", "daraja_personal.sealed", "daraja_phone.phone_hash",
                "daraja_raw_callback.body", "daraja_delivery.outcome", "daraja_key.key_hash", "daraja_request_id.id",
                "daraja_secret.index_key", "daraja_receipt.receipt");
        everything.forEach((column, text) -> assertThat(plants.in(text)).as(column).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void nobodyIsFoundInAStolenDatabase(Store store) throws Exception {
        Plants plants;
        try (Shop shop = open(store)) {
            live(shop);
            plants = plants();
            addDigests(plants);
            String bill = Databases.select(database, "select reference from daraja_payment where operation = 'c2bConfirmation'"
                    + " and status = 'COMPLETED'").get(0);
            assertThat(repository.find(bill).join().accountReference()).as("for us it is there").isEqualTo(BILL_ACCOUNT);
            assertThat(repository.find(bill).join().outcome().details()).containsEntry("FirstName", "Customer");
            Map<String, String> everything = Databases.everything(database);
            assertThat(everything.get("daraja_delivery.state")).contains("PARKED").contains("FREE").contains("DELIVERED");
            assertThat(everything.get("daraja_payment.status")).contains("COMPLETED").contains("CANCELLED").contains("PENDING");
            assertNothingIn(everything, plants);
        }
        database.close();
        if (store == Store.H2) {
            for (Path file : files()) {
                assertThat(plants.in(Files.readString(file, StandardCharsets.ISO_8859_1))).as(file.toString()).isEmpty();
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            assertThat(all).isNotEmpty();
            return all;
        }
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void whoIsThereIsFound(Store store) throws Exception {
        Plants plants = plants();
        try (Shop shop = open(store)) {
            List<String> spellings = List.of("paid by 0712004711", "+254 712-004-711", "{\"n\":\"WANJIKU njeri\"}",
                    Base64.getEncoder().encodeToString(("x" + BUYER).getBytes(StandardCharsets.UTF_8)),
                    Base64.getEncoder().encodeToString(("xy" + NAME + "z").getBytes(StandardCharsets.UTF_8)),
                    PhoneTraces.of(BUYER).get(1), safaricom.credentials().passkey());
            for (String spelling : spellings) {
                Databases.execute(database, "delete from daraja_cursor",
                        "insert into daraja_cursor (name, reached) values ('x', '" + spelling + "')");
                assertThat(plants.in(Databases.everything(database).get("daraja_cursor.reached"))).as(spelling).isNotEmpty();
            }
            Databases.execute(database, "insert into daraja_secret (key_id, index_key) values ('x', "
                    + (store == Store.H2 ? "X'" : "'\\x") + "00" + HexFormat.of().formatHex(BUYER.getBytes(
                    StandardCharsets.UTF_8)) + "')");
            assertThat(plants.in(Databases.everything(database).get("daraja_secret.index_key"))).as("in bytes").isNotEmpty();
        }
        database.close();
        if (store == Store.H2) {
            String all = "";
            for (Path file : files()) {
                all += Files.readString(file, StandardCharsets.ISO_8859_1);
            }
            assertThat(plants.in(all)).as("in the file").isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void whatAPersonIsShownIsWhatGoes(Store store) throws Exception {
        try (Shop shop = open(store)) {
            List<String> told = live(shop);
            String sums = "select status || ' ' || count(*) || ' ' || sum(amount) from daraja_payment group by status order by 1";
            List<String> before = Databases.select(database, sums);
            List<String> receipts = Databases.select(database, "select short_code || receipt from daraja_receipt order by 1");
            PersonalData buyer = repository.export(BUYER).join();
            assertThat(buyer.payments()).extracting(PersonalData.Payment::reference).containsExactly(told.get(0));
            assertThat(buyer.payments().get(0).metadata()).containsEntry("name", NAME);
            assertThat(buyer.payments().get(0).outcome().phoneNumber()).isEqualTo(BUYER);
            assertThat(repository.export(STRANGER).join().messages()).singleElement()
                    .satisfies(message -> assertThat(message.body()).contains(NAME));
            assertThat(repository.export(WORKER).join().undelivered()).singleElement().satisfies(one ->
                    assertThat(one.outcome().details().toString()).contains(safaricom.customers().get(WORKER).name()));

            for (String phone : List.of(BUYER, REFUSER)) {
                Erasure erasure = repository.erase(phone).join();
                assertThat(erasure.payments()).as(phone).isEqualTo(1);
                assertThat(erasure.leftPayments()).isEmpty();
                assertThat(repository.export(phone).join().payments()).isEmpty();
            }
            for (String phone : List.of(WORKER, WAITING)) {
                assertThat(repository.erase(phone).join().leftPayments()).as(phone).hasSize(1);
                assertThat(repository.export(phone).join().payments()).as("in the middle of a payment").hasSize(1);
            }

            assertThat(Databases.select(database, sums)).isEqualTo(before);
            assertThat(Databases.select(database, "select short_code || receipt from daraja_receipt order by 1")).isEqualTo(receipts);
            assertThat(Databases.select(database, "select reference from daraja_personal")).doesNotContainAnyElementsOf(told);
            Exchange again = shop.send("direct:push", new StkPush.Request(BUYER, 101, "0" + BUYER.substring(3)), Map.of("order", KEY));
            assertThat(again.getMessage().getHeaders()).containsEntry(DarajaConstants.REPLAYED, true)
                    .containsEntry(DarajaConstants.STATUS, "COMPLETED").doesNotContainKey(DarajaConstants.PHONE_NUMBER);
            assertThat(safaricom.counters().pushes()).isEqualTo(3);
        }
    }
}
