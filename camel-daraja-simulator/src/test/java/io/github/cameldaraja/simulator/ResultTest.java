package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

import javax.crypto.Cipher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.github.cameldaraja.simulator.results.ResultFamily;

/** An organisation's back office; the time stands still until it is moved. */
abstract class ResultTest extends SimulatorTest {

    static final String PHONE = Shop.PHONE;
    static final String UTILITY = "Utility Account";
    static final String WORKING = "Working Account";
    private static final String CREDENTIAL = encrypt(Credentials.defaults().initiatorPassword());

    String payBill;
    private int ids;

    @BeforeEach
    void openOffice() {
        payBill = sim.credentials().shortCode();
        sim.clock().freeze();
        sim.books().deposit(payBill, UTILITY, new BigDecimal(50_000));
    }

    @AfterEach
    void agreesWithTheBooks() {
        sim.books().verify();
    }

    ObjectNode b2c(String phone, int amount) {
        return customer("order-" + ++ids, "BusinessPayment", phone, amount).put("Occassion", "Refund");
    }

    ObjectNode b2cVersion1(String phone, int amount) {
        ObjectNode body = customer("x", "SalaryPayment", phone, amount).put("Occasion", "July");
        body.remove("OriginatorConversationID");
        return body;
    }

    ObjectNode validated(String phone, int amount, String type, String number) {
        return customer("order-" + ++ids, "PromotionPayment", phone, amount).put("IDType", type)
                .put("IDNumber", number);
    }

    ObjectNode pochi(String phone, int amount) {
        return customer("order-" + ++ids, "BusinessPayToPochi", phone, amount);
    }

    ObjectNode b2b(String command, String receiver, String receiverType, int amount) {
        return addresses(operator("Initiator", command)
                .put("SenderIdentifierType", "4")
                .put("RecieverIdentifierType", receiverType)
                .put("Amount", Integer.toString(amount))
                .put("PartyA", payBill)
                .put("PartyB", receiver)
                .put("AccountReference", "INV77")
                .put("Requester", PHONE)
                .put("Remarks", "Leather"));
    }

    ObjectNode tax(int amount) {
        ObjectNode body = b2b("PayTaxToKRA", "572572", "4", amount);
        body.remove("Requester");
        return body.put("AccountReference", "2020260000123456");
    }

    ObjectNode status(String receipt, String conversation) {
        return addresses(operator("Initiator", "TransactionStatusQuery")
                .put("TransactionID", receipt)
                .put("OriginalConversationID", conversation)
                .put("PartyA", payBill)
                .put("IdentifierType", "4")
                .put("Remarks", "Where is it"));
    }

    ObjectNode balance() {
        return addresses(operator("Initiator", "AccountBalance")
                .put("PartyA", payBill)
                .put("IdentifierType", "4")
                .put("Remarks", "Evening"));
    }

    ObjectNode reversal(String receipt, int amount) {
        return addresses(operator("Initiator", "TransactionReversal")
                .put("TransactionID", receipt)
                .put("Amount", Integer.toString(amount))
                .put("ReceiverParty", payBill)
                .put("RecieverIdentifierType", "11")
                .put("Remarks", "Wrong shoes"));
    }

    /** The acknowledgement of a request that is accepted. */
    JsonNode accepted(String path, ObjectNode body) {
        HttpResponse<String> answer = shop.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode ack = shop.json(answer);
        assertThat(ack.path("ResponseCode").textValue()).isEqualTo("0");
        return ack;
    }

    /** The result of a request. */
    JsonNode result(String path, ObjectNode body) {
        int before = shop.callbacks.size();
        String conversation = accepted(path, body).path("ConversationID").asText();
        work();
        return await().until(() -> shop.callbacks.stream().skip(before).map(Shop.Received::json)
                .filter(json -> json.at("/Result/ConversationID").asText(conversation).equals(conversation))
                .findFirst().orElse(null), Objects::nonNull).path("Result");
    }

    /** The result code of a request. */
    String code(String path, ObjectNode body) {
        return result(path, body).path("ResultCode").asText();
    }

    /** The result that arrives when the time goes on. */
    JsonNode nextResult() {
        int before = shop.callbacks.size();
        work();
        await().until(() -> shop.callbacks.size() > before);
        return shop.callbacks.get(before).json().path("Result");
    }

    /** Gives the core the time it needs. */
    void work() {
        sim.clock().advance(Duration.ofSeconds(1));
    }

    /** The receipt of a customer's payment. */
    String paid(String phone, int amount) {
        int before = shop.callbacks.size();
        shop.accepted(phone, amount);
        work();
        await().until(() -> shop.callbacks.size() > before);
        List<LedgerEntry> payments = sim.books().payments();
        return payments.get(payments.size() - 1).receipt();
    }

    JsonNode b2cResult(int amount) {
        return result(ResultFamily.B2C_PATH, b2c(PHONE, amount));
    }

    static List<String> keys(JsonNode result) {
        List<String> keys = new ArrayList<>();
        result.at("/ResultParameters/ResultParameter").forEach(item -> keys.add(item.path("Key").asText()));
        return keys;
    }

    static JsonNode value(JsonNode result, String key) {
        for (JsonNode item : result.at("/ResultParameters/ResultParameter")) {
            if (item.path("Key").asText().equals(key)) {
                return item.path("Value");
            }
        }
        throw new AssertionError("no " + key + " in " + result);
    }

    HttpResponse<String> control(String path, String body) {
        return shop.send(shop.to("/simulator" + path).POST(BodyPublishers.ofString(body)));
    }

    JsonNode look(String path) {
        return shop.json(shop.send(shop.to("/simulator" + path).GET()));
    }

    static String encrypt(String password) {
        byte[] pem = Credentials.defaults().certificatePem().getBytes(StandardCharsets.US_ASCII);
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE,
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
            return Base64.getEncoder().encodeToString(cipher.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode customer(String id, String command, String phone, int amount) {
        ObjectNode body = shop.mapper.createObjectNode().put("OriginatorConversationID", id);
        body.setAll(operator("InitiatorName", command));
        return addresses(body
                .put("Amount", Integer.toString(amount))
                .put("PartyA", payBill)
                .put("PartyB", phone)
                .put("Remarks", "Shoes came back"));
    }

    private ObjectNode operator(String field, String command) {
        return shop.mapper.createObjectNode()
                .put(field, sim.credentials().initiatorName())
                .put("SecurityCredential", CREDENTIAL)
                .put("CommandID", command);
    }

    private ObjectNode addresses(ObjectNode body) {
        return body.put("QueueTimeOutURL", shop.callbackUrl() + "&late=yes").put("ResultURL", shop.callbackUrl());
    }
}
