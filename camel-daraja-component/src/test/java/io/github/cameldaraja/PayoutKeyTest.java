package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.simulator.TokenFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A payout has a key that names it, whoever made the operation and however the route is written. */
class PayoutKeyTest extends EndToEnd {

    private static final B2c.Request WAGE = new B2c.Request(PHONE, 100);

    @BeforeEach
    void money() {
        deposit(UTILITY, 10_000);
    }

    static Stream<String> payouts() {
        return Operations.table().stream().filter(api -> api instanceof PaymentApi payment && payment.paysOut()).map(PaymentApi.class::cast)
                .map(PaymentApi::name);
    }

    private Throwable startError(Shop shop) {
        try (shop) {
            Throwable error = catchThrowable(shop::open);
            assertThat(error).isNotNull();
            return error;
        }
    }

    @Test
    void theseArePayouts() {
        assertThat(payouts()).containsExactlyInAnyOrder("b2c", "b2pochi", "b2b", "taxRemittance", "reversal");
    }

    @ParameterizedTest
    @MethodSource("payouts")
    void withoutAKeyItDoesNotStart(String operation) {
        assertThat(startError(newShop().route("pay", "daraja:" + operation)))
                .hasStackTraceContaining(operation + " pays out and needs idempotencyKey");
        for (String none : List.of("%20", "k".repeat(201))) {
            assertThat(startError(newShop().route("pay", "daraja:" + operation + "?idempotencyKey=" + none)))
                    .hasStackTraceContaining("idempotencyKey: must give 1 to 200 characters");
        }
    }

    @Test
    void anOperationFromTheRegistryIsNoException() {
        Shop shop = newShop().route("pay", "daraja:airtime");
        shop.context().getRegistry().bind("airtime", new AirtimeApi(true));

        assertThat(startError(shop)).hasStackTraceContaining("airtime pays out and needs idempotencyKey");
    }

    @Test
    void aRouteInYamlIsNoException() throws Exception {
        try (Shop shop = newShop().open()) {
            assertThatThrownBy(() -> load(shop, "direct:none", "")).hasStackTraceContaining("b2c pays out and needs idempotencyKey");
            load(shop, "direct:yaml", "parameters: {idempotencyKey: \"${header.salaryId}\", awaitOutcome: true}");
            assertThat(outcome(shop.send("direct:yaml", WAGE, Map.of("salaryId", 7))).idempotencyKey()).isEqualTo("7");
        }
    }

    private static void load(Shop shop, String from, String parameters) throws Exception {
        PluginHelper.getRoutesLoader(shop.context()).loadRoutes(ResourceHelper.fromString("wages.yaml", """
                - route:
                    from:
                      uri: %s
                      steps:
                        - to:
                            uri: daraja:b2c
                            %s
                """.formatted(from, parameters)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "${header.salaryId}", "${header.salaryId}${header.month}", "${exchangeProperty.salaryId}", "${body[salaryId]}" })
    void anExpressionThatGivesNothingPaysNothing(String expression) {
        Map<String, Object> blank = new HashMap<>();
        blank.put("salaryId", " \t");
        try (Shop shop = newShop().route("pay", "daraja:b2c?idempotencyKey=" + expression).open()) {
            for (Map<String, Object> headers : List.of(Map.<String, Object>of(), blank)) {
                Exchange done = shop.send("direct:pay", expression.contains("body") ? Map.of("phoneNumber", PHONE, "amount", 100) : WAGE,
                        headers);
                assertRefused(done, "idempotencyKey", "must give 1 to 200 characters");
            }
            assertThat(count("b2c.received")).isZero();
        }
    }

    @Test
    void aDynamicUriThatLeavesTheKeyEmptyPaysNothing() {
        try (Shop shop = newShop().routes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String operation : List.of("b2c", "stkPush")) {
                    from("direct:" + operation).toD("daraja:" + operation + "?idempotencyKey=${header.salaryId}&phoneNumber="
                            + PHONE + "&amount=100");
                }
            }
        }).open()) {
            for (String operation : List.of("b2c", "stkPush")) {
                for (Map<String, Object> headers : List.of(Map.<String, Object>of(), Map.<String, Object>of("salaryId", " "))) {
                    Exchange done = shop.send("direct:" + operation, null, headers);
                    assertThat(done.getException()).as(operation).hasStackTraceContaining("idempotencyKey");
                }
            }
            assertThat(count("b2c.received")).isZero();
            assertThat(safaricom.counters().pushes()).isZero();
            assertThat(shop.send("direct:b2c", null, Map.of("salaryId", "a")).getException()).isNull();
        }
    }

    @Test
    void aConstantIsOnePaymentForEver() {
        try (Shop shop = newShop().route("pay", "daraja:b2c?idempotencyKey=wage&awaitOutcome=true").open()) {
            assertThat(outcome(shop.send("direct:pay", WAGE)).isCompleted()).isTrue();
            Exchange next = shop.send("direct:pay", WAGE);
            assertThat(outcome(next).isCompleted()).isTrue();
            assertThat(next.getMessage().getHeader(DarajaConstants.REPLAYED)).as("nobody was paid").isEqualTo(true);
            assertThat(shop.send("direct:pay", new B2c.Request("0712000061", 100)).getException())
                    .hasMessageContaining("idempotency key");
            assertThat(transfers()).hasSize(1);
        }
    }

    @Test
    void blanksAroundAKeyMakeNoOtherPayment() {
        try (Shop shop = newShop().route("pay", "daraja:b2c?idempotencyKey=${header.salaryId}&awaitOutcome=true").open()) {
            for (String key : List.of("2026-11/7", "2026-11/7 ", " 2026-11/7\r\n")) {
                assertThat(outcome(shop.send("direct:pay", WAGE, Map.of("salaryId", key))).idempotencyKey()).isEqualTo("2026-11/7");
            }
            assertThat(outcome(shop.send("direct:pay", WAGE, Map.of("salaryId", "2026-11/7 b"))).idempotencyKey())
                    .isEqualTo("2026-11/7 b");
            assertThat(transfers()).hasSize(2);
        }
    }

    @Test
    void whatNeverLeftFreesItsKey() {
        try (Shop shop = newShop().route("pay", "daraja:b2c?idempotencyKey=${header.salaryId}&awaitOutcome=true").open()) {
            // each fetch is tried twice by itself
            safaricom.faults().nextToken(TokenFault.RESET);
            safaricom.faults().nextToken(TokenFault.RESET);
            assertThat(shop.send("direct:pay", WAGE, Map.of("salaryId", "7")).getException()).isInstanceOf(DarajaNotSentException.class);
            assertThat(count("b2c.received")).isZero();

            Exchange next = shop.send("direct:pay", WAGE, Map.of("salaryId", "7"));
            assertThat(outcome(next).isCompleted()).isTrue();
            assertThat(next.getMessage().getHeader(DarajaConstants.REPLAYED)).isNull();
        }
    }
}
