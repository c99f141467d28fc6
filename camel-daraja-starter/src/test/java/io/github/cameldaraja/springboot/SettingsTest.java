package io.github.cameldaraja.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldaraja.DarajaComponent;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.account.Environment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What stands below {@code camel.component.daraja} reaches the component, in each of Spring's spellings; what is no option is refused. */
class SettingsTest {

    private static final String P = "camel.component.daraja.";

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
            AutoConfigurations.of(CamelAutoConfiguration.class, DarajaAutoConfiguration.class, DarajaStoreAutoConfiguration.class));

    private static DarajaComponent component(ApplicationContext application) {
        return application.getBean(CamelContext.class).getComponent("daraja", DarajaComponent.class);
    }

    private void with(ApplicationContextRunner with, Consumer<DarajaComponent> check) {
        with.run(application -> {
            assertThat(application).hasNotFailed();
            check.accept(component(application));
        });
    }

    private void refused(ApplicationContextRunner with, String... texts) {
        with.run(application -> {
            assertThat(application).hasNotFailed();
            assertThatThrownBy(() -> component(application)).rootCause().message().contains(texts);
        });
    }

    @Test
    void theDefaultAccountAndTheComponent() {
        with(runner.withPropertyValues(P + "environment=production", P + "consumer-key=key", P + "consumerSecret=secret",
                P + "short-code=600200", P + "ask-after=1m30s", P + "storeTimeout=2500", P + "raw-retention=40d", P + "memory-capacity=7",
                P + "prompt-guard=false", P + "callback-port=9000", P + "payout-maximum=70000", P + "query-spacing=PT3S"), component -> {
                    DarajaAccount account = component.getConfiguration();
                    assertThat(account.getEnvironment()).isEqualTo(Environment.PRODUCTION);
                    assertThat(account.getConsumerKey()).isEqualTo("key");
                    assertThat(account.getConsumerSecret()).isEqualTo("secret");
                    assertThat(account.getShortCode()).isEqualTo("600200");
                    assertThat(account.getPayoutMaximum()).isEqualTo(70_000);
                    assertThat(account.getQuerySpacing()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(component.getAskAfter()).isEqualTo(Duration.ofSeconds(90));
                    assertThat(component.getStoreTimeout()).isEqualTo(Duration.ofMillis(2_500));
                    assertThat(component.getRawRetention()).isEqualTo(Duration.ofDays(40));
                    assertThat(component.getMemoryCapacity()).isEqualTo(7);
                    assertThat(component.isPromptGuard()).isFalse();
                    assertThat(component.getCallbackPort()).isEqualTo(9_000);
                });
    }

    @Test
    void namedAccountsInBracketsOrNested() {
        with(runner.withPropertyValues(P + "accounts[shop].short-code=600200", P + "accounts[shop].passkey=one",
                P + "accounts.payRoll.shortCode=600300", P + "accounts[till.2].till-number=5600301"), component -> {
                    assertThat(component.getAccounts()).containsOnlyKeys("shop", "payRoll", "till.2");
                    assertThat(component.getAccounts().get("shop").getShortCode()).isEqualTo("600200");
                    assertThat(component.getAccounts().get("shop").getPasskey()).isEqualTo("one");
                    assertThat(component.getAccounts().get("payRoll").getShortCode()).isEqualTo("600300");
                    assertThat(component.getAccounts().get("till.2").getTillNumber()).isEqualTo("5600301");
                });
    }

    @Test
    void variablesOfTheSystemAddSecretsToWhatFilesSay() {
        with(runner.withPropertyValues(P + "accounts.payRoll.short-code=600300", P + "short-code=600200")
                .withInitializer(application -> application.getEnvironment().getPropertySources().addFirst(
                        new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(
                                "CAMEL_COMPONENT_DARAJA_CONSUMERKEY", "a", "CAMEL_COMPONENT_DARAJA_CONSUMER_SECRET", "b",
                                "CAMEL_COMPONENT_DARAJA_ACCOUNTS_PAYROLL_PASSKEY", "c",
                                "CAMEL_COMPONENT_DARAJA_ACCOUNTS_PAYROLL_INITIATOR_PASSWORD", "d",
                                "CAMEL_COMPONENT_DARAJA_ACCOUNTS_KIOSK_SHORTCODE", "600400")))), component -> {
                    assertThat(component.getConfiguration().getConsumerKey()).isEqualTo("a");
                    assertThat(component.getConfiguration().getConsumerSecret()).isEqualTo("b");
                    assertThat(component.getAccounts()).containsOnlyKeys("payRoll", "kiosk");
                    assertThat(component.getAccounts().get("payRoll").getPasskey()).isEqualTo("c");
                    assertThat(component.getAccounts().get("payRoll").getInitiatorPassword()).isEqualTo("d");
                    assertThat(component.getAccounts().get("kiosk").getShortCode()).isEqualTo("600400");
                });
    }

    @Test
    void placeholdersOfBothAndBeansByName() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        with(runner.withBean("mine", Clock.class, () -> clock).withBean("other", Clock.class, Clock::systemUTC)
                .withPropertyValues("vault.key=secret", P + "clock=#bean:mine", P + "consumer-key=${vault.key}",
                        P + "passkey={{vault.key}}"), component -> {
                    assertThat(component.getClock()).isSameAs(clock);
                    assertThat(component.getConfiguration().getConsumerKey()).isEqualTo("secret");
                    assertThat(component.getConfiguration().getPasskey()).isEqualTo("secret");
                });
    }

    @Test
    void whatIsNoOptionIsRefusedWithTheCure() {
        refused(runner.withPropertyValues(P + "payout-maximun=1000"), "camel.component.daraja.payout-maximun",
                "is no option of the component; did you mean payout-maximum?");
        refused(runner.withPropertyValues(P + "accounts[shop].shortcodes=600200"), "is no option of an account; did you mean short-code?");
        refused(runner.withPropertyValues(P + "accounts[shop].callback-port=9000"), "it is one of the component: write"
                + " camel.component.daraja.callback-port");
        refused(runner.withPropertyValues(P + "trusted-proxies[0]=10.0.0.1"), "write lists as one text, separated by commas");
        refused(runner.withPropertyValues(P + "something.else=1"), "take it out");
        refused(runner.withInitializer(application -> application.getEnvironment().getPropertySources().addFirst(
                new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of("CAMEL_COMPONENT_DARAJA_CALLBACKSORCES", "1.2.3.4")))),
                "did you mean callback-sources?");
    }

    @Test
    void whatIsNoNumberIsRefusedAndSecretsAreNotShown() {
        refused(runner.withPropertyValues(P + "callback-port=many"), "many");
        runner.withPropertyValues(P + "callback-port=many", P + "passkey=hidden").run(application ->
                assertThatThrownBy(() -> component(application)).satisfies(thrown -> {
                    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                        assertThat(String.valueOf(cause.getMessage())).doesNotContain("hidden");
                    }
                }));
    }

    @Test
    void theSwitchesOfCamelsStartersWork() {
        with(runner.withPropertyValues(P + "short-code=600200", P + "enabled=false"),
                component -> assertThat(component.getConfiguration().getShortCode()).isNull());
        with(runner.withPropertyValues(P + "short-code=600200", P + "customizer.enabled=false"),
                component -> assertThat(component.getConfiguration().getShortCode()).isNull());
    }
}
