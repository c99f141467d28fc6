package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Settings count until the context starts, wherever the component comes from. */
class ComponentSettingsTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension();

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    @Test
    void aComponentThatTheContextMadeCanBeConfiguredBeforeTheStart() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            DarajaComponent component = context.getComponent("daraja", DarajaComponent.class);
            int port = Ports.free();
            DarajaAccount shared = component.getConfiguration();
            shared.setBaseUrl(safaricom.baseUrl());
            shared.setConsumerKey(safaricom.credentials().consumerKey());
            shared.setConsumerSecret(safaricom.credentials().consumerSecret());
            shared.setCallbackBaseUrl("http://127.0.0.1:" + port);
            component.setCallbackHost("127.0.0.1");
            component.setCallbackPort(port);
            DarajaAccount shop = new DarajaAccount();
            shop.setShortCode(safaricom.credentials().shortCode());
            shop.setPasskey(safaricom.credentials().passkey());
            component.getAccounts().put("shop", shop);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:pay").to("daraja:stkPush?account=shop&phoneNumber=0712345678&amount=10&awaitOutcome=true");
                }
            });
            context.start();

            var done = context.createProducerTemplate().send("direct:pay", exchange -> { });

            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
        }
    }

    @Test
    void theSettingsOfCamelMainCount() throws Exception {
        int port = Ports.free();
        Properties properties = new Properties();
        properties.setProperty("camel.component.daraja.base-url", safaricom.baseUrl());
        properties.setProperty("camel.component.daraja.consumerKey", safaricom.credentials().consumerKey());
        properties.setProperty("camel.component.daraja.consumer-secret", safaricom.credentials().consumerSecret());
        properties.setProperty("camel.component.daraja.callback-base-url", "http://127.0.0.1:" + port);
        properties.setProperty("camel.component.daraja.callback-host", "127.0.0.1");
        properties.setProperty("camel.component.daraja.callback-port", Integer.toString(port));
        properties.setProperty("camel.component.daraja.memory-capacity", "1");
        properties.setProperty("camel.component.daraja.accounts[shop].shortCode", safaricom.credentials().shortCode());
        properties.setProperty("camel.component.daraja.accounts[shop].passkey", safaricom.credentials().passkey());
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(properties);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:pay").to("daraja:stkPush?account=shop&awaitOutcome=true");
                from("direct:push").to("daraja:stkPush?account=shop");
            }
        });
        main.start();
        try {
            ProducerTemplate template = main.getCamelTemplate();
            Exchange done = template.send("direct:pay", e -> e.getMessage().setBody(new StkPush.Request(Shop.CUSTOMER, 10, null)));
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");

            safaricom.faults().nextPush(Script.neverAnswers());
            template.send("direct:push", e -> e.getMessage().setBody(new StkPush.Request("254712000001", 10, null)));
            Exchange full = template.send("direct:push", e -> e.getMessage().setBody(new StkPush.Request("254712000002", 10, null)));
            assertThat(full.getException()).isInstanceOf(DarajaNotSentException.class).cause()
                    .hasMessageContaining("memoryCapacity");
        } finally {
            main.stop();
        }
    }
}
