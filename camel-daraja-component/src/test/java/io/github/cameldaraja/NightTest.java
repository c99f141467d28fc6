package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.management.PaymentsSearch;
import io.github.cameldaraja.simulator.Script;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContextAware;
import org.apache.camel.console.DevConsole;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;

/** What somebody sees at night when a payment hangs: these screens are those of the documentation. */
class NightTest extends EndToEnd {

    private static final String PAGE = "operations.adoc";

    private static String console(Shop shop, String name) {
        DevConsole console = PluginHelper.getDevConsoleResolver(shop.context()).resolveDevConsole(name);
        CamelContextAware.trySetCamelContext(console, shop.context());
        return (String) console.call(DevConsole.MediaType.TEXT, Map.of("exposureLevel", "full"));
    }

    @Test
    void aPaymentHangsIsSeenFoundAndAskedAbout() {
        try (Shop shop = newShop().with(component -> component.setAskWhenLate(false))
                .route("checkout", "daraja:stkPush?idempotencyKey=${header.orderId}").collecting().open()) {
            shop.send("direct:checkout", new StkPush.Request(PHONE, 250, "INV-1041"), Map.of("orderId", "order-1041"));
            await().until(() -> shop.outcomes().size() == 1);
            safaricom.faults().nextPush(Script.pays().lostCallback());
            shop.send("direct:checkout", new StkPush.Request("254712345679", 400, "INV-1042"), Map.of("orderId", "order-1042"));
            await().until(() -> safaricom.books().payments().size() == 2);
            Screen.isShown(PAGE, "console", console(shop, "daraja"));
            safaricom.clock().advance(Duration.ofMinutes(61));
            Screen.isShown(PAGE, "health", console(shop, "health"));

            PaymentsSearch search = shop.context().hasService(PaymentsSearch.class);
            String hanging = search.find("order-1042");
            Screen.isShown(PAGE, "find", hanging);

            String known = search.askNow(Shop.json(hanging).at("/0/reference").asText());
            Screen.isShown(PAGE, "ask", known);
            await().until(() -> shop.outcomes().size() == 2);
            assertThat(shop.outcomes().get(1).idempotencyKey()).isEqualTo("order-1042");
            assertThat(search.getUnsettledPayments()).isZero();
        }
    }
}
