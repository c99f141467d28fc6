package io.github.cameldaraja.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.RecordedRequest;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The payments that every runtime must make alike. Who extends it starts an application with {@link #settings}, a
 * {@link SuiteRoutes}, and a listener that is reached at the callback base URL, once for all tests.
 */
public abstract class PaymentSuite {

    /** The Safaricom of the class that is being tested. */
    protected static DarajaSimulator safaricom;

    private String key;
    private String phone;
    private ProducerTemplate template;

    /** The context that runs the routes. */
    protected abstract CamelContext camelContext();

    /** The routes that it runs. */
    protected abstract SuiteRoutes routes();

    /** Starts it; earlier where a runtime starts the application before the methods of the test. */
    @BeforeAll
    protected static void startSafaricom() {
        if (safaricom == null) {
            safaricom = DarajaSimulator.start(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));
        }
    }

    @AfterAll
    static void stopSafaricom() {
        safaricom.close();
        safaricom = null;
    }

    /** What {@code application.properties} would say. */
    protected static Map<String, String> settings(String callbackBaseUrl) {
        Map<String, String> settings = new LinkedHashMap<>();
        String prefix = "camel.component.daraja.";
        settings.put(prefix + "base-url", safaricom.baseUrl());
        settings.put(prefix + "consumer-key", safaricom.credentials().consumerKey());
        settings.put(prefix + "consumer-secret", safaricom.credentials().consumerSecret());
        settings.put(prefix + "accounts[shop].short-code", safaricom.credentials().shortCode());
        settings.put(prefix + "accounts[shop].passkey", safaricom.credentials().passkey());
        settings.put(prefix + "accounts[shop].initiator-name", safaricom.credentials().initiatorName());
        settings.put(prefix + "accounts[shop].initiator-password", safaricom.credentials().initiatorPassword());
        settings.put(prefix + "accounts[shop].registered-url-tokens", "9f2c41d07be8536a19c0e4f7d28b6a35");
        settings.put(prefix + "accounts[shop].query-spacing", "0s");
        settings.put(prefix + "certificate", "classpath:io/github/cameldaraja/simulator/certificate.pem");
        settings.put(prefix + "callback-base-url", callbackBaseUrl);
        settings.put(prefix + "callback-host", "127.0.0.1");
        settings.put(prefix + "ask-after", "300ms");
        settings.put(prefix + "ask-interval", "300ms");
        settings.put(prefix + "prompt-guard", "false");
        settings.put(prefix + "payout-spacing", "0s");
        settings.put(prefix + "spool-directory", "target/spool/" + UUID.randomUUID());
        return settings;
    }

    @BeforeEach
    void newKey() {
        key = UUID.randomUUID().toString();
        // a phone has one prompt at a time
        phone = "2547" + ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000);
        template = camelContext().createProducerTemplate();
    }

    @AfterEach
    void noMoneyIsMadeOrLost() {
        template.stop();
        safaricom.books().verify();
    }

    @Test
    void anAcknowledgementIsNoPaymentAndACallbackIs() {
        Acknowledgement pushed = push(Script.pays().duplicateCallback());

        Outcome paid = told(pushed.reference());
        assertThat(paid.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(paid.source()).isEqualTo(Source.CALLBACK);
        assertThat(paid.idempotencyKey()).isEqualTo(key);
        assertThat(safaricom.books().payments()).filteredOn(entry -> entry.receipt().equals(paid.receiptNumber()))
                .extracting(LedgerEntry::amount).usingElementComparator(BigDecimal::compareTo).containsExactly(paid.amount());
        await().until(() -> safaricom.callbacks().stream().filter(one -> one.url().contains(pushed.reference())).count() == 2);
        assertThat(all(pushed.reference())).hasSize(1);
    }

    @Test
    void whoWaitsGoesOnWithTheOutcome() {
        safaricom.faults().nextPush(Script.result(1032));
        Exchange cancelled = send("direct:checkout");

        assertThat(cancelled.getException()).isNull();
        assertThat(cancelled.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, "CANCELLED")
                .containsEntry(DarajaConstants.RESULT_CODE, "1032").doesNotContainKey(DarajaConstants.RECEIPT_NUMBER);
    }

    @Test
    void aLostCallbackIsAskedFor() {
        Acknowledgement pushed = push(Script.pays().lostCallback());

        Outcome paid = told(pushed.reference());
        assertThat(paid.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(paid.source()).isEqualTo(Source.QUERY);
        assertThat(paid.receiptNumber()).isNull();
    }

    @Test
    void aSecondCallWithTheSameKeySendsNothing() {
        Acknowledgement pushed = push(Script.pays());
        told(pushed.reference());
        Exchange again = send("direct:push");

        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getHeaders()).containsEntry(DarajaConstants.REPLAYED, true)
                .containsEntry(DarajaConstants.REFERENCE, pushed.reference());
        assertThat(safaricom.requests().stream().filter(one -> one.path().contains("/stkpush/"))
                .map(RecordedRequest::body).filter(body -> body.contains(phone))).hasSize(1);
    }

    @Test
    void aPayoutIsMadeOnce() {
        safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", new BigDecimal(1_000));
        int before = safaricom.books().transfers().size();
        Acknowledgement asked = acknowledged(send("direct:payout"));
        send("direct:payout");

        Outcome paid = told(asked.reference());
        assertThat(paid.status()).isEqualTo(PaymentStatus.COMPLETED);
        List<Transfer> made = safaricom.books().transfers();
        assertThat(made).hasSize(before + 1);
        assertThat(made.get(before).receipt()).isEqualTo(paid.receiptNumber());
    }

    @Test
    void aCustomerWhoPaysByHimselfCountsOnce() {
        assertThat(send("direct:register").getException()).isNull();
        safaricom.c2b().nextConfirmation(ConfirmationScript.usual().times(3));
        int before = safaricom.callbacks().size();
        String receipt = safaricom.c2b().pay(phone, safaricom.credentials().shortCode(), "ACC 7", 100).join().receipt();

        await().until(() -> safaricom.callbacks().size() >= before + 3);
        await().until(() -> !confirmed(receipt).isEmpty());
        assertThat(confirmed(receipt)).singleElement().matches(paid -> paid.amount().intValueExact() == 100
                && paid.accountReference().equals("ACC 7"));
    }

    @Test
    void nobodyElsesWordCounts() {
        Acknowledgement pushed = push(Script.neverAnswers());
        String url = safaricom.requests().stream()
                .filter(one -> one.path().contains("/stkpush/") && one.body().contains(pushed.reference())).findFirst().orElseThrow().body()
                .replaceAll("(?s).*\"CallBackURL\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        String paid = """
                {"Body":{"stkCallback":{"MerchantRequestID":"%s","CheckoutRequestID":"%s","ResultCode":0,"ResultDesc":"ok",
                "CallbackMetadata":{"Item":[{"Name":"Amount","Value":100},{"Name":"MpesaReceiptNumber","Value":"UKL7ABCDE2"},
                {"Name":"TransactionDate","Value":20261104120102},{"Name":"PhoneNumber","Value":%s}]}}}}"""
                .formatted(pushed.merchantRequestId(), pushed.checkoutRequestId(), phone);
        String forged = url.substring(0, url.length() - 1) + (url.endsWith("0") ? "1" : "0");

        assertThat(safaricom.post(forged, paid).join()).isEqualTo(404);
        assertThat(all(pushed.reference())).isEmpty();
        // the same message at the URL that only Safaricom knows is believed: it was the URL, not the message
        assertThat(safaricom.post(url, paid).join()).isEqualTo(200);
        assertThat(told(pushed.reference()).receiptNumber()).isEqualTo("UKL7ABCDE2");
    }

    private Acknowledgement push(Script script) {
        safaricom.faults().nextPush(script);
        return acknowledged(send("direct:push"));
    }

    private static Acknowledgement acknowledged(Exchange sent) {
        assertThat(sent.getException()).isNull();
        Acknowledgement acknowledgement = sent.getMessage().getBody(Acknowledgement.class);
        assertThat(acknowledgement).isNotNull();
        assertThat(sent.getMessage().getHeaders()).doesNotContainKey(DarajaConstants.RECEIPT_NUMBER);
        return acknowledgement;
    }

    private Exchange send(String route) {
        return template.send(route, exchange -> {
            exchange.getMessage().setBody(Map.of("phoneNumber", phone, "amount", 100));
            exchange.getMessage().setHeader("key", key);
        });
    }

    private Outcome told(String reference) {
        await().until(() -> !all(reference).isEmpty());
        assertThat(all(reference)).hasSize(1);
        return all(reference).get(0);
    }

    private List<Outcome> all(String reference) {
        return routes().told().stream().filter(outcome -> outcome.reference().equals(reference)).toList();
    }

    private List<Outcome> confirmed(String receipt) {
        return routes().told().stream().filter(outcome -> receipt.equals(outcome.receiptNumber())).toList();
    }
}
