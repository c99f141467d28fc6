package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class PaymentTest extends SimulatorTest {

    @Test
    void movesMoneyAndCallsBack() {
        HttpResponse<String> answer = shop.push(Shop.PHONE, 250);

        JsonNode ack = shop.json(answer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(ack.path("ResponseCode").textValue()).isEqualTo("0");
        assertThat(ack.path("CustomerMessage").textValue()).isEqualTo("Success. Request accepted for processing");
        await().until(() -> shop.callbacks.size() == 1);
        Shop.Received callback = shop.callbacks.get(0);
        LedgerEntry entry = sim.books().payments().get(0);
        assertThat(callback.id()).isEqualTo(ack.path("CheckoutRequestID").textValue());
        assertThat(callback.json().at("/Body/stkCallback/ResultCode").isNumber()).isTrue();
        assertThat(callback.body()).contains("\"Name\":\"Amount\",\"Value\":250.00}");
        assertThat(callback.item("MpesaReceiptNumber").path("Value").textValue()).isEqualTo(entry.receipt());
        assertThat(callback.item("PhoneNumber").path("Value").longValue()).isEqualTo(254722000001L);
        assertThat(callback.item("TransactionDate").path("Value").isIntegralNumber()).isTrue();
        assertThat(callback.headers().get("Content-type")).containsExactly("application/json;charset=UTF-8");
        assertThat(callback.headers().get("Businessshortcode")).containsExactly(sim.credentials().shortCode());
        assertThat(entry.amount()).isEqualByComparingTo(new BigDecimal(250));
        assertThat(entry.accountReference()).isEqualTo("ORDER7");
        assertThat(sim.books().merchantBalance(sim.credentials().shortCode())).isEqualTo(250);
        assertThat(sim.books().customerBalance(Shop.PHONE)).isEqualTo(99_750);
        sim.books().verify();
        assertThat(sim.counters().prompts(Shop.PHONE)).isEqualTo(1);
        await().until(() -> sim.callbacks().size() == 1);
        assertThat(sim.callbacks().get(0).status()).isEqualTo(200);
    }

    @Test
    void makesIdsLikeSafaricom() {
        JsonNode ack = shop.json(shop.push(Shop.PHONE, 1));

        String today = DateTimeFormatter.ofPattern("ddMMyyyy").format(LocalDateTime.now(ZoneId.of("Africa/Nairobi")));
        assertThat(ack.path("CheckoutRequestID").textValue()).matches("ws_CO_" + today + "\\d{6}\\d{1,3}722000001");
        assertThat(ack.path("MerchantRequestID").textValue())
                .matches("[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\d{4}");
        await().until(() -> sim.books().payments().size() == 1);
        assertThat(sim.books().payments().get(0).receipt()).matches("[U-Z][A-L][1-9A-V][A-Z0-9]{7}");
    }

    @Test
    void answersTheQueryAsText() {
        String id = shop.accepted(Shop.PHONE, 10);
        await().until(() -> shop.callbacks.size() == 1);

        JsonNode result = shop.json(shop.query(id));

        assertThat(result.path("ResponseCode").textValue()).isEqualTo("0");
        assertThat(result.path("ResultCode").textValue()).isEqualTo("0");
        assertThat(result.path("ResultDesc").textValue())
                .isEqualTo("The service request is processed successfully.");
    }
}
