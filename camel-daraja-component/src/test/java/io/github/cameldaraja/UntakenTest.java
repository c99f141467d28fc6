package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.transaction.OutboxCounts;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** What nobody takes when it comes. */
class UntakenTest extends EndToEnd {

    private static final StkPush.Request HUNDRED = new StkPush.Request(PHONE, 100, "INV-1");

    private static OutboxCounts counts(Shop shop) {
        return shop.component().services().deliveries().count().join();
    }

    @Test
    void anAnswerThatNobodyWaitsForLeavesNoDebt() {
        try (Shop shop = newShop().withOperator().route("ask", "daraja:accountBalance").open()) {
            shop.send("direct:ask", "");
            await().until(() -> shop.onlyPayment().isEnded());
            await().until(() -> counts(shop).open() == 0);
        }
    }

    @Test
    void aGroupWhoseRouteIsStoppedGetsItsCopyAfterwards() throws Exception {
        List<Object> others = new CopyOnWriteArrayList<>();
        try (Shop shop = newShop().route("pay", "daraja:stkPush").collecting().routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush?group=other").routeId("other").process(e -> others.add(e.getMessage().getBody()));
            }
        }).open()) {
            shop.look();
            shop.context().getRouteController().stopRoute("other");
            shop.send("direct:pay", HUNDRED);
            await().until(() -> shop.outcomes().size() == 1);
            await().until(() -> counts(shop).open() == 1);
            assertThat(others).isEmpty();

            shop.context().getRouteController().startRoute("other");
            await().until(() -> others.size() == 1);
            await().until(() -> counts(shop).open() == 0);
            assertThat(shop.outcomes()).hasSize(1);
        }
    }
}
