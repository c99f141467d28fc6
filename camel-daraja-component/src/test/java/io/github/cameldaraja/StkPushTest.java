package io.github.cameldaraja;

import static io.github.cameldaraja.Shop.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first payment, from the route to the phone and back. */
class StkPushTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(50)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    @Test
    void anAcknowledgementIsNotAPayment() {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").open()) {
            Exchange done = shop.send("direct:pay", new StkPush.Request(CUSTOMER, 100, "INV-1"));

            Acknowledgement acknowledgement = done.getMessage().getBody(Acknowledgement.class);
            assertThat(acknowledgement.status()).isEqualTo(PaymentStatus.PENDING);
            assertThat(acknowledgement.checkoutRequestId()).startsWith("ws_CO_");
            assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("PENDING");
            assertThat(done.getMessage().getHeader(DarajaConstants.REFERENCE)).isEqualTo(acknowledgement.reference());
            assertThat(done.getMessage().getHeader(DarajaConstants.RECEIPT_NUMBER)).isNull();
        }
    }

    @Test
    void theOutcomeReachesTheConsumer() {
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").collecting().open()) {
            shop.send("direct:pay", new StkPush.Request("0712 345 678", 100, "INV-1"),
                    Map.of(DarajaConstants.METADATA, Map.of("order", "7")));

            await().until(() -> shop.outcomes().size() == 1);
            Outcome outcome = shop.outcomes().get(0);
            assertThat(outcome.isCompleted()).isTrue();
            assertThat(outcome.amount()).isEqualByComparingTo("100");
            assertThat(outcome.phoneNumber()).isEqualTo(CUSTOMER);
            assertThat(outcome.accountReference()).isEqualTo("INV-1");
            assertThat(outcome.metadata()).containsEntry("order", "7");
            assertThat(outcome.receiptNumber()).isEqualTo(safaricom.books().payments().get(0).receipt());
            assertThat(outcome.transactionDate().getOffset().getTotalSeconds()).isEqualTo(3 * 3600);
        }
    }

    @Test
    void pooledExchangesNeverMix() {
        Map<String, String> told = new ConcurrentHashMap<>();
        try (Shop shop = Shop.at(safaricom).routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:pay").toD("daraja:stkPush?account=${header.shop}&amount=${header.price}");
                from("daraja:stkPush").process(e -> {
                    assertThat(e.getProperty("told")).isNull();
                    e.setProperty("told", true);
                    told.put(e.getMessage().getHeader(DarajaConstants.REFERENCE, String.class), e.getMessage().getHeader(
                            DarajaConstants.AMOUNT) + " " + e.getMessage().getBody(Outcome.class).reference());
                });
            }
        })) {
            shop.context().getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
            shop.open();
            Map<String, String> expected = new HashMap<>();
            for (int price = 1; price <= 20; price++) {
                String reference = shop.send("direct:pay", Map.of("PhoneNumber", "2547120009" + (10 + price)),
                        Map.of("shop", "default", "price", price)).getMessage().getHeader(DarajaConstants.REFERENCE, String.class);
                expected.put(reference, price + " " + reference);
            }
            await().until(() -> told.size() == 20);
            assertThat(told).isEqualTo(expected);
        }
    }

    @Test
    void theServiceBehindAnEndpointIsNamedAndNeverFails() {
        try (Shop shop = Shop.at(safaricom).open()) {
            assertThat(shop.context().getEndpoint("daraja:stkPush", DarajaEndpoint.class).getServiceUrl())
                    .isEqualTo(safaricom.baseUrl());
            assertThat(shop.context().getEndpoint("daraja:stkPush?account=nobody", DarajaEndpoint.class).getServiceUrl()).isNull();
        }
    }

    @Test
    void aWaitingRouteGoesOnWithTheOutcome() {
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush?awaitOutcome=true").open()) {
            Exchange done = shop.send("direct:pay", Map.of("PhoneNumber", CUSTOMER, "Amount", 250));

            assertThat(done.getMessage().getBody(Outcome.class).status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(done.getMessage().getHeader(DarajaConstants.AMOUNT, BigDecimal.class)).isEqualByComparingTo("250");
            assertThat(done.getMessage().getHeader(DarajaConstants.VERDICT)).isEqualTo("applied");
            assertThat(done.getMessage().getHeader(DarajaConstants.SOURCE)).isEqualTo("CALLBACK");
            assertThat(safaricom.books().merchantBalance(safaricom.credentials().shortCode())).isGreaterThanOrEqualTo(250);
        }
    }

    @ParameterizedTest
    @CsvSource({ "1,FAILED,CUSTOMER", "17,FAILED,MERCHANT", "1001,FAILED,CUSTOMER", "1019,EXPIRED,CUSTOMER", "1025,FAILED,SYSTEM",
        "1032,CANCELLED,CUSTOMER", "1037,EXPIRED,CUSTOMER", "2001,FAILED,CUSTOMER", "2028,FAILED,CONFIGURATION",
        "8006,FAILED,CUSTOMER", "9999,FAILED,SYSTEM", "SFC_IC0003,FAILED,MERCHANT" })
    void aBusinessOutcomeNeverThrows(String code, PaymentStatus status, String category) {
        safaricom.faults().nextPush(Script.result(code));
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush?awaitOutcome=true").open()) {
            Exchange done = shop.send("direct:pay", new StkPush.Request(CUSTOMER, 100, null));

            assertThat(done.isFailed()).isFalse();
            Outcome outcome = done.getMessage().getBody(Outcome.class);
            assertThat(outcome.status()).isEqualTo(status);
            assertThat(outcome.resultCode()).isEqualTo(code);
            assertThat(outcome.resultCategory()).hasToString(category);
            assertThat(safaricom.books().payments()).isEmpty();
        }
    }
}
