package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.TokenFault;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import io.github.cameldaraja.transaction.FailingRepository;
import io.github.cameldaraja.transaction.FailingRepository.Step;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every exchange goes on exactly once, whatever happens to its payment. */
class ContinuationTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private final List<Sent> all = new ArrayList<>();
    private int phones = 254712901;

    private record Sent(String name, Exchange exchange, AtomicInteger continued) {
    }

    private Sent send(Shop shop, String name, String uri, Object body) throws Exception {
        AsyncProducer producer = shop.context().getEndpoint(uri).createAsyncProducer();
        producer.start();
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader("order", "7");
        Sent sent = new Sent(name, exchange, new AtomicInteger());
        all.add(sent);
        producer.process(exchange, doneSync -> sent.continued.incrementAndGet());
        return sent;
    }

    private Sent run(Shop shop, String name, String uri, Script script) throws Exception {
        safaricom.faults().nextPush(script);
        Sent sent = send(shop, name, uri, new StkPush.Request(phones++ + "000", 100, "INV-1"));
        await(name).until(() -> sent.continued.get() > 0);
        return sent;
    }

    @Test
    void onEveryPath() throws Exception {
        String pay = "daraja:stkPush";
        String wait = "daraja:stkPush?awaitOutcome=true&outcomeTimeout=60s";
        // the exchanges here have no route that ends: no callback should be kept waiting for it
        try (Shop shop = Shop.at(safaricom).with(component -> {
            component.setStoreTimeout(Duration.ofMillis(50));
            component.setResponseTimeout(Duration.ofMillis(300));
        }).collecting().open()) {
            for (String uri : List.of(pay, wait)) {
                run(shop, "paid", uri, Script.pays());
                run(shop, "cancelled", uri, Script.result(1032));
                run(shop, "early", uri, Script.pays().callbackBeforeAnswer());
                run(shop, "early and reset", uri, Script.pays().callbackBeforeAnswer().resetAfterAccepting());
                run(shop, "early and slow", uri, Script.pays().callbackBeforeAnswer().slowAnswer(Duration.ofMillis(600)));
                run(shop, "many", uri, Script.pays().callbackTimes(3));
                run(shop, "contradicting", uri, Script.pays().contradictingFirst("1032"));
                run(shop, "reset after", uri, Script.pays().resetAfterAccepting());
                run(shop, "empty", uri, Script.pays().emptyBody());
                run(shop, "busy", uri, Script.pays().systemBusy());
                run(shop, "revoked", uri, Script.pays().revokedToken());
                run(shop, "empty 401", uri, Script.pays().empty401());
                run(shop, "firewall", uri, Script.pays().html503());
                send(shop, "refused", uri, "no request");
                send(shop, "key", uri + (uri.contains("?") ? "&" : "?") + "idempotencyKey=${header.missing}", null);
            }
            Sent late = send(shop, "late", wait, new StkPush.Request("254712999001", 100, "INV-1"));
            safaricom.faults().forPhone("254712999002", Script.pays().resetBeforeAccepting());
            Sent never = send(shop, "never", wait, new StkPush.Request("254712999002", 100, "INV-1"));
            await().until(() -> late.continued.get() > 0);
            await().until(() -> shop.repository().all().stream()
                    .anyMatch(one -> one.phoneNumber().equals("254712999002") && one.status() == PaymentStatus.UNKNOWN));
            safaricom.clock().advance(Duration.ofSeconds(61));
            await().until(() -> never.continued.get() > 0);
            safaricom.clock().advance(Duration.ofHours(1));
            shop.look();

            safaricom.revokeTokens();
            safaricom.faults().nextToken(TokenFault.INVALID_CREDENTIALS);
            for (String uri : List.of(pay, wait)) {
                run(shop, "token", uri, Script.pays());
            }
            String checkout = late.exchange.getMessage().getBody(Outcome.class).checkoutRequestId();
            send(shop, "query", "daraja:stkQuery?checkoutRequestId=" + checkout, null);
            send(shop, "wrong query", "daraja:stkQuery", null);
            send(shop, "stop", wait, new StkPush.Request("254712999003", 100, "INV-1"));
        }
        assertThat(all).hasSize(37);
        for (Sent sent : all) {
            assertThat(sent.continued).as(sent.name).hasValue(1);
        }
    }

    @Test
    void whenTheStoreFails() throws Exception {
        FailingRepository store = new FailingRepository(new MemoryTransactionRepository(safaricom.clock(), 100));
        try (Shop shop = Shop.at(safaricom).with(component -> {
            component.setRepository(store);
            component.setStoreTimeout(Duration.ofMillis(50));
            component.setResponseTimeout(Duration.ofMillis(300));
        }).open()) {
            for (String uri : List.of("daraja:stkPush", "daraja:stkPush?awaitOutcome=true&outcomeTimeout=60s")) {
                store.breakDown(Step.OPEN);
                int before = safaricom.counters().pushes();
                Sent unsent = send(shop, "not opened", uri, new StkPush.Request(phones++ + "000", 100, "INV-1"));
                await().until(() -> unsent.continued.get() > 0);
                assertThat(unsent.exchange.getException()).isInstanceOf(DarajaNotSentException.class);
                assertThat(safaricom.counters().pushes()).as("no intent, no push").isEqualTo(before);

                store.repair();
                store.breakDown(Step.UPDATE, Step.ABANDON);
                safaricom.faults().nextPush(Script.pays().systemBusy());
                Sent busy = send(shop, "not abandoned", uri, new StkPush.Request(phones++ + "000", 100, "INV-1"));
                await().until(() -> busy.continued.get() > 0);
                assertThat(busy.exchange.getException()).isInstanceOf(DarajaThrottledException.class);

                Sent acknowledged = run(shop, "ids not stored", uri, Script.pays());
                assertThat(acknowledged.exchange.getException()).isNull();
                assertThat(acknowledged.exchange.getMessage().getHeader(DarajaConstants.CHECKOUT_REQUEST_ID)).isNotNull();
                store.repair();
            }
        }
        for (Sent sent : all) {
            assertThat(sent.continued).as(sent.name).hasValue(1);
        }
    }
}
