package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.TokenFault;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One token for all, and a new one only when it is needed. */
class TokenTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    private static StkPush.Request hundred(int phone) {
        return new StkPush.Request(Integer.toString(254_713_000 + phone / 1000) + String.format("%03d", phone % 1000), 100, "INV-1");
    }

    @Test
    void aThousandFirstPushesAskForOneToken() {
        DarajaAccount other = new DarajaAccount();
        other.setShortCode(safaricom.credentials().shortCode());
        other.setPasskey(safaricom.credentials().passkey());
        try (Shop shop = Shop.at(safaricom).with(component -> component.getAccounts().put("other", other))
                .route("pay", "daraja:stkPush").route("other", "daraja:stkPush?account=other").collecting().open()) {
            List<CompletableFuture<Exchange>> all = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                all.add(shop.sendAsync(i % 2 == 0 ? "direct:pay" : "direct:other", hundred(i)));
            }
            for (CompletableFuture<Exchange> one : all) {
                assertThat(one.join().getException()).isNull();
                assertThat(one.join().getMessage().getHeader(DarajaConstants.CHECKOUT_REQUEST_ID)).isNotNull();
            }
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(1);
            assertThat(safaricom.counters().pushes()).isEqualTo(1000);
            assertThat(safaricom.counters().acceptedPushes()).isEqualTo(1000);
            await().until(() -> safaricom.books().payments().size() == 1000);
            await().until(() -> shop.outcomes().size() == 500);
            safaricom.books().verify();
        }
    }

    @Test
    void aRefusedTokenIsRenewedOnceAndThePushAcceptedOnce() {
        try (Shop shop = Shop.at(safaricom).route("wait", "daraja:stkPush?awaitOutcome=true").open()) {
            shop.send("direct:wait", hundred(1001));
            safaricom.faults().nextPush(Script.pays().revokedToken());
            Exchange done = shop.send("direct:wait", hundred(1002));
            assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(2);
            assertThat(safaricom.counters().pushes()).isEqualTo(3);
            assertThat(safaricom.counters().acceptedPushes()).isEqualTo(2);

            // fifty at once meet a dead token: one new one
            safaricom.revokeTokens();
            List<CompletableFuture<Exchange>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(shop.sendAsync("direct:wait", hundred(1100 + i)));
            }
            all.forEach(one -> assertThat(one.join().getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED"));
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(3);
            assertThat(safaricom.counters().acceptedPushes()).isEqualTo(52);
        }
    }

    @Test
    void aTokenIsRenewedBeforeItDies() {
        try (Shop shop = Shop.at(safaricom).route("wait", "daraja:stkPush?awaitOutcome=true").open()) {
            shop.send("direct:wait", hundred(1201));
            safaricom.clock().advance(Duration.ofMinutes(58));
            shop.send("direct:wait", hundred(1202));
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(1);
            safaricom.clock().advance(Duration.ofMinutes(1));
            shop.send("direct:wait", hundred(1203));
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(2);
            assertThat(safaricom.counters().pushes()).as("none was refused").isEqualTo(3);
        }
    }

    @Test
    void whoeverWaitsForATokenHearsWhyThereIsNone() {
        safaricom.faults().nextToken(TokenFault.INVALID_CREDENTIALS);
        try (Shop shop = Shop.at(safaricom).route("wait", "daraja:stkPush?awaitOutcome=true").open()) {
            Exchange refused = shop.send("direct:wait", hundred(1301));
            assertThat(refused.getException()).isInstanceOf(io.github.cameldaraja.api.DarajaAuthenticationException.class);
            assertThat(safaricom.counters().pushes()).isZero();
            assertThat(shop.send("direct:wait", hundred(1302)).getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
        }
    }
}
