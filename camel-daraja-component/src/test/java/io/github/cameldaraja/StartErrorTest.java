package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes of the configuration are found at start, and the error says what to do. */
class StartErrorTest {

    private static final String SECRET = "PlantedSecretValue0123456789";

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension();

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "from | daraja:stkQuery | stkQuery | use to(\"daraja:stkQuery\")",
        "to | daraja:c2bValidation | c2bValidation | use from(\"daraja:c2bValidation\")",
        "to | daraja:c2bConfirmation | c2bConfirmation | use from(\"daraja:c2bConfirmation\")",
        "from | daraja:c2bRegister | c2bRegister | use to(\"daraja:c2bRegister\")",
        "from | daraja:c2bConfirmation?path=/paid | path=/paid | callbackSources",
        "from | daraja:c2bConfirmation?path=/paid&verify=false | path=/paid | callbackSources",
        "from | daraja:c2bConfirmation?path=/paid&account=* | path=/paid | needs one account",
        "from | daraja:c2bConfirmation?verify=true | verify=true | initiatorName",
        "from | daraja:stkPush?verify=true | stkPush | has no verify",
        "from | daraja:stkPush?path=/paid | stkPush | has no path",
        "from | daraja:stkPush?defaultAnswer=accept | stkPush | has no defaultAnswer",
        "from | daraja:stkPush?awaitOutcome=true | stkPush | has no awaitOutcome: it is for to()",
        "from | daraja:stkPush?await-outcome=true | stkPush | has no await-outcome: it is for to()",
        "from | daraja:stkPush?amount=5 | stkPush | has no amount: it is for to()",
        "from | daraja:stkPush?field.Amount=5 | stkPush | has no field.Amount: it is for to()",
        "from | daraja:stkPush?delay=10s | stkPush | has no delay",
        "from | daraja:stkPush?scheduler.cron=0+0+6+*+*+? | stkPush | has no scheduler.cron",
        "from | daraja:stkPush?lag=1m | stkPush | has no lag",
        "from | daraja:c2bValidation?group=books | c2bValidation | has no group",
        "from | daraja:c2bConfirmation?answerTimeout=3s | c2bConfirmation | has no answerTimeout",
        "from | daraja:stkQuery?amount=5 | stkQuery | use to(\"daraja:stkQuery\")",
        "to | daraja:stkPush?group=books | stkPush | has no group: it is for from()",
        "to | daraja:stkPush?verify=true | stkPush | has no verify",
        "to | daraja:stkPush?delay=10s | stkPush | has no delay",
        "to | daraja:stkPush?rawAnswer=true | stkPush | has no rawAnswer",
        "to | daraja:qrCode?awaitOutcome=true | qrCode | has no awaitOutcome",
        "to | daraja:stkQuery?idempotencyKey=7 | stkQuery | has no idempotencyKey",
        "to | daraja:c2bConfirmation?group=books | c2bConfirmation | use from(\"daraja:c2bConfirmation\")",
        "from | daraja:c2bValidation?answerTimeout=8s | answerTimeout | at most 7s",
        "from | daraja:c2bValidation?answerTimeout=0s | answerTimeout | at most 7s",
        "from | daraja:c2bValidation?defaultAnswer=perhaps | defaultAnswer=perhaps | accept or reject",
        "from | daraja:c2bName?defaultAnswer=accept | c2bName | leave it out",
        "from | daraja:c2bName | nameUsername | camel.component.daraja.nameUsername",
        "from | daraja:c2bName?account=* | nameUsername | camel.component.daraja.nameUsername",
        "from | daraja:c2bName?namePassword=PlantedSecretValue0123456789 | c2bName | camel.component.daraja.namePassword",
        "from | daraja:stkPush?account=nobody | nobody | camel.component.daraja.accounts[nobody]",
        "to | daraja:stkPush?account=nobody | nobody | camel.component.daraja.accounts[nobody]",
        "to | daraja:stkPush?account=* | stkPush | needs one account",
        "to | daraja:stkpushh | stkpushh | the operations are stkPush, stkQuery",
        "to | daraja:stkPush?amountt=5 | stkPush | amountt",
        "to | daraja:stkPush?amount=5.5 | Amount | whole shillings",
        "to | daraja:stkPush?checkoutRequestId=ws_CO_1 | checkoutRequestId | is no field",
        "to | daraja:stkQuery?amount=5 | amount | is no field",
        "to | daraja:stkPush?outcomeTimeout=soon | stkPush | outcomeTimeout",
        "to | daraja:stkPush?passkey=PlantedSecretValue0123456789 | stkPush | camel.component.daraja.passkey",
        "to | daraja:stkPush?consumer-secret=PlantedSecretValue0123456789 | stkPush | must not stand in an endpoint URI",
        "from | daraja:stkPush?callbackSecret=PlantedSecretValue0123456789 | stkPush | camel.component.daraja.callbackSecret",
        "to | daraja:b2c?idempotencyKey=7&field.SecurityCredential=PlantedSecretValue0123456789 | b2c | SecurityCredential",
        "to | daraja:billInvoice?field.app_key=PlantedSecretValue0123456789 | app_key | leave it out",
        "to | daraja:billInvoice?field.appKey=PlantedSecretValue0123456789 | billInvoice | appKey",
        "to | daraja:stkPush?field.Password=PlantedSecretValue0123456789 | Password | leave it out",
        "to | daraja:stkPush?pass_key=PlantedSecretValue0123456789 | stkPush | pass_key",
        "to | daraja:stkPush?configuration.passkey=PlantedSecretValue0123456789 | stkPush | passkey",
        "to | daraja:stkPush?accounts[shop].initiatorPassword=PlantedSecretValue0123456789 | stkPush | initiatorPassword",
        "to | daraja:stkPush?initiatorPassword=PlantedSecretValue0123456789 | stkPush | camel.component.daraja.initiatorPassword",
    })
    void aWrongUri(String side, String uri, String names, String cure) {
        Throwable error = startError(shop -> { }, side, uri);

        assertThat(texts(error)).contains(names).contains(cure).doesNotContain(SECRET);
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                Arguments.of("consumerKey", change(c -> c.getConfiguration().setConsumerKey(null))),
                Arguments.of("consumerSecret", change(c -> c.getConfiguration().setConsumerSecret(" "))),
                Arguments.of("shortCode", change(c -> c.getConfiguration().setShortCode(null))),
                Arguments.of("passkey", change(c -> c.getConfiguration().setPasskey(null))),
                Arguments.of("callbackBaseUrl", change(c -> c.getConfiguration().setCallbackBaseUrl(null))),
                Arguments.of("shortCode", change(c -> c.getConfiguration().setShortCode("57410a"))),
                Arguments.of("callbackSecret", change(c -> c.getConfiguration().setCallbackSecret("PlantedSecretValue012345678"))),
                Arguments.of("callbackSources", change(c -> c.setCallbackSources("196.201.214.200, here"))),
                Arguments.of("askInterval", change(c -> c.setAskInterval(java.time.Duration.ZERO))),
                Arguments.of("memoryCapacity", change(c -> c.setMemoryCapacity(0))),
                Arguments.of("deliveryThreads", change(c -> c.setDeliveryThreads(0))),
                Arguments.of("storeTimeout must be longer than 0", change(c -> c.setStoreTimeout(java.time.Duration.ZERO))),
                Arguments.of("spoolDirectory must be a directory", change(c -> {
                    c.setRepository(Repositories.of(new MemoryTransactionRepository(SAFARICOM.simulator().clock(), 10),
                            (call, arguments) -> call.equals("isDurable") ? true : null));
                    c.setSpoolDirectory(" ");
                })),
                Arguments.of("maximumDeliveries", change(c -> c.setMaximumDeliveries(0))),
                Arguments.of("rawRetention must be at least 3 days", change(c -> c.setRawRetention(java.time.Duration.ofDays(2)))),
                Arguments.of("ledgerRetention (29 days)", change(c -> c.setLedgerRetention(java.time.Duration.ofDays(29)))),
                Arguments.of("callbackPort", change(c -> c.setCallbackPort(SAFARICOM.simulator().port()))),
                Arguments.of("callbackComponentName", change(c -> c.setCallbackComponentName("mina"))),
                Arguments.of("callbackBaseUrl", change(c -> c.getConfiguration().setCallbackBaseUrl("https://pay.example.com/mpesa"))));
    }

    private static Consumer<DarajaComponent> change(Consumer<DarajaComponent> change) {
        return change;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("missing")
    void aMissingOrWrongSetting(String setting, Consumer<DarajaComponent> change) {
        Throwable error = startError(change, "to", "daraja:stkPush");

        assertThat(texts(error)).contains(setting).doesNotContain(SECRET).doesNotContain(safaricom.credentials().passkey())
                .doesNotContain("PlantedSecretValue");
    }

    static Stream<Arguments> missingForPaymentsThatCome() {
        return Stream.of(
                Arguments.of("daraja:c2bConfirmation", "shortCode", change(c -> c.getConfiguration().setShortCode(null))),
                Arguments.of("daraja:c2bValidation", "shortCode", change(c -> c.getConfiguration().setShortCode(null))),
                Arguments.of("daraja:billPayment", "registeredUrlTokens",
                        change(c -> c.getConfiguration().setEnvironment(io.github.cameldaraja.account.Environment.PRODUCTION))),
                Arguments.of("daraja:c2bConfirmation?verify=true", "askWhenLate", change(c -> {
                    c.getConfiguration().setInitiatorName("operator");
                    c.getConfiguration().setSecurityCredential("c2VjdXJpdHkgY3JlZGVudGlhbA==");
                    c.setAskWhenLate(false);
                })),
                Arguments.of("daraja:c2bConfirmation?path=paid&verify=false", "must be the path",
                        change(c -> c.setCallbackSources("127.0.0.1"))),
                Arguments.of("daraja:c2bConfirmation?path=/d/paid&verify=false", "not below /d",
                        change(c -> c.setCallbackSources("127.0.0.1"))),
                Arguments.of("daraja:c2bConfirmation?path=/paid", "initiatorName", change(c -> c.setCallbackSources("127.0.0.1"))),
                Arguments.of("daraja:c2bName", "namePassword", change(c -> c.getConfiguration().setNameUsername("hakikisha"))));
    }

    @ParameterizedTest(name = "{0} needs {1}")
    @MethodSource("missingForPaymentsThatCome")
    void aMissingOrWrongSettingForWhatComesByItself(String uri, String setting, Consumer<DarajaComponent> change) {
        assertThat(texts(startError(change, "from", uri))).contains(setting);
    }

    @Test
    void aRegistrationNeedsAPlaceForWhatComes() {
        assertThat(texts(startError(component -> component.getConfiguration().setCallbackBaseUrl(null), "to",
                "daraja:c2bRegister?responseType=Completed"))).contains("callbackBaseUrl");
    }

    @Test
    void aPublicCallbackUrlIsAskedForBySafaricomItself() {
        Throwable error = startError(component -> component.getConfiguration().setBaseUrl("https://sandbox.safaricom.co.ke"), "to",
                "daraja:stkPush");

        assertThat(texts(error)).contains("callbackBaseUrl must be https");
    }

    private Throwable startError(Consumer<DarajaComponent> settings, String side, String uri) {
        try (Shop shop = Shop.at(safaricom).with(settings)) {
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
            assertThat(error).isNotNull();
            return error;
        }
    }

    private static String texts(Throwable error) {
        StringBuilder texts = new StringBuilder();
        for (Throwable e = error; e != null; e = e.getCause()) {
            texts.append(e).append('\n');
        }
        return texts.toString();
    }
}
