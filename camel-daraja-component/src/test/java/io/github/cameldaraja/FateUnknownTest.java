package io.github.cameldaraja;

import static io.github.cameldaraja.Shop.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A push without an acknowledgement can only be heard of, never asked about; in the end a person decides. */
class FateUnknownTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension();

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    private PaymentStatus status(Shop shop) {
        return shop.repository().all().get(0).status();
    }

    @Test
    void nothingToAskEndsOnAPersonsDesk() {
        safaricom.faults().nextPush(Script.pays().lostCallback().resetAfterAccepting());
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").open()) {
            assertThat(shop.send("direct:pay", new StkPush.Request(CUSTOMER, 100, "INV-1")).getException())
                    .isInstanceOf(DarajaOutcomeUnknownException.class);
            assertThat(status(shop)).isEqualTo(PaymentStatus.UNKNOWN);

            safaricom.clock().advance(Duration.ofHours(48));
            // still patient: another payment is asked about meanwhile, this one is not touched
            safaricom.faults().nextPush(Script.pays().lostCallback());
            shop.send("direct:pay", new StkPush.Request("254722000917", 5, "INV-2"));
            safaricom.clock().advance(Duration.ofSeconds(25));
            await().until(() -> safaricom.counters().queries() > 0);
            assertThat(shop.repository().all()).anyMatch(payment -> payment.status() == PaymentStatus.UNKNOWN);

            safaricom.clock().advance(Duration.ofMinutes(3));
            await().until(() -> shop.repository().all().stream().anyMatch(payment -> payment.status() == PaymentStatus.UNRESOLVED));
            assertThat(safaricom.counters().pushes()).isEqualTo(2);
        }
    }

    @Test
    void whatWeCalledItIsThereToAskWith() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback().resetAfterAccepting());
        try (Shop shop = Shop.at(safaricom).with(this::operator).route("pay", "daraja:b2c?idempotencyKey=SALARY-1").open()) {
            Exchange exchange = shop.send("direct:pay", new B2c.Request(CUSTOMER, 100));

            assertThat(exchange.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
            assertThat(exchange.getMessage().getHeader(DarajaConstants.ORIGINATOR_CONVERSATION_ID)).isNotNull()
                    .isEqualTo(safaricom.results().requests().get(0).originatorConversationId());
        }
    }

    private void operator(DarajaComponent daraja) {
        daraja.getConfiguration().setInitiatorName(safaricom.credentials().initiatorName());
        daraja.getConfiguration().setInitiatorPassword(safaricom.credentials().initiatorPassword());
        daraja.getConfiguration().setCertificate("classpath:io/github/cameldaraja/simulator/certificate.pem");
    }
}
