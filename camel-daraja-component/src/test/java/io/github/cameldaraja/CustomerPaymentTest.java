package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.account.SecurityCredential;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.PhonePayment;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Customers who pay to a pay bill, with a Safaricom that registers, asks, books and confirms. */
class CustomerPaymentTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private final String shortCode = safaricom.credentials().shortCode();
    private final List<Outcome> told = new CopyOnWriteArrayList<>();

    private Shop shop(String confirmations) {
        return Shop.at(safaricom).route("pay", "daraja:stkPush").collecting()
                .route("register", "daraja:c2bRegister?responseType=Cancelled").routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(confirmations).process(exchange -> told.add(exchange.getMessage().getBody(Outcome.class)));
                    }
                });
    }

    private Shop registered() {
        return register(shop("daraja:c2bConfirmation").open());
    }

    private static Shop register(Shop shop) {
        Exchange done = shop.send("direct:register", null);
        assertThat(done.getException()).isNull();
        return shop;
    }

    private PhonePayment pay(String reference) {
        return safaricom.c2b().pay(Shop.CUSTOMER, shortCode, reference, 100).join();
    }

    @Test
    void aCustomerPays() {
        try (Shop shop = registered()) {
            safaricom.c2b().nextConfirmation(ConfirmationScript.usual().times(3));
            PhonePayment payment = pay("ACC 7");
            await().until(() -> safaricom.callbacks().size() == 3);

            assertThat(told).hasSize(1);
            assertThat(told.get(0).receiptNumber()).isEqualTo(payment.receipt());
            assertThat(told.get(0).accountReference()).isEqualTo("ACC 7");
            assertThat(safaricom.callbacks()).allMatch(callback -> callback.status() == 200);
            assertThat(safaricom.c2b().resend(payment.receipt()).join()).isEqualTo(200);
            assertThat(told).hasSize(1);
            assertThat(shop.repository().kept()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({ "accept, PAID, 1", "reject, REFUSED, 0" })
    void aValidationDecides(String answer, PhonePayment.Outcome outcome, int payments) {
        try (Shop shop = register(shop("daraja:c2bConfirmation").routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:c2bValidation").setBody(constant(answer));
            }
        }).open())) {
            safaricom.c2b().validation(shortCode, true);

            assertThat(pay("ACC 7").outcome()).isEqualTo(outcome);

            await().until(() -> told.size() == payments);
            assertThat(safaricom.books().payments()).hasSize(payments);
            assertThat(shop.repository().all()).hasSize(payments);
        }
    }

    @ParameterizedTest
    @CsvSource({ "?defaultAnswer=accept, PAID", "?defaultAnswer=reject, REFUSED", "'', CANCELLED" })
    void aRouteThatFailsLeavesItToItsDefaultOrToTheResponseType(String options, PhonePayment.Outcome outcome) {
        try (Shop shop = register(shop("daraja:c2bConfirmation").routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:c2bValidation" + options).throwException(new IllegalStateException("no database"));
            }
        }).open())) {
            safaricom.c2b().validation(shortCode, true);

            assertThat(pay("ACC 7").outcome()).isEqualTo(outcome);
        }
    }

    // with the number of callbacks in all
    static Stream<Arguments> confirmationsOfPushes() {
        ConfirmationScript usual = ConfirmationScript.usual();
        return Stream.of(Arguments.of(usual, 2), Arguments.of(usual.first(), 2), Arguments.of(usual.first().times(3), 4),
                Arguments.of(usual.after(Duration.ofMinutes(10)), 2), Arguments.of(usual.hashedPhone(), 2),
                Arguments.of(usual.lost(), 1));
    }

    @ParameterizedTest
    @MethodSource("confirmationsOfPushes")
    void aPushAndItsConfirmationAreOnePayment(ConfirmationScript script, int callbacks) {
        try (Shop shop = registered()) {
            safaricom.c2b().nextConfirmation(script);
            assertThat(shop.send("direct:pay", new StkPush.Request(Shop.CUSTOMER, 100, "INV-1")).getException()).isNull();
            await().until(() -> shop.outcomes().size() == 1);
            safaricom.clock().advance(Duration.ofMinutes(10));
            await().until(() -> safaricom.callbacks().size() == callbacks);
            safaricom.clock().advance(Duration.ofSeconds(31));
            await().until(() -> shop.repository().all().size() == 1);
            shop.look();

            assertThat(told).isEmpty();
            assertThat(shop.outcomes()).hasSize(1);
            assertThat(shop.outcomes().get(0).source()).isEqualTo(Source.CALLBACK);
            assertThat(shop.onlyPayment().disputed()).isFalse();
        }
    }

    @ParameterizedTest(name = "paid by {0}")
    @ValueSource(strings = { Shop.CUSTOMER, "254733000009" })
    void aPushWhoseCallbackIsLostIsPaidByItsConfirmation(String payer) {
        try (Shop shop = register(shop("daraja:c2bConfirmation").with(component -> component.setAskWhenLate(false)).open())) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            shop.send("direct:pay", Map.of("phoneNumber", Shop.CUSTOMER, "partyA", payer, "amount", 100, "accountReference", "INV-1"));
            await().until(() -> shop.repository().all().size() == 2);
            assertThat(shop.outcomes()).isEmpty();
            safaricom.clock().advance(Duration.ofSeconds(31));

            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).source()).isEqualTo(Source.CONFIRMATION);
            assertThat(shop.outcomes().get(0).receiptNumber()).isEqualTo(safaricom.books().payments().get(0).receipt());
            await().until(() -> shop.repository().all().size() == 1);
            assertThat(told).isEmpty();
        }
    }

    @Test
    void aQueryAndThenTheConfirmationAreOnePayment() {
        try (Shop shop = registered()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            safaricom.c2b().nextConfirmation(ConfirmationScript.usual().after(Duration.ofSeconds(60)));
            shop.send("direct:pay", new StkPush.Request(Shop.CUSTOMER, 100, "INV-1"));
            await().until(() -> safaricom.books().payments().size() == 1);
            safaricom.clock().advance(Duration.ofSeconds(25));
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).source()).isEqualTo(Source.QUERY);
            safaricom.clock().advance(Duration.ofSeconds(60));
            await().until(() -> shop.repository().all().size() == 2);
            safaricom.clock().advance(Duration.ofSeconds(31));
            await().until(() -> shop.outcomes().size() == 2);

            assertThat(shop.outcomes().get(1).reference()).isEqualTo(shop.outcomes().get(0).reference());
            assertThat(shop.outcomes().get(1).verdict()).hasToString("enriched");
            assertThat(told).isEmpty();
        }
    }

    @Test
    void theCustomerSaysNoAndPaysByHand() {
        try (Shop shop = registered()) {
            safaricom.faults().nextPush(Script.result(1032));
            shop.send("direct:pay", new StkPush.Request(Shop.CUSTOMER, 100, "INV-1"));
            await().until(() -> shop.outcomes().size() == 1);
            pay("INV-1");
            await().until(() -> told.size() == 1);

            assertThat(shop.outcomes()).extracting(Outcome::status).containsExactly(PaymentStatus.CANCELLED);
            assertThat(told).extracting(Outcome::status).containsExactly(PaymentStatus.COMPLETED);
        }
    }

    private void operator(DarajaComponent component) {
        component.getConfiguration().setInitiatorName(safaricom.credentials().initiatorName());
        component.getConfiguration().setSecurityCredential(SecurityCredential.encrypt(safaricom.credentials().initiatorPassword(),
                safaricom.credentials().certificatePem().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void eachPaymentIsVerifiedWhereThatIsWanted() {
        try (Shop shop = register(shop("daraja:c2bConfirmation?verify=true").with(this::operator).open())) {
            CompletableFuture<PhonePayment> payment = safaricom.c2b().pay(Shop.CUSTOMER, shortCode, "ACC 7", 100);
            await().until(() -> {
                safaricom.clock().advance(Duration.ofSeconds(1));
                return told.size() == 1;
            });

            assertThat(told.get(0).receiptNumber()).isEqualTo(payment.join().receipt());
            assertThat(safaricom.requests()).anyMatch(request -> request.path().contains("/transactionstatus/"));
            // what M-Pesa has never booked counts for nobody
            String forged = """
                    {"TransID":"UKL7ABCDE1","TransAmount":"100","BusinessShortCode":"%s","BillRefNumber":"ACC 7"}""".formatted(shortCode);
            String url = shop.component().services().accounts().get("default")
                    .registeredUrl(io.github.cameldaraja.api.RegisteredUrl.C2B_CONFIRMATION);
            assertThat(safaricom.post(url, forged).join()).isEqualTo(200);
            for (int i = 0; i < 10; i++) {
                safaricom.clock().advance(Duration.ofMinutes(1));
                shop.look();
            }
            assertThat(told).hasSize(1);
        }
    }
}
