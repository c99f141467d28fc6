package io.github.cameldaraja.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.CallbackTexts;
import io.github.cameldaraja.Shop;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.StkQuery;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may speak at the callback port, and what becomes of what is said there; with every server that is recommended. */
class CallbackListenerTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private static final String ACCEPTED = "{\"ResultCode\":0,\"ResultDesc\":\"Accepted\"}";

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    private Shop shop(String server) {
        return Shop.at(safaricom).with(component -> component.setCallbackComponentName(server)).route("pay", "daraja:stkPush")
                .collecting();
    }

    private Acknowledgement push(Shop shop, String phone, Script script) {
        return push(shop, "direct:pay", phone, script);
    }

    private Acknowledgement push(Shop shop, String route, String phone, Script script) {
        safaricom.faults().forPhoneOnce(phone, script);
        Acknowledgement ids =
                shop.send(route, new StkPush.Request(phone, 100, "INV-1")).getMessage().getBody(Acknowledgement.class);
        assertThat(ids).isNotNull();
        return ids;
    }

    private int post(String url, String body) {
        return safaricom.post(url, body).join();
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void withoutOurCapabilityNothingChanges(String server) throws Exception {
        DarajaAccount other = new DarajaAccount();
        other.setShortCode(safaricom.credentials().shortCode());
        other.setPasskey(safaricom.credentials().passkey());
        try (Shop shop = shop(server).with(component -> component.getAccounts().put("other", other))
                .route("other", "daraja:stkPush?account=other").open()) {
            push(shop, "direct:other", "254712000001", Script.pays().lostCallback());
            String otherUrl = shop.lastCallbackUrl();
            Acknowledgement ids = push(shop, "254712000002", Script.pays().lostCallback());
            String url = shop.lastCallbackUrl();
            String receipt = "TKA4AAAAA1";
            String paid = CallbackTexts.paid(ids, 100, receipt);

            String[] parts = url.split("/");
            String mac = parts[parts.length - 1];
            String reference = parts[parts.length - 2];
            String otherMac = otherUrl.substring(otherUrl.lastIndexOf('/') + 1);
            String flipped = (mac.charAt(0) == 'a' ? 'b' : 'a') + mac.substring(1);
            List<String> forged = new ArrayList<>(List.of(
                    url.substring(0, url.lastIndexOf('/')), url.substring(0, url.lastIndexOf('/') + 1),
                    url.substring(0, url.length() - 1), url + "0", url + "/0", url.replace(mac, flipped),
                    url.replace(mac, otherMac), url.replace(mac, mac.toUpperCase(Locale.ROOT)), url.replace(mac, "0".repeat(32)),
                    url.replace(mac, "z".repeat(32)),
                    url.replace("/1/" + reference, "/2/" + reference), url.replace("/1/" + reference, "/11/" + reference),
                    url.replace(reference, reference.toUpperCase(Locale.ROOT)),
                    url.replace(reference, "0".repeat(32)), url.replace(reference, otherUrl.split("/")[otherUrl.split("/").length - 2]),
                    otherUrl.substring(0, otherUrl.indexOf("/1/")) + url.substring(url.indexOf("/1/")),
                    url.replace("/d/", "/"), url.substring(0, url.indexOf("/d/")) + "/"));
            forged.remove(url);
            for (String one : forged) {
                assertThat(post(one, paid)).as(one).isEqualTo(404);
            }
            for (String method : List.of("GET", "PUT", "DELETE", "HEAD")) {
                HttpResponse<String> answer = http().send(HttpRequest.newBuilder(URI.create(url))
                        .method(method, HttpRequest.BodyPublishers.ofString(paid)).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(method).isBetween(400, 499);
            }
            // a header cannot stand in for the path
            HttpResponse<String> spoofed = http().send(HttpRequest.newBuilder(URI.create(url.replace(mac, flipped)))
                    .header("darajaMac", mac).POST(HttpRequest.BodyPublishers.ofString(paid)).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(spoofed.statusCode()).isEqualTo(404);
            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.PENDING);
            assertThat(shop.payment(ids.reference()).outcome()).isNull();
            assertThat(shop.repository().kept()).isEmpty();
            assertThat(shop.outcomes()).isEmpty();

            assertThat(post(url, paid)).isEqualTo(200);
            assertThat(shop.outcomes()).extracting(Outcome::reference, Outcome::receiptNumber)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(ids.reference(), receipt));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void whatCannotBeReadIsKeptAndThePaymentAskedAbout(String server) {
        List<String> unreadable = List.of("", " ", "not JSON", "{", "[]", "[{\"Body\":{}}]", "null", "42", "\"text\"", "{}",
                "{\"Body\":null}", "{\"Body\":{}}", "{\"Body\":[]}", "{\"Body\":{\"stkCallback\":{}}}",
                "{\"Body\":{\"stkCallback\":{\"ResultCode\":null}}}", "{\"Body\":{\"stkCallback\":{\"ResultCode\":{\"a\":0}}}}",
                "{\"Result\":{\"ResultCode\":0}}", "{\"a\":".repeat(5_000) + "0" + "}".repeat(5_000),
                "{\"Body\":{\"stkCallback\":{\"ResultCode\":0}}} {}", "<xml/>", "\u0000\u0001");
        try (Shop shop = shop(server).open()) {
            List<String> references = new ArrayList<>();
            List<String> urls = new ArrayList<>();
            for (int i = 0; i < unreadable.size(); i++) {
                references.add(push(shop, "2547120001" + (10 + i), Script.pays().lostCallback()).reference());
                urls.add(shop.lastCallbackUrl());
            }
            await().until(() -> safaricom.books().payments().size() == unreadable.size());
            for (int i = 0; i < unreadable.size(); i++) {
                assertThat(post(urls.get(i), unreadable.get(i))).as(unreadable.get(i)).isEqualTo(200);
                RawCallbacks.assertLast(shop, references.get(i), Verdict.UNMATCHED, unreadable.get(i));
            }
            for (String reference : references) {
                await().until(() -> shop.payment(reference).status() == PaymentStatus.COMPLETED);
                assertThat(shop.payment(reference).outcome().source()).isEqualTo(Source.QUERY);
            }
            assertThat(safaricom.counters().queries()).isEqualTo(unreadable.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void whatIsTooLargeIsTurnedAwayAndHarmsNobody(String server) {
        try (Shop shop = shop(server).open()) {
            Acknowledgement ids = push(shop, "254712000201", Script.pays().lostCallback());
            String url = shop.lastCallbackUrl();
            String paid = CallbackTexts.paid(ids, 100, "TKA4AAAAA2");
            String large = paid.substring(0, paid.length() - 1) + ",\"x\":\"" + "x".repeat(70 * 1024) + "\"}";

            assertThat(post(url, large)).isEqualTo(413);
            assertThat(post(url, "x".repeat(3 * 1024 * 1024))).isNotEqualTo(200);
            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.PENDING);
            assertThat(shop.repository().kept()).isEmpty();

            assertThat(post(url, paid)).isEqualTo(200);
            assertThat(shop.outcomes()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void theAnswerIsWhatSafaricomExpectsAndEchoesNothing(String server) throws Exception {
        try (Shop shop = shop(server).open()) {
            Acknowledgement ids = push(shop, "254712000211", Script.pays().lostCallback());
            HttpRequest request = HttpRequest.newBuilder(URI.create(shop.lastCallbackUrl()))
                    .header("Content-Type", "application/json;charset=UTF-8").header("Businessshortcode", "574100")
                    .header("X-Echo", "do-not-echo").header("Authorization", "Basic do-not-echo").header("CamelHttpResponseCode", "418")
                    .POST(HttpRequest.BodyPublishers.ofString(CallbackTexts.paid(ids, 100, "TKA4AAAAA3"))).build();

            HttpResponse<String> answer = http().send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(ACCEPTED);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(answer.headers().map().toString().toLowerCase(Locale.ROOT)).doesNotContain("do-not-echo", "camel", "daraja",
                    "businessshortcode", ids.reference());

            HttpResponse<String> refused = http().send(HttpRequest.newBuilder(URI.create(shop.lastCallbackUrl() + "0"))
                    .header("X-Echo", "do-not-echo").POST(HttpRequest.BodyPublishers.ofString("do-not-echo")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(refused.body()).doesNotContain("do-not-echo", "daraja", "Exception");
            assertThat(refused.headers().map().toString()).doesNotContain("do-not-echo");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void anUnlistedSenderIsNotBelievedButAskedAbout(String server) throws Exception {
        try (Shop shop = shop(server).with(component -> component.setCallbackSources("196.201.214.200, 196.201.212.0/24")).open()) {
            Acknowledgement ids = push(shop, "254712000221", Script.result(1032).lostCallback());
            await().until(() -> safaricom.counters().prompts("254712000221") == 1);
            // neither the sender's own word for where he is counts ...
            for (String header : List.of("X-Forwarded-For", "CamelNettyRemoteAddress", "CamelHttpRemoteAddress",
                    "CamelVertxPlatformHttpRemoteAddress")) {
                assertThat(post(shop.lastCallbackUrl(), CallbackTexts.paid(ids, 100, "TKA4AAAAA4"), header, "196.201.214.200"))
                        .as(header).isEqualTo(200);
                assertThat(shop.payment(ids.reference()).status()).as(header).isEqualTo(PaymentStatus.PENDING);
            }
            assertThat(shop.repository().kept()).hasSize(4).allMatch(kept -> kept.verdict() == Verdict.OFF_RANGE)
                    .allMatch(kept -> "127.0.0.1".equals(kept.sender()));
            // ... and Safaricom says something else
            await().until(() -> shop.payment(ids.reference()).held() != null);
            safaricom.clock().advance(Duration.ofSeconds(31));
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).status()).isEqualTo(PaymentStatus.CANCELLED);
            assertThat(shop.outcomes().get(0).source()).isEqualTo(Source.QUERY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void aTrustedProxyTellsWhereTheCallbackCameFrom(String server) throws Exception {
        try (Shop shop = shop(server).with(component -> {
            component.setCallbackSources("196.201.214.200");
            component.setTrustedProxies("127.0.0.0/8, 10.0.0.0/8");
            component.setAskWhenLate(false);
        }).open()) {
            String[] believed = { "196.201.214.200", "6.6.6.6, 196.201.214.200", "196.201.214.200, 10.1.2.3" };
            String[] not = { "6.6.6.6", "196.201.214.200, 6.6.6.6", "", "unknown", "196.201.214.200, rubbish", "127.0.0.1" };
            for (int i = 0; i < not.length; i++) {
                Acknowledgement ids = push(shop, "25471200024" + i, Script.pays().lostCallback());
                assertThat(post(shop.lastCallbackUrl(), CallbackTexts.paid(ids, 100, "TKB4AAAAA" + i), "X-Forwarded-For", not[i]))
                        .isEqualTo(200);
                assertThat(shop.payment(ids.reference()).status()).as(not[i]).isEqualTo(PaymentStatus.PENDING);
            }
            for (int i = 0; i < believed.length; i++) {
                Acknowledgement ids = push(shop, "25471200023" + i, Script.pays().lostCallback());
                assertThat(post(shop.lastCallbackUrl(), CallbackTexts.paid(ids, 100, "TKA5AAAAA" + i), "x-forwarded-for", believed[i]))
                        .isEqualTo(200);
                assertThat(shop.payment(ids.reference()).status()).as(believed[i]).isEqualTo(PaymentStatus.COMPLETED);
            }
            assertThat(shop.outcomes()).hasSize(believed.length);
        }
    }

    private int post(String url, String body, String header, String value) throws Exception {
        return http().send(HttpRequest.newBuilder(URI.create(url)).header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void aPaymentThatNobodyKnowsIsKeptForAPerson() {
        String url;
        int port = -1;
        Acknowledgement ids;
        try (Shop before = shop("netty-http").open()) {
            port = before.component().getCallbackPort();
            ids = push(before, "254712000251", Script.pays().lostCallback());
            url = before.lastCallbackUrl();
        }
        int same = port;
        try (Shop after = shop("netty-http").with(component -> {
            component.setCallbackPort(same);
            component.getConfiguration().setCallbackBaseUrl("http://127.0.0.1:" + same);
        }).open()) {
            String paid = CallbackTexts.paid(ids, 100, "TKA4AAAAA5");
            assertThat(post(url, paid)).isEqualTo(200);
            RawCallbacks.assertLast(after, ids.reference(), Verdict.ORPHAN, paid);
            assertThat(after.repository().all()).isEmpty();

            Acknowledgement next = push(after, "254712000252", Script.pays());
            await().until(() -> after.outcomes().size() == 1);
            assertThat(after.outcomes().get(0).reference()).as("the orphan is not delivered").isEqualTo(next.reference());
        }
    }

    @Test
    void theManyLooksOfOneCallbackAreOnePayment() {
        List<Script> looks = List.of(Script.pays(), Script.pays().stringResultCode(), Script.pays().amountAs("1"),
                Script.pays().amountAs("1.0"), Script.pays().amountAs("\"1.00\""), Script.pays().balanceWithoutValue(),
                Script.pays().withoutBalanceItem(), Script.pays().maskedPhone(), Script.pays().prefixedText());
        try (Shop shop = shop("netty-http").open()) {
            for (int i = 0; i < looks.size(); i++) {
                String phone = "25471200026" + i;
                Acknowledgement ids = push(shop, phone, looks.get(i));
                int number = i + 1;
                await().until(() -> shop.outcomes().size() == number);
                Outcome outcome = shop.outcomes().get(i);
                assertThat(outcome.reference()).isEqualTo(ids.reference());
                assertThat(outcome.status()).isEqualTo(PaymentStatus.COMPLETED);
                assertThat(outcome.resultCode()).isEqualTo("0");
                assertThat(outcome.amount()).isEqualByComparingTo("100");
                assertThat(outcome.phoneNumber()).isEqualTo(phone);
                assertThat(outcome.receiptNumber()).isEqualTo(safaricom.books().payments().get(i).receipt());
            }
            push(shop, "254712000269", Script.result(1032).prefixedText());
            await().until(() -> shop.outcomes().size() == looks.size() + 1);
            Outcome cancelled = shop.outcomes().get(looks.size());
            assertThat(cancelled.status()).isEqualTo(PaymentStatus.CANCELLED);
            assertThat(cancelled.resultDescription()).startsWith("[STK_CB - ]");
        }
    }

    @Test
    void orderAndExtrasOfTheItemsDoNotMatter() {
        List<String> items = List.of(
                "{\"Value\":254712000270,\"Name\":\"PhoneNumber\"},{\"Name\":\"MpesaReceiptNumber\",\"Value\":\"%s\"},"
                        + "{\"Value\":\"100\",\"Name\":\"Amount\"}",
                "{\"Name\":\"Amount\",\"Value\":100.00},{\"Name\":\"MpesaReceiptNumber\",\"Value\":\"%s\"},"
                        + "{\"Name\":\"Tip\",\"Value\":{\"a\":1}},{\"Name\":\"New\"},{\"Other\":1},7,null,"
                        + "{\"Name\":\"TransactionDate\",\"Value\":\"soon\"},{\"Name\":\"PhoneNumber\",\"Value\":\"254***\"}",
                "{\"Name\":\"MpesaReceiptNumber\",\"Value\":\"%s\"}",
                "{\"Name\":\"amount\",\"Value\":1E+2},{\"Name\":\"mpesareceiptnumber\",\"Value\":\"%s\"}");
        try (Shop shop = shop("netty-http").open()) {
            for (int i = 0; i < items.size(); i++) {
                Acknowledgement ids = push(shop, "25471200027" + i, Script.pays().lostCallback());
                String receipt = "TKC4AAAAA" + i;
                assertThat(post(shop.lastCallbackUrl(), CallbackTexts.paid(ids.checkoutRequestId(), items.get(i).formatted(receipt))))
                        .isEqualTo(200);
                assertThat(shop.outcomes()).hasSize(i + 1);
                Outcome outcome = shop.outcomes().get(i);
                assertThat(outcome.isCompleted()).isTrue();
                assertThat(outcome.receiptNumber()).isEqualTo(receipt);
                assertThat(outcome.amount()).isEqualByComparingTo("100");
                assertThat(outcome.phoneNumber()).isEqualTo("25471200027" + i);
                assertThat(outcome.accountReference()).isEqualTo("INV-1");
            }
            // paid, and no metadata at all: there is no receipt, and so no more than a query would know
            Acknowledgement ids = push(shop, "254712000279", Script.pays().lostCallback());
            String bare = "{\"Body\":{\"stkCallback\":{\"CheckoutRequestID\":\"" + ids.checkoutRequestId() + "\",\"ResultCode\":\"0\"}}}";
            assertThat(post(shop.lastCallbackUrl(), bare)).isEqualTo(200);
            Outcome outcome = shop.outcomes().get(items.size());
            assertThat(outcome.isCompleted()).isTrue();
            assertThat(outcome.receiptNumber()).isNull();
        }
    }

    /** What a repository keeps. */
    private static final class RawCallbacks {

        static void assertLast(Shop shop, String reference, Verdict verdict, String body) {
            var kept = shop.repository().kept();
            assertThat(kept).isNotEmpty();
            var last = kept.get(kept.size() - 1);
            assertThat(last.reference()).isEqualTo(reference);
            assertThat(last.verdict()).isEqualTo(verdict);
            assertThat(last.account()).isEqualTo("default");
            assertThat(new String(last.body(), java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(body);
        }
    }

    // one per request: after a refusal the server may close a connection that the client would use again
    private static HttpClient http() {
        return HttpClient.newHttpClient();
    }

    @Test
    void credentialsThatAreEchoedAreNotKeptInWhateverForm() {
        try (Shop shop = shop("netty-http").open()) {
            push(shop, "254712000091", Script.pays().lostCallback());
            String url = shop.lastCallbackUrl();
            String longOne = "secret\\/".repeat(6_000);
            assertThat(post(url, "{\"Password\":\"" + longOne + "\",\"kept\":1}")).isEqualTo(200);
            assertThat(post(url, "{\"Item\":[{\"Key\":\"SecurityCredential\",\"Value\":\"secret\\/==\"},"
                    + "{\"Key\":\"kept\",\"Value\":\"1\"}]}")).isEqualTo(200);
            assertThat(post(url, "{\"Item\":[{\"Value\":\"secret\\/==\", \"Key\":\"SecurityCredential\"},"
                    + "{\"Key\":\"kept\",\"Value\":\"1\"}]}")).isEqualTo(200);

            assertThat(shop.repository().kept()).hasSize(3);
            assertThat(shop.repository().kept()).extracting(kept -> new String(kept.body()))
                    .allMatch(body -> body.contains("kept") && !body.contains("secret"));
        }
    }

    @Test
    void theIdOfAPushEndsWithAPhoneNumberAndIsInNoText() {
        try (Shop shop = shop("netty-http").open()) {
            Acknowledgement ids = push(shop, "254712000092", Script.pays().lostCallback());
            assertThat(ids.checkoutRequestId()).endsWith("712000092");

            assertThat(ids.toString()).doesNotContain("712000092").contains(ids.reference());
            assertThat(ids.ids().toString()).doesNotContain("712000092");
            assertThat(new StkQuery.Request(ids.checkoutRequestId()).toString()).doesNotContain("712000092");
        }
    }

    @Test
    void aFailureWithAReceiptSaysNothingFinal() {
        try (Shop shop = shop("netty-http").with(component -> component.setAskWhenLate(false)).open()) {
            for (String code : List.of("1", "26", "77")) {
                Acknowledgement ids = push(shop, "2547120030" + (code.length() == 1 ? "0" + code : code), Script.pays().lostCallback());
                String body = CallbackTexts.paid(ids, 100, "UKL7ABCDE1").replace("\"ResultCode\":0", "\"ResultCode\":\"" + code + "\"");
                assertThat(post(shop.lastCallbackUrl(), body)).isEqualTo(200);

                assertThat(shop.payment(ids.reference()).status()).as(code).isEqualTo(PaymentStatus.PENDING);
            }
            assertThat(shop.repository().kept()).hasSize(3);
            assertThat(shop.outcomes()).isEmpty();
        }
    }
}
