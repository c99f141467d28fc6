package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.TokenFault;
import io.github.cameldaraja.transaction.PurgeBefore;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** A payment that hangs is found, asked about and understood in a console. */
class DesksTest extends EndToEnd {

    private static final String OTHER = "254712345679";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private Shop shop() {
        return newShop().route("push", "daraja:stkPush").collecting();
    }

    private ObjectName name(Shop shop, String desk) throws Exception {
        return new ObjectName("org.apache.camel:context=" + shop.context().getManagementName() + ",type=services,name=" + desk);
    }

    private Object attribute(Shop shop, String desk, String attribute) throws Exception {
        return server.getAttribute(name(shop, desk), attribute);
    }

    private Object invoke(Shop shop, String desk, String operation, Object... arguments) throws Exception {
        String[] types = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            types[i] = arguments[i] instanceof Integer ? "int" : String.class.getName();
        }
        return server.invoke(name(shop, desk), operation, arguments, types);
    }

    private JsonNode search(Shop shop, String operation, Object argument) throws Exception {
        String json = (String) invoke(shop, "PaymentsSearch", operation, argument);
        assertThat(json).doesNotContain(PHONE).doesNotContain(OTHER);
        return Shop.json(json);
    }

    private static Acknowledgement pay(Shop shop, String phone, String accountReference) {
        return shop.send("direct:push", new StkPush.Request(phone, 100, accountReference)).getMessage().getBody(Acknowledgement.class);
    }

    @Test
    void aPaymentIsFoundByWhateverSomebodyHasInHand() throws Exception {
        try (Shop shop = shop().open()) {
            Acknowledgement paid = pay(shop, PHONE, "INV-1");
            await().until(() -> shop.outcomes().size() == 1);
            String receipt = shop.outcomes().get(0).receiptNumber();
            safaricom.faults().nextPush(Script.neverAnswers());
            // some shops let the customer's number be the account
            Acknowledgement open = pay(shop, OTHER, "0712345679");

            JsonNode found = search(shop, "findByReference", paid.reference());
            assertThat(found.get("status").asText()).isEqualTo("COMPLETED");
            assertThat(found.get("receiptNumber").asText()).isEqualTo(receipt);
            assertThat(found.get("accountReference").asText()).isEqualTo("INV-1");
            assertThat(found.get("phoneNumber").asText()).isEqualTo("2547*****678");
            assertThat(found.get("source").asText()).isEqualTo("CALLBACK");
            assertThat(search(shop, "findByReceipt", " " + receipt.toLowerCase() + " ")).containsExactly(found);
            assertThat(search(shop, "findByPhone", "0712 345 678")).containsExactly(found);
            for (String text : new String[] {paid.reference(), receipt, "+254712345678", paid.checkoutRequestId()}) {
                assertThat(search(shop, "find", text)).as(text).containsExactly(found);
            }
            assertThat(search(shop, "find", "NOSUCHTHING")).isEmpty();
            assertThat(search(shop, "findByReference", "nobody").isNull()).isTrue();
            assertThatThrownBy(() -> invoke(shop, "PaymentsSearch", "findByPhone", "12")).hasStackTraceContaining("phone: must be");
            assertThatThrownBy(() -> invoke(shop, "PaymentsSearch", "find", " ")).hasStackTraceContaining("text is missing");

            JsonNode other = search(shop, "unsettled", 10);
            assertThat(search(shop, "unsettled", 0)).as("what a form has in it at first").isEqualTo(other);
            assertThatThrownBy(() -> invoke(shop, "PaymentsSearch", "unsettled", -1)).hasStackTraceContaining("must not be negative");
            assertThat(other).hasSize(1);
            assertThat(other.get(0).get("reference").asText()).isEqualTo(open.reference());
            assertThat(other.toString()).doesNotContain("0712345679");
            assertThat(search(shop, "unresolved", 10)).isEmpty();
            assertThat(attribute(shop, "PaymentsSearch", "UnsettledPayments")).isEqualTo(1);
            safaricom.clock().advance(Duration.ofSeconds(5));
            assertThat((long) attribute(shop, "PaymentsSearch", "OldestUnsettledSeconds")).isGreaterThanOrEqualTo(5);

            shop.repository().update(open.reference(), payment -> payment.unresolved(safaricom.clock().instant())).join();
            assertThat(search(shop, "unsettled", 10)).isEmpty();
            assertThat(search(shop, "unresolved", 1).get(0).get("status").asText()).isEqualTo("UNRESOLVED");
            assertThat(attribute(shop, "PaymentsSearch", "UndecidedPayments")).isEqualTo(1);
            assertThat(attribute(shop, "PaymentsSearch", "HeldPayouts")).isEqualTo(0);
        }
    }

    @Test
    void aPaymentIsFoundByTheNumberOfItsOrder() throws Exception {
        try (Shop shop = newShop().route("push", "daraja:stkPush?idempotencyKey=${header.order}&retryFailed=true").collecting().open()) {
            safaricom.faults().nextPush(Script.result(1032));
            shop.send("direct:push", new StkPush.Request(PHONE, 100, "INV-1"), Map.of("order", "order-7"));
            await().until(() -> shop.outcomes().size() == 1);
            shop.send("direct:push", new StkPush.Request(PHONE, 100, "INV-1"), Map.of("order", "order-7"));
            await().until(() -> shop.outcomes().size() == 2);

            JsonNode found = search(shop, "findByKey", " order-7 ");
            assertThat(found).hasSize(1);
            assertThat(found.at("/0/status").asText()).isEqualTo("COMPLETED");
            assertThat(found.at("/0/idempotencyKey").asText()).isEqualTo("order-7");
            assertThat(found.at("/0/attempt").asInt()).as("the last one").isEqualTo(2);
            assertThat(search(shop, "find", "order-7")).isEqualTo(found);
            assertThat(search(shop, "findByKey", "order-8")).isEmpty();
            assertThatThrownBy(() -> invoke(shop, "PaymentsSearch", "findByKey", " ")).hasStackTraceContaining("idempotencyKey is missing");

            Instant later = safaricom.clock().instant().plusSeconds(1);
            shop.repository().purge(new PurgeBefore(later, later), 100).join();
            JsonNode gone = search(shop, "findByKey", "order-7").get(0);
            assertThat(gone.get("kept").asBoolean()).isFalse();
            assertThat(gone.get("status").asText()).isEqualTo("COMPLETED");
            assertThat(search(shop, "findByReference", gone.get("reference").asText()).isNull()).isTrue();
        }
    }

    @Test
    void fieldsOfAFormSayWhatTheyAreFor() throws Exception {
        try (Shop shop = shop().open()) {
            Map<String, List<String>> forms = new LinkedHashMap<>();
            for (String desk : List.of("PaymentsDesk", "PaymentsSearch", "AccountsDesk", "ComponentDesk")) {
                MBeanInfo info = server.getMBeanInfo(name(shop, desk));
                assertThat(info.getDescription()).as(desk).isNotBlank();
                assertThat(Stream.of(info.getAttributes())).allSatisfy(attribute -> {
                    assertThat(attribute.getDescription()).as(attribute.getName()).isNotBlank();
                    assertThat(attribute.isWritable()).as(attribute.getName()).isFalse();
                    assertThat(server.getAttribute(name(shop, desk), attribute.getName())).isNotNull();
                });
                for (MBeanOperationInfo operation : info.getOperations()) {
                    assertThat(operation.getDescription()).as(operation.getName()).isNotBlank();
                    forms.put(operation.getName(), Stream.of(operation.getSignature()).map(MBeanParameterInfo::getName).toList());
                }
            }
            assertThat(forms).containsEntry("resolve", List.of("reference", "status", "receiptNumber", "who", "why", "evidence"))
                    .containsEntry("approve", List.of("reference", "who", "why")).containsEntry("find", List.of("text"))
                    .containsEntry("unsettled", List.of("limit")).containsEntry("overview", List.of())
                    .doesNotContainKeys("stop", "suspend");
            assertThat(server.getAttributes(name(shop, "PaymentsSearch"), new String[] {"HeldPayouts", "Nothing"})).hasSize(1);
            assertThatThrownBy(() -> attribute(shop, "PaymentsSearch", "Nothing")).hasMessageContaining("UnsettledPayments");
            assertThatThrownBy(() -> invoke(shop, "PaymentsSearch", "resolve", "x")).hasStackTraceContaining("is no operation");
        }
        assertThat(server.queryNames(new ObjectName("org.apache.camel:type=services,name=PaymentsDesk,*"), null)).isEmpty();
    }

    @Test
    void aPersonHasAPaymentAskedAboutAtOnce() throws Exception {
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            Acknowledgement lost = pay(shop, PHONE, "INV-1");
            await().until(() -> safaricom.books().payments().size() == 1);
            int before = safaricom.counters().queries();
            safaricom.clock().advance(Duration.ofSeconds(1));

            JsonNode asked = search(shop, "askNow", lost.reference());
            assertThat(asked.get("status").asText()).isIn("COMPLETED", "PENDING");
            await().until(() -> {
                safaricom.clock().advance(Duration.ofSeconds(5));
                return shop.payment(lost.reference()).status() == PaymentStatus.COMPLETED;
            });
            assertThat(shop.payment(lost.reference()).questions()).as("a person's question does not count").isZero();
            assertThat(safaricom.counters().queries() - before).isEqualTo(1);
            await().until(() -> shop.outcomes().size() == 1);
            assertThatThrownBy(() -> invoke(shop, "PaymentsSearch", "askNow", lost.reference()))
                    .hasStackTraceContaining("nothing was asked: it is over");
            assertThatThrownBy(() -> invoke(shop, "PaymentsSearch", "askNow", "nobody"))
                    .hasStackTraceContaining("no payment is stored under nobody");
        }
    }

    @Test
    void whatSafaricomCannotBeAskedIsSaid() throws Exception {
        safaricom.faults().nextPush(Script.neverAnswers().resetBeforeAccepting());
        try (Shop shop = shop().open()) {
            shop.send("direct:push", new StkPush.Request(PHONE, 100, "INV-1"));
            assertThatThrownBy(() -> invoke(shop, "PaymentsSearch", "askNow", shop.onlyPayment().reference()))
                    .hasStackTraceContaining("Safaricom answers no question about it");
        }
        safaricom.faults().nextPush(Script.neverAnswers());
        try (Shop shop = shop().with(component -> {
            component.setAskWhenLate(false);
            component.getConfiguration().setQuerySpacing(Duration.ofSeconds(12));
        }).open()) {
            String open = pay(shop, PHONE, "INV-1").reference();
            invoke(shop, "PaymentsSearch", "askNow", open);
            assertThatThrownBy(() -> invoke(shop, "PaymentsSearch", "askNow", open)).hasStackTraceContaining("may ask again in 12 s");
            JsonNode account = Shop.json((String) invoke(shop, "AccountsDesk", "accounts")).get(0);
            assertThat(account.at("/questions/spacingMillis").asLong()).isEqualTo(12_000);
            assertThat(account.at("/questions/nextInMillis").asLong()).isBetween(1L, 12_000L);
        }
    }

    @Test
    void asAPersonWantsItNothingIsAskedByItself() throws Exception {
        try (Shop shop = shop().open()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            invoke(shop, "PaymentsSearch", "pauseAsking");
            assertThat(attribute(shop, "PaymentsSearch", "AskingPaused")).isEqualTo(true);
            String late = pay(shop, PHONE, "INV-1").reference();
            int before = safaricom.counters().queries();
            for (int i = 0; i < 10; i++) {
                advance(shop, Duration.ofSeconds(60));
            }
            assertThat(safaricom.counters().queries()).isEqualTo(before);
            assertThat(shop.payment(late).questions()).isZero();
            invoke(shop, "PaymentsSearch", "resumeAsking");
            await().until(() -> {
                safaricom.clock().advance(Duration.ofSeconds(20));
                return shop.outcomes().size() == 1;
            });
            assertThat(attribute(shop, "PaymentsSearch", "AskingPaused")).isEqualTo(false);
        }
    }

    @Test
    void asAPersonWantsItNoPayoutIsSentOnceMore() throws Exception {
        deposit(UTILITY, 1_000);
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetBeforeAccepting());
        try (Shop shop = shop().route("payout", "daraja:b2c?idempotencyKey=${header.salary}").collecting("b2c").open()) {
            shop.send("direct:payout", new B2c.Request("0712345678", new BigDecimal(100), "SalaryPayment", "Pay of May", "May", null, null, null), Map.of("salary", "1"));
            invoke(shop, "PaymentsSearch", "pauseAsking");
            for (int i = 0; i < 5; i++) {
                advance(shop, Duration.ofMinutes(2));
            }
            assertThat(shop.sent("/paymentrequest")).hasSize(1);
            assertThat(transfers()).isEmpty();

            JsonNode asked = search(shop, "askNow", shop.onlyPayment().reference());
            assertThat(asked.get("idempotencyKey").asText()).isEqualTo("1");
            await().until(() -> transfers().size() == 1);
            assertThat(shop.sent("/paymentrequest")).as("for a payout the question is the identical request").hasSize(2);
        }
    }

    @Test
    void anAccountSaysItsTokenItsBudgetAndItsOperator() throws Exception {
        try (Shop shop = shop().with(component -> component.getConfiguration().setPayoutDailyMaximum(5000L)).open()) {
            assertThat((String[]) attribute(shop, "AccountsDesk", "AccountNames")).containsExactly("default");
            JsonNode fresh = Shop.json((String) invoke(shop, "AccountsDesk", "accounts")).get(0);
            assertThat(fresh.get("token")).isEmpty();
            assertThat(fresh.get("shortCode").asText()).isEqualTo(payBill);
            assertThat(fresh.at("/budget/maximum").asInt()).isEqualTo(5000);
            assertThat(fresh.at("/budget/spent").asInt()).isZero();
            assertThat(fresh.at("/operator/configured").asBoolean()).isTrue();

            pay(shop, PHONE, "INV-1");
            JsonNode held = Shop.json((String) invoke(shop, "AccountsDesk", "accounts")).get(0);
            assertThat(held.at("/token/calls").asInt()).isEqualTo(1);
            int tokens = safaricom.counters().tokenCalls();
            invoke(shop, "AccountsDesk", "refreshToken", "default");
            await().until(() -> Shop.json((String) invoke(shop, "AccountsDesk", "accounts")).at("/0/token/calls").asInt() == 2);
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(tokens + 1);

            safaricom.faults().nextToken(TokenFault.INVALID_CREDENTIALS);
            invoke(shop, "AccountsDesk", "refreshToken", "default");
            await().until(() -> attribute(shop, "AccountsDesk", "AccountsWithoutToken").equals(1));
            assertThat(Shop.json((String) invoke(shop, "AccountsDesk", "accounts")).at("/0/token/why").asText()).isNotBlank();
            assertThatThrownBy(() -> invoke(shop, "AccountsDesk", "refreshToken", "nobody"))
                    .hasStackTraceContaining("account 'nobody' is unknown");
        }
    }

    @Test
    void theComponentSaysHowItStands() throws Exception {
        try (Shop shop = shop().open()) {
            assertThat(attribute(shop, "ComponentDesk", "LastCallback")).isEqualTo("");
            pay(shop, PHONE, "INV-1");
            await().until(() -> shop.outcomes().size() == 1);
            assertThat((String) attribute(shop, "ComponentDesk", "LastCallback")).endsWith("Z");
            assertThat(attribute(shop, "ComponentDesk", "MissedCallbacks")).isEqualTo(0);
            assertThat(attribute(shop, "ComponentDesk", "Application")).isEqualTo("default");
            assertThat(attribute(shop, "ComponentDesk", "Durable")).isEqualTo(false);
            assertThat(attribute(shop, "ComponentDesk", "SpooledCallbacks")).isEqualTo(0);
            assertThat(attribute(shop, "ComponentDesk", "RefusedCallbacks")).isEqualTo(0L);
            JsonNode overview = Shop.json((String) invoke(shop, "ComponentDesk", "overview"));
            assertThat(overview.get("node").asText()).isEqualTo(attribute(shop, "ComponentDesk", "Node"));
            assertThat(overview.at("/payments/unsettled").asInt()).isZero();
            assertThat(overview.at("/outcomes/parked").asInt()).isZero();
            assertThat(overview.at("/accounts/0/name").asText()).isEqualTo("default");
            assertThat(overview.at("/asking/paused").asBoolean()).isFalse();
        }
    }
}
