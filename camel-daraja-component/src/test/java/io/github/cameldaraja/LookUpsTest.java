package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.CustomerName;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Imsi;
import io.github.cameldaraja.api.OrganizationInfo;
import io.github.cameldaraja.api.SimSwap;
import io.github.cameldaraja.simulator.AnswerScript;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Questions about numbers and names: answered at once, never stored, asked again if no answer comes. */
class LookUpsTest extends EndToEnd {

    private static final Map<String, String> PATHS = Map.of("imsi", "/imsi/v1/checkATI", "simSwap", "/imsi/v2/checkATI",
            "organizationInfo", "/sfcverify/v1/query/info", "customerName", "/mpesa/b2c/hakikisha/v1/hakikisha");
    private static final Map<String, String> COUNTERS = Map.of("imsi", "imsi", "simSwap", "swap", "organizationInfo", "orgInfo",
            "customerName", "b2cHakikisha");

    private Shop shop() {
        Shop shop = newShop();
        PATHS.keySet().forEach(name -> shop.route(name, "daraja:" + name).route(name + "Headers", "daraja:" + name
                + "?requestHeaders=true"));
        return shop.route("uri", "daraja:simSwap?phoneNumber=0712345678")
                .route("organization", "daraja:organizationInfo?receiver=" + till + "&receiverType=till");
    }

    private Object question(String operation) {
        return operation.equals("organizationInfo") ? Map.of("receiver", payBill, "receiverType", "paybill")
                : Map.of("phoneNumber", PHONE);
    }

    @Test
    void theSwapOfASimIsTold() {
        Instant when = safaricom.clock().instant().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MINUTES);
        try (Shop shop = shop().open()) {
            assertThat(answer(shop.send("direct:simSwap", new SimSwap.Request("0712 345 678")), SimSwap.Answer.class)
                    .noRecentSwap()).isTrue();
            safaricom.lookups().swapped(PHONE, when);
            for (Exchange done : List.of(shop.send("direct:simSwap", Map.of("customerNumber", "+254712345678")),
                    shop.send("direct:simSwap", "{\"phoneNumber\":\"712345678\"}"), shop.send("direct:uri", null),
                    shop.send("direct:simSwapHeaders", null, Map.of("CamelDarajaRequestPhoneNumber", PHONE)))) {
                SimSwap.Answer swap = answer(done, SimSwap.Answer.class);
                assertThat(swap.noRecentSwap()).isFalse();
                assertThat(swap.lastSwap().toInstant()).isEqualTo(when);
                assertThat(swap.toString()).doesNotContain("712345678");
            }
            assertThat(shop.repository().all()).isEmpty();
        }
    }

    @Test
    void theImsiIsTold() {
        safaricom.lookups().registered(PHONE, safaricom.clock().instant().minus(Duration.ofDays(30)));
        try (Shop shop = shop().open()) {
            Imsi.Answer one = answer(shop.send("direct:imsi", new Imsi.Request(PHONE)), Imsi.Answer.class);
            assertThat(one.imsi()).isNotBlank();
            assertThat(one.noRecentSwap()).isTrue();
            assertThat(one.registered()).isNotNull();
            assertThat(one.phoneNumber()).isEqualTo(PHONE);
            assertThat(answer(shop.send("direct:imsi", "{\"customerNumber\":\"0712345678\"}"), Imsi.Answer.class).imsi())
                    .isEqualTo(one.imsi());
            assertThat(one.toString()).doesNotContain(PHONE).doesNotContain(one.imsi());
        }
    }

    @Test
    void namesAreTold() {
        safaricom.lookups().named(PHONE, "Amina Wanjiru Otieno");
        safaricom.lookups().till("574301", "Duka");
        try (Shop shop = shop().open()) {
            CustomerName.Answer name = answer(shop.send("direct:customerName", new CustomerName.Request(PHONE)),
                    CustomerName.Answer.class);
            assertThat(name.firstName()).isEqualTo("Amina");
            assertThat(name.middleName()).startsWith("W").contains("*");
            assertThat(name.toString()).doesNotContain("Amina");
            assertThat(answer(shop.send("direct:organizationInfo", new OrganizationInfo.Request("574301", "till")),
                    OrganizationInfo.Answer.class).name()).isEqualTo("Duka");
            OrganizationInfo.Answer own = answer(shop.send("direct:organization", null), OrganizationInfo.Answer.class);
            assertThat(own.name()).isNotBlank();
        }
    }

    @Test
    void whoIsUnknownIsARefusal() {
        safaricom.lookups().unknown(PHONE);
        try (Shop shop = shop().open()) {
            for (String operation : List.of("imsi", "simSwap", "customerName")) {
                Exchange done = shop.send("direct:" + operation, question(operation));
                assertThat(done.getException()).as(operation).isInstanceOf(DarajaRequestException.class);
                assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.RETRIABLE, false)
                        .containsEntry(DarajaConstants.OPERATION, operation);
            }
            assertThat(shop.send("direct:organizationInfo", Map.of("receiver", "999999", "receiverType", "4")).getException())
                    .isInstanceOf(DarajaRequestException.class);
            assertRefused(shop.send("direct:simSwap", Map.of("phoneNumber", "12")), "customerNumber", "Kenyan");
            assertRefused(shop.send("direct:imsi", null), "customerNumber", "is missing");
            assertRefused(shop.send("direct:organizationInfo", Map.of("receiver", payBill, "receiverType", "shop")),
                    "IdentifierType", "paybill (4) or till (2)");
            assertRefused(shop.send("direct:customerName", Map.of("phoneNumber", PHONE, "shortcode", "1")), "shortcode",
                    "filled by the component");
        }
    }

    @Test
    void noAnswerIsAskedForAtMostThreeTimes() {
        try (Shop shop = shop().open()) {
            PATHS.forEach((operation, path) -> {
                String received = COUNTERS.get(operation) + ".received";
                safaricom.calls().next(path, AnswerScript.usual().resetAfterAccepting());
                safaricom.calls().next(path, AnswerScript.usual().html503AfterAccepting());
                Exchange third = sendOverPauses(shop, "direct:" + operation, question(operation), () -> count(received), 3);
                assertThat(third.getException()).as(operation).isNull();
                for (int i = 0; i < 3; i++) {
                    safaricom.calls().next(path, AnswerScript.usual().emptyBody());
                }
                Exchange never = sendOverPauses(shop, "direct:" + operation, question(operation), () -> count(received), 3);
                assertThat(never.getException()).as(operation).isInstanceOf(DarajaOutcomeUnknownException.class);
                // who is told to wait is not pestered
                safaricom.calls().next(path, AnswerScript.usual().spikeArrest());
                Exchange wait = sendOverPauses(shop, "direct:" + operation, question(operation), () -> count(received), 1);
                assertThat(wait.getException()).as(operation).isInstanceOf(DarajaThrottledException.class);
            });
        }
    }
}
