package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Bonga;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.simulator.RequestFault;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Points for goods: the answer is no payment, the confirmation is. */
class BongaTest extends EndToEnd {

    private Shop shop() {
        return newShop().route("bonga", "daraja:bonga").route("register", "daraja:c2bRegister")
                .route("calculate", "daraja:bonga?command=calculate&field.points=500")
                .route("redeem", "daraja:bonga?command=redeem").collecting("c2bConfirmation");
    }

    private static Bonga.Request redemption() {
        return Bonga.Request.redeem(PHONE, 20, 100, new BigDecimal("0.2"), "INV-1");
    }

    @Test
    void pointsAreWorthShillings() {
        try (Shop shop = shop().open()) {
            for (Exchange done : List.of(shop.send("direct:bonga", Bonga.Request.calculate(500)),
                    shop.send("direct:bonga", Map.of("command", "Calculate", "points", 500)),
                    shop.send("direct:bonga", "{\"command\":\"calculate\",\"bongaPoints\":\"500\"}"),
                    shop.send("direct:calculate", null))) {
                Bonga.Answer answer = answer(done, Bonga.Answer.class);
                assertThat(answer.amount()).isEqualByComparingTo("100");
                assertThat(answer.conversionRate()).isEqualByComparingTo("0.2");
            }
            safaricom.bonga().nextCalculation(RequestFault.RESET_AFTER);
            safaricom.bonga().nextCalculation(RequestFault.EMPTY_BODY);
            assertThat(answer(sendOverPauses(shop, "direct:calculate", null, () -> count("bonga.calculations"), 3),
                    Bonga.Answer.class).amount()).isEqualByComparingTo("100");
        }
    }

    @Test
    void aRedemptionIsPaidWhenItIsConfirmed() {
        safaricom.bonga().points(PHONE, 400);
        try (Shop shop = shop().open()) {
            assertThat(shop.send("direct:register", null).getException()).isNull();
            Exchange done = shop.send("direct:redeem", Map.of("phoneNumber", "0712345678", "amount", 20, "points", 100,
                    "conversionRate", "0.2", "accountReference", "INV-1"));
            answer(done, Bonga.Answer.class);
            await().until(() -> shop.outcomes().size() == 1);
            Outcome paid = shop.outcomes().get(0);
            assertThat(paid.isCompleted()).isTrue();
            assertThat(paid.amount()).isEqualByComparingTo("20");
            assertThat(paid.accountReference()).isEqualTo("INV-1");
            assertThat(paid.receiptNumber()).isEqualTo(safaricom.books().payments().get(0).receipt());
            assertThat(safaricom.bonga().points(PHONE)).isEqualTo(300);
            assertThat(redemption().toString()).doesNotContain(PHONE);
        }
    }

    @Test
    void aRedemptionIsNeverRepeated() {
        safaricom.bonga().points(PHONE, 1_000);
        try (Shop shop = shop().open()) {
            for (RequestFault fault : List.of(RequestFault.RESET_AFTER, RequestFault.EMPTY_BODY, RequestFault.ERROR_AFTER,
                    RequestFault.HTML_503_AFTER)) {
                safaricom.bonga().nextRedemption(fault);
                Exchange lost = sendOverPauses(shop, "direct:bonga", redemption(), () -> count("bonga.redemptions"), 1);
                assertThat(lost.getException()).as(fault.name()).isInstanceOf(DarajaOutcomeUnknownException.class)
                        .hasMessageContaining("do not send it again");
                assertThat(lost.getMessage().getHeader(DarajaConstants.RETRIABLE)).isEqualTo(false);
            }
            await().until(() -> safaricom.bonga().points(PHONE) == 600);
            for (String code : List.of("6007", "6011")) {
                safaricom.bonga().nextRedemption(code);
                assertThat(sendOverPauses(shop, "direct:bonga", redemption(), () -> count("bonga.redemptions"), 1).getException())
                        .as(code).isInstanceOf(DarajaOutcomeUnknownException.class);
            }
            safaricom.bonga().nextRedemption("6001");
            assertRefusal(shop.send("direct:bonga", redemption()), DarajaRequestException.class, "6001", "MERCHANT", false);
        }
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsSent() {
        try (Shop shop = shop().open()) {
            assertRefused(shop.send("direct:bonga", Map.of("points", 5)), "command", "is missing");
            assertRefused(shop.send("direct:bonga", Map.of("command", "spend", "points", 5)), "command", "calculate, redeem");
            assertRefused(shop.send("direct:redeem", Map.of("points", 5)), "msisdn", "redeem needs it");
            assertRefused(shop.send("direct:calculate", Map.of("phoneNumber", PHONE)), "msisdn", "not for calculate");
            assertRefused(shop.send("direct:calculate", Map.of("points", 501)), "bongaPoints", "pinned by the endpoint URI");
            assertRefused(shop.send("direct:redeem", Map.of("points", 5, "phoneNumber", PHONE, "amount", 1, "conversionRate", "0",
                    "accountReference", "A")), "conversionRate", "shillings for a point");
            assertThat(safaricom.counters().tokenCalls()).isZero();
        }
    }
}
