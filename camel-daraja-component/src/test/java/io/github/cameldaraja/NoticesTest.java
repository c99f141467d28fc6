package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.RegisteredUrl;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import io.github.cameldaraja.transaction.FailingRepository;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.References;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.apache.logging.log4j.Level;

/** What Safaricom tells of its own accord, at the callback port. */
class NoticesTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private static final String CONFIRMED = "{\"ResultCode\":0,\"ResultDesc\":\"Success\"}";
    private static final String RECEIPT = "UKL7ABCDE1";

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private final List<Exchange> told = new CopyOnWriteArrayList<>();

    private Shop shop(String... uris) {
        return Shop.at(safaricom).route("pay", "daraja:stkPush").collecting().routes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String uri : uris) {
                    from(uri).process(exchange -> told.add(exchange.copy()));
                }
            }
        });
    }

    private Shop open() {
        return shop("daraja:c2bConfirmation", "daraja:billPayment").open();
    }

    private static String url(Shop shop, RegisteredUrl url) {
        return shop.component().services().accounts().get("default").registeredUrl(url);
    }

    private String confirmation(String receipt, String amount, String reference, String shortCode) {
        return """
                {"TransactionType":"Pay Bill","TransID":"%s","TransTime":"%s","TransAmount":"%s","BusinessShortCode":"%s",
                "BillRefNumber":"%s","InvoiceNumber":"","OrgAccountBalance":"1000.00","ThirdPartyTransID":"",
                "MSISDN":"2547 ***** 678","FirstName":"JOHN","MiddleName":"","LastName":""}"""
                .formatted(receipt, NairobiTime.timestamp(safaricom.clock()), amount, shortCode, reference);
    }

    private String confirmation(String receipt) {
        return confirmation(receipt, "100.00", "ACC 7", safaricom.credentials().shortCode());
    }

    private static HttpResponse<String> post(String url, String body) {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url))
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertConfirmed(String url, String body) {
        HttpResponse<String> answer = post(url, body);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(CONFIRMED);
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void aCustomerHasPaid(String server) {
        try (Shop shop = shop("daraja:c2bConfirmation").with(component -> component.setCallbackComponentName(server)).open()) {
            String url = url(shop, RegisteredUrl.C2B_CONFIRMATION);
            for (int i = 0; i < 3; i++) {
                assertConfirmed(url, confirmation(RECEIPT));
            }

            assertThat(told).hasSize(1);
            Outcome outcome = told.get(0).getMessage().getBody(Outcome.class);
            assertThat(outcome.receiptNumber()).isEqualTo(RECEIPT);
            assertThat(outcome.amount()).isEqualByComparingTo("100");
            assertThat(outcome.accountReference()).isEqualTo("ACC 7");
            assertThat(outcome.details()).containsEntry("FirstName", "JOHN");
            assertThat(told.get(0).getMessage().getHeaders()).containsEntry("CamelDarajaStatus", "COMPLETED")
                    .containsEntry("CamelDarajaOperation", "c2bConfirmation").containsEntry("CamelDarajaReceiptNumber", RECEIPT)
                    .containsEntry("CamelDarajaSource", "CONFIRMATION").containsEntry("CamelDarajaVerdict", "applied")
                    .containsEntry("CamelDarajaReference", outcome.reference());
            assertThat(post(url + "0", confirmation("UKL7ABCDE2")).statusCode()).isEqualTo(404);
            assertThat(post(url.replace("/4/", "/5/"), confirmation("UKL7ABCDE2")).statusCode()).isEqualTo(404);
            assertThat(shop.repository().all()).hasSize(1);
            assertThat(shop.repository().kept()).isEmpty();
        }
    }

    @Test
    void aBillAndItsConfirmationAreOnePayment() {
        try (Shop shop = open()) {
            String bill = """
                    {"transactionId":"%s","paidAmount":"100","msisdn":"254712345678","dateCreated":"2026-11-21",
                    "accountReference":"ACC 7","shortCode":"%s"}""".formatted(RECEIPT, safaricom.credentials().shortCode());
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> answer = post(url(shop, RegisteredUrl.BILL_PAYMENT), bill);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("{\"resmsg\":\"Success\",\"rescode\":\"200\"}");
            }
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), confirmation(RECEIPT));

            assertThat(told).hasSize(1);
            assertThat(told.get(0).getMessage().getHeader("CamelDarajaOperation")).isEqualTo("billPayment");
        }
    }

    @Test
    void whatNobodyCanReadIsKeptAndAnsweredAllTheSame() {
        List<String> bodies = List.of("", "not JSON", "[]", "{}", "{\"TransID\":\"UKL7ABCDE1\"}", "{\"TransAmount\":\"5\"}",
                "{\"TransID\":\"UKL0000000\",\"TransAmount\":\"5\"}", confirmation(RECEIPT, "-5", "A", safaricom.credentials().shortCode()),
                confirmation(RECEIPT, "5", "A", "999999"));
        try (Logs logs = new Logs(Level.ERROR, "io.github.cameldaraja"); Shop shop = open()) {
            for (int i = 0; i < bodies.size(); i++) {
                assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), bodies.get(i));
                assertThat(shop.repository().kept()).hasSize(i + 1);
                assertThat(shop.repository().kept().get(i).verdict()).isEqualTo(Verdict.UNMATCHED);
                assertThat(shop.repository().kept().get(i).body()).asString().isEqualTo(bodies.get(i));
            }
            assertThat(logs.lines()).hasSize(bodies.size()).allMatch(line -> line.contains("A person must look"));
            assertThat(shop.repository().all()).isEmpty();
            assertThat(told).isEmpty();
        }
    }

    @Test
    void whatPullSendsIsKept() {
        try (Shop shop = open()) {
            assertThat(post(url(shop, RegisteredUrl.PULL), "anything").statusCode()).isEqualTo(200);
            assertThat(shop.repository().kept()).hasSize(1);
        }
    }

    @Test
    void whatCannotBeStoredIsAnswered503() {
        FailingRepository broken = new FailingRepository(new MemoryTransactionRepository(safaricom.clock(), 100));
        try (Shop shop = shop("daraja:c2bConfirmation").with(component -> component.setRepository(broken)).open()) {
            broken.breakDown(FailingRepository.Step.RECEIVE);
            assertThat(post(url(shop, RegisteredUrl.C2B_CONFIRMATION), confirmation(RECEIPT)).statusCode()).isEqualTo(503);
            broken.repair();
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), confirmation(RECEIPT));
            assertThat(told).hasSize(1);
        }
    }

    private Acknowledgement push(Shop shop, Script script) {
        safaricom.faults().nextPush(script);
        return shop.send("direct:pay", new StkPush.Request(Shop.CUSTOMER, 100, "INV-1")).getMessage().getBody(Acknowledgement.class);
    }

    private String ofPush(String receipt) {
        return confirmation(receipt, "100.00", "inv-1", safaricom.credentials().shortCode());
    }

    @Test
    void theConfirmationComesBeforeTheCallbackOfThePush() {
        try (Shop shop = open()) {
            Acknowledgement ids = push(shop, Script.pays().lostCallback());
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), ofPush(RECEIPT));
            assertThat(told).isEmpty();
            assertThat(shop.outcomes()).isEmpty();

            assertThat(safaricom.post(shop.lastCallbackUrl(), CallbackTexts.paid(ids, 100, RECEIPT)).join()).isEqualTo(200);
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).source()).isEqualTo(Source.CALLBACK);
            safaricom.clock().advance(Duration.ofSeconds(31));
            await().until(() -> shop.repository().all().size() == 1);
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), ofPush(RECEIPT));
            shop.look();

            assertThat(told).isEmpty();
            assertThat(shop.outcomes()).hasSize(1);
        }
    }

    @Test
    void theConfirmationComesAfterTheCallbackOfThePush() {
        try (Shop shop = open()) {
            push(shop, Script.pays());
            await().until(() -> shop.outcomes().size() == 1);
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), ofPush(shop.outcomes().get(0).receiptNumber()));
            safaricom.clock().advance(Duration.ofSeconds(31));
            shop.look();

            assertThat(told).isEmpty();
            assertThat(shop.outcomes()).hasSize(1);
            assertThat(shop.repository().all()).hasSize(1);
        }
    }

    @Test
    void aWaitingExchangeGoesOnWithTheConfirmation() {
        try (Shop shop = shop("daraja:c2bConfirmation").with(component -> component.setAskWhenLate(false))
                .route("wait", "daraja:stkPush?awaitOutcome=true").open()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            CompletableFuture<Exchange> waiting =
                    shop.sendAsync("direct:wait", new StkPush.Request(Shop.CUSTOMER, 100, "INV-1"));
            await().until(() -> shop.repository().all().stream().anyMatch(one -> one.status() == PaymentStatus.PENDING));
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), ofPush(RECEIPT));
            safaricom.clock().advance(Duration.ofSeconds(31));

            Outcome outcome = waiting.join().getMessage().getBody(Outcome.class);
            assertThat(outcome.isCompleted()).isTrue();
            assertThat(outcome.receiptNumber()).isEqualTo(RECEIPT);
            assertThat(outcome.source()).isEqualTo(Source.CONFIRMATION);
            await().until(() -> shop.repository().all().size() == 1);
            assertThat(told).isEmpty();
            assertThat(shop.outcomes()).isEmpty();
        }
    }

    private static void withOperator(DarajaComponent component) {
        component.getConfiguration().setInitiatorName("operator");
        component.getConfiguration().setSecurityCredential("c2VjdXJpdHkgY3JlZGVudGlhbA==");
    }

    private String answerUrl() {
        await().until(() -> safaricom.requests().stream().anyMatch(request -> request.path().contains("/transactionstatus/")));
        String body = safaricom.requests().stream().filter(request -> request.path().contains("/transactionstatus/"))
                .reduce((first, last) -> last).orElseThrow().body();
        assertThat(Shop.json(body).get("TransactionID").asText()).isEqualTo(RECEIPT);
        return Shop.json(body).get("ResultURL").asText();
    }

    private String status(String receipt, int amount) {
        return """
                {"Result":{"ResultType":0,"ResultCode":0,"ResultDesc":"ok","OriginatorConversationID":"q-1","ConversationID":"AG_q",
                "TransactionID":"UKL0000000","ResultParameters":{"ResultParameter":[
                {"Key":"DebitPartyName","Value":"254712345678 - John"},{"Key":"CreditPartyName","Value":"%s - Shop"},
                {"Key":"TransactionStatus","Value":"Completed"},{"Key":"Amount","Value":%d},{"Key":"ReceiptNo","Value":"%s"}]}}}"""
                .formatted(safaricom.credentials().shortCode(), amount, receipt);
    }

    private Transaction only(Shop shop) {
        return shop.onlyPayment();
    }

    @Test
    void anUnlistedSenderIsAskedAbout() {
        String proxied = "127.0.0.0/8";
        try (Shop shop = shop("daraja:c2bConfirmation").with(component -> {
            withOperator(component);
            component.setCallbackSources("196.201.214.200,127.0.0.2");
            component.setTrustedProxies(proxied);
        }).open()) {
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), confirmation(RECEIPT));
            assertThat(shop.repository().kept()).hasSize(1).allMatch(kept -> kept.verdict() == Verdict.OFF_RANGE);
            assertThat(only(shop).status()).isEqualTo(PaymentStatus.PENDING);
            assertThat(told).isEmpty();

            // an answer from an unlisted sender is none either
            assertThat(post(answerUrl(), status(RECEIPT, 100)).statusCode()).isEqualTo(200);
            assertThat(only(shop).status()).isEqualTo(PaymentStatus.PENDING);
            assertThat(forwarded(answerUrl(), status(RECEIPT, 100))).isEqualTo(200);

            await().until(() -> told.size() == 1);
            assertThat(only(shop).status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(told.get(0).getMessage().getBody(Outcome.class).phoneNumber()).isEqualTo("254712345678");
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), confirmation(RECEIPT));
            shop.look();
            assertThat(told).hasSize(1);
        }
    }

    private static int forwarded(String url, String body) {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).header("X-Forwarded-For", "196.201.214.200")
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void withoutAnOperatorOnlyAnotherMessageCanTell() {
        try (Shop shop = shop("daraja:c2bConfirmation").with(component -> {
            component.setCallbackSources("196.201.214.200");
            component.setTrustedProxies("127.0.0.0/8");
        }).open()) {
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), confirmation(RECEIPT));
            shop.look();
            assertThat(told).isEmpty();
            assertThat(only(shop).status()).isEqualTo(PaymentStatus.PENDING);

            assertThat(forwarded(url(shop, RegisteredUrl.C2B_CONFIRMATION), confirmation(RECEIPT))).isEqualTo(200);
            assertThat(told).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void aUrlOfEarlierDaysIsServedAndVerified(String server) {
        try (Shop shop = shop("daraja:c2bConfirmation?path=/shop/paid").with(component -> {
            withOperator(component);
            component.setCallbackComponentName(server);
            component.setCallbackSources("127.0.0.1");
        }).open()) {
            String url = shop.component().getConfiguration().getCallbackBaseUrl() + "/shop/paid";
            assertConfirmed(url, confirmation(RECEIPT));
            assertThat(told).isEmpty();
            assertThat(shop.repository().kept()).isEmpty();
            assertThat(post(answerUrl(), status(RECEIPT, 99)).statusCode()).isEqualTo(200);
            assertThat(only(shop).status()).as("another amount").isEqualTo(PaymentStatus.UNRESOLVED);
            assertThat(told).isEmpty();
            assertThat(post(url + "/", confirmation(RECEIPT)).statusCode()).isIn(200, 404);
            assertThat(post(url + "/more", confirmation("UKL7ABCDE2")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aUrlOfEarlierDaysIsForListedSendersOnly() {
        try (Shop shop = shop("daraja:c2bConfirmation?path=/shop/paid&verify=false").with(component -> {
            component.setCallbackSources("196.201.214.200");
            component.setTrustedProxies("127.0.0.0/8");
        }).open()) {
            String url = shop.component().getConfiguration().getCallbackBaseUrl() + "/shop/paid";
            assertThat(post(url, confirmation(RECEIPT)).statusCode()).isEqualTo(404);
            assertThat(shop.repository().all()).isEmpty();

            assertThat(forwarded(url, confirmation(RECEIPT))).isEqualTo(200);
            assertThat(told).hasSize(1);
        }
    }

    @Test
    void aUrlOfEarlierDaysOutlivesItsRouteAndARestartOfTheComponent() throws Exception {
        try (Shop shop = shop("daraja:c2bConfirmation?path=/shop/paid&verify=false").with(component ->
                component.setCallbackSources("127.0.0.1")).open()) {
            String url = shop.component().getConfiguration().getCallbackBaseUrl() + "/shop/paid";
            String route = shop.context().getRoutes().stream().map(one -> one.getId()).filter(id -> !id.equals("collecting"))
                    .filter(id -> shop.context().getRoute(id).getEndpoint().getEndpointUri().contains("c2b")).findFirst().orElseThrow();
            shop.context().getRouteController().stopRoute(route);
            assertConfirmed(url, confirmation(RECEIPT));
            assertThat(told).isEmpty();
            shop.context().getRouteController().startRoute(route);
            await().until(() -> told.size() == 1);

            shop.component().stop();
            shop.component().start();
            assertConfirmed(url, confirmation("UKL7ABCDE2"));
            await().until(() -> told.size() == 2);
        }
    }

    @Test
    void aUrlOfEarlierDaysTellsOfOneKindOfPayments() {
        Shop shop = shop("daraja:c2bConfirmation?path=/shop/paid&verify=false").with(component ->
                component.setCallbackSources("127.0.0.1")).routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("daraja:billPayment?path=/shop/paid&verify=false").to("mock:bills");
                    }
                });
        assertThatThrownBy(shop::open).hasStackTraceContaining("path=/shop/paid is served for account 'default'");
        shop.close();
    }

    @Test
    void verifyHoldsForTheCapabilityUrlAsWell() {
        try (Shop shop = shop("daraja:c2bConfirmation?verify=true").with(NoticesTest::withOperator).open()) {
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), confirmation(RECEIPT));
            assertThat(told).isEmpty();
            assertThat(post(answerUrl(), status(RECEIPT, 100)).statusCode()).isEqualTo(200);
            await().until(() -> told.size() == 1);
        }
    }

    @Test
    void anAnswerThatNamesNoAmountVerifiesNone() {
        try (Shop shop = shop("daraja:c2bConfirmation?verify=true").with(NoticesTest::withOperator).open()) {
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION),
                    confirmation(RECEIPT, "90000", "ACC 7", safaricom.credentials().shortCode()));
            String silent = status(RECEIPT, 100).replace("{\"Key\":\"Amount\",\"Value\":100},", "");
            assertThat(silent).doesNotContain("Amount");
            assertThat(post(answerUrl(), silent).statusCode()).isEqualTo(200);

            assertThat(only(shop).status()).isEqualTo(PaymentStatus.UNRESOLVED);
            assertThat(told).isEmpty();
        }
    }

    @Test
    void aBillThatIsPaidByAPushIsHeldForIt() {
        try (Shop shop = open()) {
            Acknowledgement ids = push(shop, Script.pays().lostCallback());
            String day = LocalDate.ofInstant(safaricom.clock().instant(), NairobiTime.ZONE)
                    .toString();
            String bill = """
                    {"transactionId":"%s","paidAmount":"100","msisdn":"254712345678","dateCreated":"%s",
                    "accountReference":"INV-1","shortCode":"%s"}""".formatted(RECEIPT, day, safaricom.credentials().shortCode());
            assertThat(post(url(shop, RegisteredUrl.BILL_PAYMENT), bill).statusCode()).isEqualTo(200);
            assertThat(told).isEmpty();

            assertThat(safaricom.post(shop.lastCallbackUrl(), CallbackTexts.paid(ids, 100, RECEIPT)).join()).isEqualTo(200);
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(shop.payment(ids.reference()).disputed()).isFalse();
            assertThat(told).isEmpty();
        }
    }

    @Test
    void thatNothingIsLeftToAskDoesNotDropAPaymentThatIsBelievedMeanwhile() {
        safaricom.clock().freeze();
        MemoryTransactionRepository memory = new MemoryTransactionRepository(safaricom.clock(), 100);
        List<Shop> shops = new CopyOnWriteArrayList<>();
        AtomicBoolean believed = new AtomicBoolean();
        String claim = References.ofReceipt(safaricom.credentials().shortCode(), RECEIPT);
        TransactionRepository racing = Repositories.of(memory, (call, arguments) -> {
            if (call.equals("update") && arguments[0].equals(claim) && believed.compareAndSet(false, true)) {
                // while the question is under way, Pull tells of it as well
                shops.get(0).component().services().arrivals().arrive(Outcome.builder().operation("pullTransactions")
                        .account("default").status(PaymentStatus.COMPLETED).receiptNumber(RECEIPT)
                        .amount(new BigDecimal("100")).phoneNumber(Shop.CUSTOMER).accountReference("INV-1")
                        .transactionDate(safaricom.clock().instant().atOffset(ZoneOffset.ofHours(3)))
                        .source(Source.PULL).build(), safaricom.credentials().shortCode()).join();
            }
            return null;
        });
        try (Shop shop = shop("daraja:c2bConfirmation?verify=true").with(NoticesTest::withOperator)
                .with(component -> component.setRepository(racing)).with(component -> component.setMaximumQuestions(1)).open()) {
            shops.add(shop);
            Acknowledgement ids = push(shop, Script.pays().lostCallback());
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), ofPush(RECEIPT));
            await().until(believed::get);
            await().until(() -> memory.find(claim).join().questions() == 1
                    || memory.find(claim).join().held() != null && memory.find(claim).join().questions() == 0);
            shop.look();
            safaricom.clock().advance(Duration.ofSeconds(31));
            await().until(() -> shop.outcomes().size() >= 1);
            safaricom.clock().advance(Duration.ofMinutes(3));
            shop.look();

            await().untilAsserted(() -> assertThat(memory.find(ids.reference()).join().outcome().receiptNumber())
                    .isEqualTo(RECEIPT));
            assertThat(told).isEmpty();
        }
    }

    @Test
    void aCallbackWithoutAReceiptDoesNotCountWhatCountsAlready() {
        safaricom.clock().freeze();
        try (Shop shop = shop("daraja:c2bConfirmation").with(component -> component.setAskWhenLate(false)).open()) {
            Acknowledgement first = push(shop, Script.pays().lostCallback());
            String url = shop.lastCallbackUrl();
            // the phone shows one prompt at a time
            safaricom.clock().advance(Duration.ofSeconds(5));
            assertThat(push(shop, Script.pays().lostCallback())).isNotNull();
            assertConfirmed(url(shop, RegisteredUrl.C2B_CONFIRMATION), ofPush(RECEIPT));
            safaricom.clock().advance(Duration.ofSeconds(31));
            await().until(() -> told.size() == 1);

            assertThat(safaricom.post(url, CallbackTexts.paid(first.checkoutRequestId(), "")).join()).isEqualTo(200);

            assertThat(shop.payment(first.reference()).status()).isEqualTo(PaymentStatus.UNRESOLVED);
            assertThat(shop.repository().kept()).extracting(kept -> kept.verdict()).containsExactly(Verdict.CONFLICT);
            assertThat(shop.outcomes()).isEmpty();
            assertThat(told).hasSize(1);
        }
    }
}
