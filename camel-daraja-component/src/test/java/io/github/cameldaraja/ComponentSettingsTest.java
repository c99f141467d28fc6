package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
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
            int port = Shop.freePort();
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
}
