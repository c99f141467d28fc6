package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.github.cameldaraja.simulator.c2b.C2bFamily;

/** A simulator, a shop, and a receiver whose addresses the shop can register; the books are checked in the end. */
abstract class MerchantTest extends SimulatorTest {

    static final String CONFIRMATION = "/paid";
    static final String VALIDATION = "/welcome";

    Receiver receiver;
    String payBill;
    String till;
    String store;

    @BeforeEach
    void openReceiver() {
        receiver = new Receiver();
        payBill = sim.credentials().shortCode();
        till = sim.credentials().tillNumber();
        store = sim.credentials().storeNumber();
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
        sim.books().verify();
    }

    ObjectNode registration(String shortCode, String responseType) {
        return shop.mapper.createObjectNode()
                .put("ShortCode", shortCode)
                .put("ResponseType", responseType)
                .put("ConfirmationURL", receiver.url(CONFIRMATION))
                .put("ValidationURL", receiver.url(VALIDATION));
    }

    void register(String shortCode) {
        register(shortCode, "Completed");
    }

    void register(String shortCode, String responseType) {
        HttpResponse<String> answer = shop.post(C2bFamily.REGISTER_PATH, registration(shortCode, responseType));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    HttpResponse<String> control(String path, String body) {
        return shop.send(shop.to("/simulator" + path).POST(BodyPublishers.ofString(body)));
    }

    JsonNode controlled(String path, String body) {
        HttpResponse<String> answer = control(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return shop.json(answer);
    }
}
