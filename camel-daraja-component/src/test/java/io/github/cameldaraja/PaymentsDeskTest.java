package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.management.PaymentsDesk;
import io.github.cameldaraja.simulator.Script;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

/** What people who run payments see and do, in a console and in Java. */
class PaymentsDeskTest extends EndToEnd {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final AtomicBoolean broken = new AtomicBoolean(true);
    private final List<String> told = new CopyOnWriteArrayList<>();

    private Shop shop() {
        return newShop().with(component -> {
            component.setMaximumDeliveries(1);
            component.setAskWhenLate(false);
        }).route("push", "daraja:stkPush").routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush?group=books").process(e -> {
                    if (broken.get()) {
                        throw new IllegalStateException("the books are closed");
                    }
                    told.add(e.getMessage().getBody(Outcome.class).reference());
                });
            }
        });
    }

    private ObjectName name(Shop shop) throws Exception {
        Set<ObjectName> names = server.queryNames(new ObjectName("org.apache.camel:context=" + shop.context().getManagementName()
                + ",type=services,name=PaymentsDesk"), null);
        assertThat(names).hasSize(1);
        return names.iterator().next();
    }

    private Object invoke(ObjectName desk, String operation, Object... arguments) throws Exception {
        String[] types = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            types[i] = arguments[i] instanceof Integer ? "int" : String.class.getName();
        }
        return server.invoke(desk, operation, arguments, types);
    }

    private static String pay(Shop shop, String phone) {
        return shop.send("direct:push", new StkPush.Request(phone, 100, "INV-1")).getMessage().getBody(Acknowledgement.class)
                .reference();
    }

    @Test
    void whatIsParkedIsSeenAndReleased() throws Exception {
        try (Shop shop = shop().open()) {
            ObjectName desk = name(shop);
            String first = pay(shop, PHONE);
            await().until(() -> server.getAttribute(desk, "ParkedDeliveries").equals(1));
            String second = pay(shop, "254712345679");
            await().until(() -> server.getAttribute(desk, "ParkedDeliveries").equals(2));
            assertThat(server.getAttribute(desk, "OpenDeliveries")).isEqualTo(0);
            assertThat(server.getAttribute(desk, "OldestDeliverySeconds")).isEqualTo(0L);

            JsonNode parked = Shop.json((String) invoke(desk, "parked", 10));
            assertThat(parked).hasSize(2);
            assertThat(parked.get(0).get("reference").asText()).isEqualTo(first);
            assertThat(parked.get(0).get("group").asText()).isEqualTo("books");
            assertThat(parked.get(0).get("status").asText()).isEqualTo("COMPLETED");
            assertThat(parked.get(0).get("receiptNumber").asText()).isNotBlank();
            assertThat(parked.toString()).contains("2547*****678").doesNotContain(PHONE).doesNotContain("254712345679");
            assertThat(Shop.json((String) invoke(desk, "parked", 1))).hasSize(1);

            broken.set(false);
            int number = parked.get(0).get("number").asInt();
            assertThat(invoke(desk, "release", first, number, "nobody")).isEqualTo(false);
            assertThat(invoke(desk, "release", first, number, "books")).isEqualTo(true);
            await().until(() -> told.equals(List.of(first)));
            assertThat(invoke(desk, "release", first, number, "books")).as("once").isEqualTo(false);
            assertThat(invoke(desk, "releaseAll")).isEqualTo(1);
            await().until(() -> told.equals(List.of(first, second)));
            assertThat(server.getAttribute(desk, "ParkedDeliveries")).isEqualTo(0);
        }
    }

    @Test
    void aGroupIsForgottenWithWhatItWasNotTold() throws Exception {
        try (Shop shop = shop().open()) {
            ObjectName desk = name(shop);
            pay(shop, PHONE);
            await().until(() -> server.getAttribute(desk, "ParkedDeliveries").equals(1));

            assertThat(invoke(desk, "forgetGroup", "nobody")).isEqualTo(0);
            assertThat(invoke(desk, "forgetGroup", "books")).isEqualTo(1);

            assertThat(server.getAttribute(desk, "ParkedDeliveries")).isEqualTo(0);
            assertThatThrownBy(() -> invoke(desk, "forgetGroup", " ")).hasRootCauseInstanceOf(IllegalArgumentException.class).hasStackTraceContaining("group is missing");
        }
    }

    @Test
    void aPersonIsShownAndErased() throws Exception {
        broken.set(false);
        safaricom.faults().forPhoneOnce("254712345679", Script.pays().lostCallback());
        try (Logs logs = new Logs(Level.DEBUG, "io.github.cameldaraja"); Shop shop = shop().open()) {
            ObjectName desk = name(shop);
            String paid = pay(shop, PHONE);
            String open = pay(shop, "254712345679");
            await().until(() -> told.size() == 1);

            JsonNode theirs = Shop.json((String) invoke(desk, "export", "0712 345 678"));
            assertThat(theirs.get("phoneNumber").asText()).isEqualTo(PHONE);
            assertThat(theirs.get("payments")).hasSize(1);
            assertThat(theirs.at("/payments/0/reference").asText()).isEqualTo(paid);
            assertThat(theirs.at("/payments/0/createdAt").asText()).startsWith("20").endsWith("Z");
            assertThat(theirs.at("/payments/0/outcome/phoneNumber").asText()).isEqualTo(PHONE);
            assertThat(theirs.at("/payments/0/outcome/details").isObject()).isTrue();

            JsonNode erased = Shop.json((String) invoke(desk, "erase", "+254712345678"));
            assertThat(erased.get("payments").asInt()).isEqualTo(1);
            assertThat(erased.get("leftPayments")).isEmpty();
            assertThat(Shop.json((String) invoke(desk, "export", PHONE)).get("payments")).isEmpty();
            assertThat(shop.payment(paid).outcome().isCompleted()).isTrue();

            JsonNode left = Shop.json((String) invoke(desk, "erase", "0712345679"));
            assertThat(left.get("payments").asInt()).isZero();
            assertThat(left.get("leftPayments").get(0).asText()).isEqualTo(open);
            for (String nobody : new String[] {"", "12345", null}) {
                assertThatThrownBy(() -> server.invoke(desk, "erase", new Object[] {nobody}, new String[] {String.class.getName()}))
                        .hasRootCauseInstanceOf(IllegalArgumentException.class)
                        .hasStackTraceContaining("phone: must be a Kenyan mobile number");
            }
            assertThat(logs.lines()).anyMatch(line -> line.contains("was erased: 1 payments") && line.contains("2547*****678"));
            assertThat(logs.lines()).noneMatch(line -> line.split(" ")[1].startsWith("io.github.cameldaraja") && line.contains(PHONE));
        }
    }

    @Test
    void whatNobodyCanAskAboutIsDecidedHere() throws Exception {
        safaricom.faults().nextPush(Script.neverAnswers().resetBeforeAccepting());
        try (Shop shop = shop().open()) {
            ObjectName desk = name(shop);
            shop.send("direct:push", new StkPush.Request(PHONE, 100, "INV-1"));
            String open = shop.onlyPayment().reference();
            shop.repository().update(open, payment -> payment.unresolved(safaricom.clock().instant())).join();
            for (String[] wrong : new String[][] {{"nobody", "FAILED", "", "no payment is stored"}, {open, "paid", "", "status: must be"},
                {open, "COMPLETED", "", "receiptNumber: is missing"}}) {
                assertThatThrownBy(() -> invoke(desk, "resolve", wrong[0], wrong[1], wrong[2], "Wanjiru", "seen", "line 7"))
                        .hasStackTraceContaining(wrong[3]);
            }
            JsonNode decided = Shop.json((String) invoke(desk, "resolve", open, "completed", "ukl7person1", "Wanjiru", "seen in the portal",
                    "line 7"));
            assertThat(decided.get("status").asText()).isEqualTo("COMPLETED");
            assertThat(decided.get("receiptNumber").asText()).isEqualTo("UKL7PERSON1");
            assertThat(decided.get("verdict").asText()).isEqualTo("applied");
            assertThat(decided.toString()).doesNotContain(PHONE);
            assertThat(shop.payment(open).outcome().details()).containsEntry("evidence", "line 7");
        }
    }

    @Test
    void aRefusedOperatorIsSeenAndReleased() throws Exception {
        safaricom.results().lockOperator();
        try (Shop shop = shop().route("balance", "daraja:accountBalance?awaitOutcome=true").open()) {
            ObjectName desk = name(shop);
            assertThat(invoke(desk, "refusedOperators")).isEqualTo("[]");
            assertThat(invoke(desk, "releaseOperator", "default")).isEqualTo(false);
            shop.send("direct:balance", null);
            JsonNode refused = Shop.json((String) invoke(desk, "refusedOperators"));
            assertThat(refused).hasSize(1);
            assertThat(refused.get(0).get("account").asText()).isEqualTo("default");
            assertThat(refused.get(0).get("code").asText()).isEqualTo("8006");
            safaricom.results().unlockOperator();
            assertThat(invoke(desk, "releaseOperator", "default")).isEqualTo(true);
            assertThat(outcome(shop.send("direct:balance", null)).isCompleted()).isTrue();
            assertThatThrownBy(() -> invoke(desk, "releaseOperator", "nobody")).hasStackTraceContaining("account 'nobody' is unknown");
        }
    }

    @Test
    void itServesJavaWithoutAConsoleAndGoesWithTheComponent() throws Exception {
        Shop shop = shop();
        shop.context().disableJMX();
        try (shop) {
            shop.open();
            PaymentsDesk desk = shop.context().hasService(PaymentsDesk.class);
            pay(shop, PHONE);
            await().until(() -> desk.getParkedDeliveries() == 1);
            assertThat(Shop.json(desk.export(PHONE)).get("undelivered")).hasSize(1);

            shop.component().stop();
            assertThat(shop.context().hasService(PaymentsDesk.class)).isNull();
            shop.component().start();
            assertThat(shop.context().hasService(PaymentsDesk.class)).isSameAs(desk);
            assertThat(desk.getParkedDeliveries()).isEqualTo(1);
        }
    }

    @Test
    void theConsoleLosesItWithTheContext() throws Exception {
        ObjectName desk;
        try (Shop shop = shop().open()) {
            desk = name(shop);
            assertThat(server.isRegistered(desk)).isTrue();
        }
        assertThat(server.isRegistered(desk)).isFalse();
    }
}
