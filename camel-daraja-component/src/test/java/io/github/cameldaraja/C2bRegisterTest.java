package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.C2bRegister;
import io.github.cameldaraja.api.C2bSimulate;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.RequestFault;
import io.github.cameldaraja.simulator.SimulatorSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Registering where payments are told, and the sandbox's way to make one. */
class C2bRegisterTest extends EndToEnd {

    private static Shop routes(Shop shop) {
        return shop.route("register", "daraja:c2bRegister").route("cancelled",
                "daraja:c2bRegister?responseType=cancelled&version=v1")
                .route("simulate", "daraja:c2bSimulate")
                .route("uri", "daraja:c2bSimulate?phoneNumber=0712000004&amount=104&accountReference=inv4&version=v1")
                .route("headers", "daraja:c2bSimulate?requestHeaders=true").collecting("c2bConfirmation");
    }

    @Test
    void urlsAreRegisteredInEveryWayAndAsOftenAsTheSandboxLikes() {
        try (Shop shop = routes(newShop()).open()) {
            for (Exchange done : List.of(shop.send("direct:register", null),
                    shop.send("direct:register", new C2bRegister.Request("Cancelled", null)),
                    shop.send("direct:register", Map.of("ResponseType", "completed")),
                    shop.send("direct:register", "{\"responseType\":\"Cancelled\",\"version\":\"v1\"}"),
                    shop.send("direct:cancelled", null))) {
                C2bRegister.Answer answer = answer(done, C2bRegister.Answer.class);
                assertThat(answer.code()).isEqualTo("0");
                assertThat(answer.alreadyRegistered()).isFalse();
            }
            List<JsonNode> bodies = shop.sent("/registerurl");
            assertThat(bodies).extracting(body -> body.get("ResponseType").asText())
                    .containsExactly("Completed", "Cancelled", "Completed", "Cancelled", "Cancelled");
            // the same each time, whoever registers
            assertThat(bodies).extracting(body -> body.get("ConfirmationURL").asText() + body.get("ValidationURL").asText())
                    .containsOnly(bodies.get(0).get("ConfirmationURL").asText() + bodies.get(0).get("ValidationURL").asText());
            assertThat(shop.sent("/c2b/v1/registerurl")).hasSize(2);
            // not stored: nothing was paid
            assertThat(shop.repository().all()).isEmpty();
        }
    }

    @Test
    void thatTheyWereRegisteredBeforeIsToldApart() {
        try (DarajaSimulator strict = DarajaSimulator.start(SimulatorSettings.defaults().withRegisterOnce(true));
             Shop shop = routes(Shop.at(strict).withOperator()).open()) {
            assertThat(answer(shop.send("direct:register", null), C2bRegister.Answer.class).alreadyRegistered()).isFalse();
            C2bRegister.Answer again = answer(shop.send("direct:register", null), C2bRegister.Answer.class);
            assertThat(again.alreadyRegistered()).isTrue();
            assertThat(again.code()).isEqualTo("500.003.1001");
            // another 500 of the same code is none of that
            strict.c2b().nextRegistrationError(500, "500.003.1001", "Duplicate notification info");
            Exchange foreign = shop.send("direct:register", null);
            assertRefusal(foreign, DarajaRequestException.class, "500.003.1001", "CONFIGURATION", false);
        }
    }

    @Test
    void aRegistrationIsRepeatedAndASimulationNever() {
        try (Shop shop = routes(newShop()).open()) {
            safaricom.c2b().nextRegistration(RequestFault.RESET_AFTER);
            safaricom.c2b().nextRegistration(RequestFault.HTML_503_AFTER);
            assertThat(answer(sendOverPauses(shop, "direct:register", null, () -> count("c2b.registrations"), 3),
                    C2bRegister.Answer.class).code()).isEqualTo("0");

            C2bSimulate.Request request = new C2bSimulate.Request(PHONE, BigDecimal.TEN, "inv", null, null);
            for (RequestFault fault : List.of(RequestFault.RESET_AFTER, RequestFault.EMPTY_BODY, RequestFault.ERROR_AFTER)) {
                safaricom.c2b().nextSimulation(fault);
                assertThat(sendOverPauses(shop, "direct:simulate", request, () -> count("c2b.simulations"), 1).getException())
                        .isInstanceOf(DarajaOutcomeUnknownException.class);
            }
            await().until(() -> safaricom.books().payments().size() == 3);
        }
    }

    @Test
    void aSimulatedPaymentIsToldAsAnyOther() {
        try (Shop shop = routes(newShop()).open()) {
            assertThat(shop.send("direct:register", null).getException()).isNull();
            for (Exchange done : List.of(
                    shop.send("direct:simulate", new C2bSimulate.Request("0712000001", new BigDecimal(101), "inv1", null, null)),
                    shop.send("direct:simulate", Map.of("phoneNumber", "0712000002", "amount", 102, "accountReference", "inv2")),
                    shop.send("direct:simulate", "{\"Msisdn\":254712000003,\"Amount\":103,\"BillRefNumber\":\"inv3\"}"),
                    shop.send("direct:uri", null),
                    shop.send("direct:headers", null, Map.of("CamelDarajaRequestAmount", 105, "CamelDarajaRequestPhoneNumber",
                            "0712000005", "CamelDarajaRequestAccountReference", "inv5")))) {
                // version 1 has no code
                assertThat(done.getException()).isNull();
                C2bSimulate.Answer answer = done.getMessage().getBody(C2bSimulate.Answer.class);
                assertThat(answer.description()).startsWith("Accept");
            }
            await().until(() -> shop.outcomes().size() == 5);
            assertThat(shop.outcomes()).allMatch(Outcome::isCompleted).extracting(Outcome::accountReference)
                    .containsExactlyInAnyOrder("inv1", "inv2", "inv3", "inv4", "inv5");
            assertThat(safaricom.books().payments()).extracting(entry -> entry.amount().intValueExact())
                    .containsExactlyInAnyOrder(101, 102, 103, 104, 105);
        }
    }

    @Test
    void whatIsWrongIsRefused() {
        try (Shop shop = routes(newShop()).open()) {
            assertRefused(shop.send("direct:register", Map.of("ResponseType", "Perhaps")), "ResponseType",
                    "Completed, Cancelled");
            assertRefused(shop.send("direct:register", Map.of("version", "v3")), "version", "v2, v1");
            assertRefused(shop.send("direct:register", Map.of("ConfirmationURL", "https://x.example")), "ConfirmationURL",
                    "filled by the component");
            assertRefused(shop.send("direct:simulate", Map.of("phoneNumber", PHONE, "amount", 1)), "BillRefNumber", "is missing");
            assertRefused(shop.send("direct:simulate", Map.of("phoneNumber", PHONE, "amount", 1, "commandId", "BuyAll")),
                    "CommandID", "CustomerPayBillOnline, CustomerBuyGoodsOnline");
            assertThat(safaricom.counters().tokenCalls()).isZero();
            safaricom.c2b().nextRegistrationError(400, "400.003.02", "Bad Request - Invalid ValidationURL");
            assertRefusal(shop.send("direct:register", null), DarajaRequestException.class, "400.003.02", "MERCHANT", false);
        }
    }
}
