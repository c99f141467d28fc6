package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.account.Environment;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each operation lacks is told when its route starts, with the cure. */
class OperationStartTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension();

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "from | daraja:c2bSimulate | use to(\"daraja:c2bSimulate\")",
        "from | daraja:qrCode | use to(\"daraja:qrCode\")",
        "from | daraja:billInvoice | use to(\"daraja:billInvoice\")",
        "from | daraja:pullRegister | use to(\"daraja:pullRegister\")",
        "from | daraja:imsi | use to(\"daraja:imsi\")",
        "from | daraja:bonga | use to(\"daraja:bonga\")",
        "from | daraja:iotSim | use to(\"daraja:iotSim\")",
        "from | daraja:invoke | use to(\"daraja:invoke\")",
        "to | daraja:billPayment | use from(\"daraja:billPayment\")",
        "to | daraja:c2bName | use from(\"daraja:c2bName\")",
        "to | daraja:b2c | b2c pays out and needs idempotencyKey",
        "to | daraja:b2pochi?amount=10 | b2pochi pays out and needs idempotencyKey",
        "to | daraja:b2b | b2b pays out and needs idempotencyKey",
        "to | daraja:taxRemittance | taxRemittance pays out and needs idempotencyKey",
        "to | daraja:reversal | reversal pays out and needs idempotencyKey",
        "to | daraja:b2c?idempotencyKey=k&requestHeaders=true | b2c pays out: requestHeaders=true is refused",
        "to | daraja:b2pochi?idempotencyKey=k&requestHeaders=true | b2pochi pays out: requestHeaders=true is refused",
        "to | daraja:b2b?idempotencyKey=k&requestHeaders=true | b2b pays out: requestHeaders=true is refused",
        "to | daraja:taxRemittance?idempotencyKey=k&requestHeaders=true | taxRemittance pays out: requestHeaders=true is refused",
        "to | daraja:reversal?idempotencyKey=k&requestHeaders=true | reversal pays out: requestHeaders=true is refused",
        "to | daraja:b2c?idempotencyKey=k&commandId=Gift | must be one of BusinessPayment, SalaryPayment, PromotionPayment",
        "to | daraja:b2c?idempotencyKey=k&version=v2 | version: must be one of v3, v1, validated",
        "to | daraja:b2c?idempotencyKey=k&amount=5 | Amount: must be whole shillings from 10 to 250000",
        "to | daraja:b2pochi?idempotencyKey=k&commandId=BusinessPayment | CommandID: is filled by the component",
        "to | daraja:b2b?idempotencyKey=k&commandId=Gift | CommandID: must be one of BusinessPayBill, BusinessBuyGoods",
        "to | daraja:b2b?idempotencyKey=k&receiverType=11 | RecieverIdentifierType: must be one of 4, 2",
        "to | daraja:taxRemittance?idempotencyKey=k&receiver=572573 | receiver: is no field of taxRemittance",
        "to | daraja:transactionStatus?identifierType=11 | IdentifierType: must be one of 1, 2, 4",
        "to | daraja:accountBalance?identifierType=9 | IdentifierType: must be one of 4, 2",
        "to | daraja:standingOrder?frequency=hourly | Frequency: must be one-off, daily, weekly",
        "to | daraja:iotSim?command=explode | command: must be one of allSims, queryLifeCycleStatus",
        "to | daraja:bonga?command=spend | command: must be one of calculate, redeem",
        "to | daraja:c2bRegister?responseType=Perhaps | ResponseType: must be one of Completed, Cancelled",
        "to | daraja:invoke?path=https://elsewhere.example | path: must be a path below baseUrl",
        "to | daraja:qrCode?phoneNumber=0712345678 | phoneNumber: is no field of qrCode; its fields are MerchantName",
        "to | daraja:reversal?idempotencyKey=k&field.InitiatorPassword=x | InitiatorPassword",
        "to | daraja:b2c?idempotencyKey=k&ammount=5 | ammount",
        "from | daraja:pullTransactions?overlapp=5m | overlapp",
    })
    void aWrongUri(String side, String uri, String cure) {
        assertThat(startError(shop -> { }, side, uri)).contains(cure);
    }

    @ParameterizedTest
    @ValueSource(strings = { "b2c", "b2pochi", "b2b", "taxRemittance", "reversal", "transactionStatus", "accountBalance" })
    void anOperatorIsNeeded(String operation) {
        String uri = "daraja:" + operation + "?idempotencyKey=k";
        assertThat(startError(c -> c.getConfiguration().setInitiatorName(null), "to", uri)).contains(operation, "initiatorName");
        assertThat(startError(c -> c.getConfiguration().setInitiatorPassword(null), "to", uri)).contains(operation,
                "initiatorPassword");
        assertThat(startError(c -> c.getConfiguration().setCertificate(null), "to", uri)).contains(operation, "certificate");
        assertThat(startError(c -> c.getConfiguration().setShortCode(null), "to", uri)).contains(operation, "shortCode");
        assertThat(startError(c -> c.getConfiguration().setCallbackBaseUrl(null), "to", uri))
                .contains(operation, "callbackBaseUrl");
    }

    @ParameterizedTest
    @ValueSource(strings = { "b2bExpress", "standingOrder", "c2bRegister", "pullRegister", "billOptIn" })
    void aPlaceForCallbacksIsNeeded(String operation) {
        assertThat(startError(c -> c.getConfiguration().setCallbackBaseUrl(null), "to", "daraja:" + operation))
                .contains(operation, "callbackBaseUrl");
    }

    @ParameterizedTest
    @ValueSource(strings = { "billInvoice", "billInvoices" })
    void theKeyThatOptingInHasGivenIsNeeded(String operation) {
        assertThat(startError(c -> { }, "to", "daraja:" + operation)).contains(operation + " needs billManagerAppKey");
    }

    @Test
    void productionIsTakenSeriously() {
        for (String payout : List.of("b2c", "b2pochi", "b2b", "taxRemittance", "reversal")) {
            assertThat(startError(this::production, "to", "daraja:" + payout + "?idempotencyKey=k"))
                    .contains(payout + " pays out, and payments are kept in memory", "allowVolatile=true");
        }
        assertThat(startError(this::production, "to", "daraja:c2bSimulate")).contains("c2bSimulate exists in the sandbox only");
        for (String registered : List.of("c2bRegister", "pullRegister", "billOptIn")) {
            assertThat(startError(component -> {
                production(component);
                component.getConfiguration().setRegisteredUrlTokens(null);
            }, "to", "daraja:" + registered)).contains(registered, "registeredUrlTokens");
        }
        // and what says that it wants it so, or loses nothing by it, starts
        try (Shop shop = Shop.at(safaricom).withOperator().with(this::production)
                .with(component -> component.setAllowVolatile(true))
                .route("pay", "daraja:b2c?idempotencyKey=k").route("ask", "daraja:accountBalance").open()) {
            assertThat(shop.context().getStatus().isStarted()).isTrue();
        }
    }

    private void production(DarajaComponent component) {
        DarajaAccount account = component.getConfiguration();
        account.setEnvironment(Environment.PRODUCTION);
    }

    private String startError(Consumer<DarajaComponent> settings, String side, String uri) {
        try (Shop shop = Shop.at(safaricom).withOperator().with(settings)) {
            Throwable error = catchThrowable(() -> shop.routes(new RouteBuilder() {
                @Override
                public void configure() {
                    if (side.equals("from")) {
                        from(uri).to("mock:end");
                    } else {
                        from("direct:start").to(uri);
                    }
                }
            }).open());
            assertThat(error).as(uri).isNotNull();
            StringBuilder texts = new StringBuilder();
            for (Throwable e = error; e != null; e = e.getCause()) {
                texts.append(e.getMessage()).append('\n');
            }
            return texts.toString();
        }
    }
}
