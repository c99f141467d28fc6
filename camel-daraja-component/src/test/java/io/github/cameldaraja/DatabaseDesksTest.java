package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.management.ComponentDesk;
import io.github.cameldaraja.management.PaymentsSearch;
import io.github.cameldaraja.simulator.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Whichever node took a payment, each finds it, asks about it, and goes on with its trace. */
class DatabaseDesksTest extends DatabaseEndToEnd {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final StkPush.Request HUNDRED = new StkPush.Request(PHONE, 100, "INV-1");

    private final List<String> traces = new CopyOnWriteArrayList<>();

    private Shop quiet() {
        return newNode().with(component -> component.setAskWhenLate(false));
    }

    @Test
    void anotherNodeFindsItAsksAboutItAndGoesOnWithItsTrace() {
        try (Shop one = quiet().route("pay", "daraja:stkPush").open(); Shop two = quiet().routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush").process(exchange -> traces.add(exchange.getMessage().getHeader("traceparent", String.class)));
            }
        }).open()) {
            one.send("direct:pay", HUNDRED, Map.of("traceparent", PARENT));
            // without moving the clock: a node that is not heard of for half a minute counts as dead
            await().until(() -> traces.size() == 1);
            assertThat(traces).containsExactly(PARENT);

            PaymentsSearch search = two.context().hasService(PaymentsSearch.class);
            JsonNode paid = Shop.json(search.findByPhone("0712345678"));
            assertThat(paid).hasSize(1);
            assertThat(paid.at("/0/phoneNumber").asText()).isEqualTo("2547*****678");
            assertThat(Shop.json(search.findByReceipt(paid.at("/0/receiptNumber").asText()))).isEqualTo(paid);
            assertThat(Shop.json(search.find(paid.at("/0/reference").asText()))).isEqualTo(paid);
            assertThat(search.getUnsettledPayments()).isZero();

            safaricom.faults().nextPush(Script.pays().lostCallback());
            one.send("direct:pay", HUNDRED, Map.of());
            JsonNode open = Shop.json(search.unsettled(10));
            assertThat(open).hasSize(1);
            assertThat(search.getUnsettledPayments()).isEqualTo(1);
            safaricom.clock().advance(Duration.ofSeconds(5));
            search.askNow(open.at("/0/reference").asText());
            await().until(() -> traces.size() == 2);
            assertThat(safaricom.counters().queries()).isEqualTo(1);
            assertThat(search.getUnsettledPayments()).isZero();

            ComponentDesk first = one.context().hasService(ComponentDesk.class);
            assertThat(first.isDurable()).isTrue();
            assertThat(first.getNode()).isNotEqualTo(two.context().hasService(ComponentDesk.class).getNode());
        }
    }
}
