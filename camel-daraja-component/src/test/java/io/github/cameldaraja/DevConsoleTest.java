package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.transaction.FailingRepository;
import org.apache.camel.CamelContextAware;
import org.apache.camel.console.DevConsole;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The developer console shows how it stands, as text and as JSON. */
class DevConsoleTest extends EndToEnd {

    private static DevConsole console(Shop shop) {
        DevConsole console = PluginHelper.getDevConsoleResolver(shop.context()).resolveDevConsole("daraja");
        CamelContextAware.trySetCamelContext(console, shop.context());
        return console;
    }

    @Test
    void itShowsPaymentsOutcomesCallbacksAndAccounts() {
        try (Shop shop = newShop().route("pay", "daraja:stkPush").collecting().open()) {
            shop.send("direct:pay", new StkPush.Request(PHONE, 100, "INV-1"));
            await().until(() -> shop.outcomes().size() == 1);
            await().until(() -> shop.onlyPayment().isOver());
            DevConsole console = console(shop);

            String text = (String) console.call(DevConsole.MediaType.TEXT);
            assertThat(text).contains("application: default", "store:\n    durable: false", "payments:\n    unsettled: 0", "parked: 0",
                    "name: default", "shortCode: " + payBill).doesNotContain(PHONE)
                    .doesNotContain(safaricom.credentials().consumerSecret()).doesNotContain(safaricom.credentials().passkey());

            JsonNode json = Shop.json(((JsonObject) console.call(DevConsole.MediaType.JSON)).toJson());
            assertThat(json.at("/accounts/0/token/expiresAt").asText()).endsWith("Z");
            assertThat(json.at("/callbacks/last").asText()).endsWith("Z");
            assertThat(json.at("/payments/unsettled").isInt()).isTrue();
            assertThat(json.toString()).doesNotContain(PHONE).doesNotContain(safaricom.credentials().consumerKey());
        }
    }

    @Test
    void itSaysWhatIsBroken() {
        Shop shop = newShop();
        FailingRepository store = new FailingRepository(shop.repository());
        try (shop) {
            shop.with(component -> component.setRepository(store)).collecting().open();
            store.breakDown(FailingRepository.Step.FIND);
            assertThat((String) console(shop).call(DevConsole.MediaType.TEXT)).contains("error: the store is down");
            shop.context().getComponent("daraja").stop();
            assertThat((String) console(shop).call(DevConsole.MediaType.TEXT)).contains("error: no daraja component is started");
        }
    }
}
