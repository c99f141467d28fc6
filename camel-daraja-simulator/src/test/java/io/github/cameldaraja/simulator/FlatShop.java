package io.github.cameldaraja.simulator;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a shop says to the APIs with flat messages. */
final class FlatShop {

    static final String BILLS = "/v1/billmanager-invoice";

    private final DarajaSimulator simulator;
    private final Shop shop;
    private final String prefix;
    private String appKey;

    FlatShop(DarajaSimulator simulator, Shop shop) {
        this(simulator, shop, BILLS);
    }

    FlatShop(DarajaSimulator simulator, Shop shop, String prefix) {
        this.simulator = simulator;
        this.shop = shop;
        this.prefix = prefix;
    }

    ObjectNode expressBody(long amount) {
        return object()
                .put("primaryShortCode", simulator.credentials().tillNumber())
                .put("receiverShortCode", simulator.credentials().shortCode())
                .put("amount", Long.toString(amount))
                .put("paymentRef", "SUPPLY77")
                .put("callbackUrl", shop.callbackUrl())
                .put("partnerName", "Nyota Wholesalers")
                .put("RequestRefID", "5f2c1d70-9a41-4b3e-8a55-000000000077");
    }

    ObjectNode optInBody() {
        return object()
                .put("shortcode", simulator.credentials().shortCode())
                .put("email", "bills@shop.example")
                .put("officialContact", "0722000009")
                .put("sendReminders", "1")
                .put("logo", "picture")
                .put("callbackurl", shop.callbackUrl());
    }

    ObjectNode invoiceBody(String externalReference) {
        ObjectNode body = object()
                .put("externalReference", externalReference)
                .put("billedFullName", "Amina Otieno")
                .put("billedPhoneNumber", "0722000001")
                .put("billedPeriod", "November 2026")
                .put("invoiceName", "Rent")
                .put("dueDate", "2099-12-05")
                .put("accountReference", "HOUSE7")
                .put("amount", "900");
        body.putArray("invoiceItems").addObject().put("itemName", "rent").put("amount", "900");
        return body;
    }

    ObjectNode reconciliationBody(String receipt, String externalReference) {
        return object()
                .put("paymentDate", "2026-11-21")
                .put("paidAmount", "900")
                .put("accountReference", "HOUSE7")
                .put("transactionId", receipt)
                .put("phoneNumber", "0722000001")
                .put("fullName", "Amina Otieno")
                .put("invoiceName", "Rent")
                .put("externalReference", externalReference);
    }

    ObjectNode qrBody() {
        return object()
                .put("MerchantName", "Duka la Nyota")
                .put("RefNo", "ORDER 77")
                .put("Amount", 40)
                .put("TrxCode", "BG")
                .put("CPI", simulator.credentials().tillNumber())
                .put("Size", "280");
    }

    /** Opts in and remembers the key. */
    void optIn() {
        appKey = json(bill("optin", optInBody())).path("app_key").asText();
    }

    String appKey() {
        return appKey;
    }

    HttpResponse<String> bill(String name, JsonNode body) {
        return bill(name, body, "app_key");
    }

    HttpResponse<String> bill(String name, JsonNode body, String keyHeader) {
        HttpRequest.Builder request = shop.to(prefix + "/" + name)
                .header("Authorization", "Bearer " + shop.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        return shop.send(appKey == null ? request : request.header(keyHeader, appKey));
    }

    HttpResponse<String> control(String path, String body) {
        return shop.send(shop.to("/simulator" + path).POST(BodyPublishers.ofString(body)));
    }

    JsonNode json(HttpResponse<String> answer) {
        return shop.json(answer);
    }

    ObjectNode object() {
        return shop.mapper.createObjectNode();
    }

    ArrayNode array() {
        return shop.mapper.createArrayNode();
    }
}
