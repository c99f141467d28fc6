package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.StkPush;
import java.time.Duration;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;

/** Outcomes that no route takes are seen where operators look. */
class DeliveriesHealthTest extends EndToEnd {

    private static final StkPush.Request HUNDRED = new StkPush.Request(PHONE, 100, "INV-1");

    private static HealthCheck.Result deliveries(Collection<HealthCheck.Result> all) {
        return all.stream().filter(one -> one.getCheck().getId().equals("daraja-deliveries-default")).findFirst().orElse(null);
    }

    private static HealthCheck.Result deliveries(CamelContext context) {
        return deliveries(HealthCheckHelper.invoke(context, "full"));
    }

    @Test
    void anOutcomeThatNobodyTakesIsSeenAfterAMinute() throws Exception {
        try (Shop shop = newShop().route("pay", "daraja:stkPush").collecting().open()) {
            assertThat(deliveries(shop.context()).getState()).isEqualTo(HealthCheck.State.UP);
            shop.context().getRouteController().suspendRoute("collecting");
            shop.send("direct:pay", HUNDRED);
            await().until(() -> shop.component().services().deliveries().count().join().oldest() != null);
            assertThat(deliveries(shop.context()).getState()).isEqualTo(HealthCheck.State.UP);

            safaricom.clock().advance(Duration.ofSeconds(61));
            HealthCheck.Result down = deliveries(shop.context());
            assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(down.getMessage()).hasValueSatisfying(text -> assertThat(text).contains("from(\"daraja:"));
            assertThat(down.getDetails()).containsEntry("undelivered", 1).doesNotContainValue(PHONE);
            // a node that is taken out of service could hear no callbacks
            assertThat(deliveries(HealthCheckHelper.invokeReadiness(shop.context(), "full"))).isNull();
            assertThat(deliveries(HealthCheckHelper.invokeLiveness(shop.context(), "full"))).isNull();

            shop.context().getRouteController().resumeRoute("collecting");
            await().until(() -> !shop.outcomes().isEmpty());
            await().until(() -> deliveries(shop.context()).getState() == HealthCheck.State.UP);
        }
    }

    @Test
    void whatIsParkedIsSeenAtOnce() {
        try (Shop shop = newShop().with(component -> component.setMaximumDeliveries(1)).route("pay", "daraja:stkPush")
                .routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("daraja:stkPush").throwException(new IllegalStateException("the books are closed"));
                    }
                }).open()) {
            shop.send("direct:pay", HUNDRED);
            await().until(() -> deliveries(shop.context()).getState() == HealthCheck.State.DOWN);
            assertThat(deliveries(shop.context()).getDetails()).containsEntry("parked", 1);
        }
    }

    @Test
    void itGoesWithItsComponent() {
        Shop shop = newShop().collecting().open();
        shop.close();
        assertThat(deliveries(HealthCheckHelper.invoke(shop.context(), "full"))).isNull();
    }
}
