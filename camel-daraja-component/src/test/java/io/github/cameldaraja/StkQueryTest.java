package io.github.cameldaraja;

import static io.github.cameldaraja.Shop.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.StkQuery;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A route that asks: what it is told, and what the stored payment makes of it. */
class StkQueryTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    private Shop shop() {
        return Shop.at(safaricom).with(component -> component.setAskWhenLate(false)).route("pay", "daraja:stkPush")
                .route("ask", "daraja:stkQuery").collecting().open();
    }

    private Acknowledgement push(Shop shop, Script script) {
        safaricom.faults().nextPush(script);
        return shop.send("direct:pay", new StkPush.Request(CUSTOMER, 100, "INV-1"),
                Map.of(DarajaConstants.METADATA, Map.of("order", "7"))).getMessage().getBody(Acknowledgement.class);
    }

    @Test
    void whatARouteHearsIsSettledAndToldOnceUnderTheSameReference() {
        try (Shop shop = shop()) {
            Acknowledgement ids = push(shop, Script.pays().lostCallback());
            await().until(() -> safaricom.books().payments().size() == 1);

            Exchange first = shop.send("direct:ask", ids);
            Exchange second = shop.send("direct:ask", new StkQuery.Request(ids.checkoutRequestId()));

            Outcome said = first.getMessage().getBody(Outcome.class);
            assertThat(said.isCompleted()).isTrue();
            assertThat(said.reference()).isEqualTo(ids.reference());
            assertThat(said.verdict()).isEqualTo(Verdict.APPLIED);
            assertThat(first.getMessage().getHeader(DarajaConstants.OPERATION)).isEqualTo("stkQuery");
            assertThat(first.getMessage().getHeader(DarajaConstants.METADATA)).isEqualTo(Map.of("order", "7"));
            assertThat(second.getMessage().getHeader(DarajaConstants.VERDICT)).isEqualTo("duplicate");
            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.COMPLETED);
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).reference()).isEqualTo(ids.reference());
            shop.look();
            assertThat(shop.outcomes()).hasSize(1);
        }
    }

    @Test
    void aFailureThatARouteHearsWaitsForTheCallbackEvenWhereAskingIsOff() {
        try (Shop shop = shop()) {
            Acknowledgement ids = push(shop, Script.result(1032).lostCallback());
            await().until(() -> safaricom.callbacks().isEmpty() && shop.payment(ids.reference()).acknowledgement() != null);
            await().until(() -> shop.send("direct:ask", ids).getMessage().getBody(Outcome.class).status() == PaymentStatus.CANCELLED);

            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.PENDING);
            shop.look();
            assertThat(shop.outcomes()).isEmpty();
            safaricom.clock().advance(Duration.ofSeconds(31));

            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).status()).isEqualTo(PaymentStatus.CANCELLED);
        }
    }

    @Test
    void notYetAndNoAnswerAreNoExceptions() {
        try (Shop shop = shop()) {
            Acknowledgement ids = push(shop, Script.pays().lostCallback());
            for (QueryFault fault : List.of(QueryFault.BEING_PROCESSED_500, QueryFault.EMPTY_MESSAGE_200,
                    QueryFault.SPURIOUS_DOES_NOT_EXIST, QueryFault.PENDING_4999)) {
                safaricom.faults().nextQuery(fault);
                Exchange done = shop.send("direct:ask", ids);
                assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).as(fault.name()).isEqualTo("PENDING");
                assertThat(done.getMessage().getHeader(DarajaConstants.REFERENCE)).isEqualTo(ids.reference());
            }
            safaricom.faults().nextQuery(QueryFault.RESET);
            Exchange unanswered = shop.send("direct:ask", ids);
            assertThat(unanswered.getException()).isNull();
            assertThat(unanswered.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("UNKNOWN");
            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.PENDING);
        }
    }

    @Test
    void aPushThatIsNotStoredIsAnsweredAllTheSame() {
        String id;
        try (Shop elsewhere = shop()) {
            id = push(elsewhere, Script.pays().lostCallback()).checkoutRequestId();
            await().until(() -> safaricom.books().payments().size() == 1);
        }
        try (Shop shop = shop()) {
            Exchange done = shop.send("direct:ask", Map.of("CheckoutRequestID", id));
            assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
            assertThat(done.getMessage().getHeader(DarajaConstants.REFERENCE)).isNull();
            assertThat(shop.outcomes()).isEmpty();
        }
    }
}
