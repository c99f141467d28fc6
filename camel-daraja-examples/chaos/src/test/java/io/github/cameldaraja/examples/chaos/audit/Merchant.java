package io.github.cameldaraja.examples.chaos.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.DarajaSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.crypto.Cipher;

/** Asks the simulator by plain HTTP, as somebody without the component would, and answers its callbacks. */
final class Merchant implements AutoCloseable {

    private final DarajaSimulator safaricom;
    private final Credentials credentials;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String token;
    private volatile int answer = 200;

    Merchant(DarajaSimulator safaricom) throws Exception {
        this.safaricom = safaricom;
        this.credentials = safaricom.credentials();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
        token = json.readTree(client.send(HttpRequest
                        .newBuilder(URI.create(safaricom.baseUrl() + "/oauth/v1/generate?grant_type=client_credentials"))
                        .header("Authorization", "Basic " + encoded(credentials.consumerKey() + ":" + credentials.consumerSecret())).build(),
                HttpResponse.BodyHandlers.ofString()).body()).path("access_token").asText();
    }

    void answerWith(int status) {
        answer = status;
    }

    void push(String phone, long amount, String reference) throws Exception {
        String timestamp = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMddHHmmss"));
        post("/mpesa/stkpush/v1/processrequest", json.createObjectNode().put("BusinessShortCode", credentials.shortCode())
                .put("Password", encoded(credentials.shortCode() + credentials.passkey() + timestamp)).put("Timestamp", timestamp)
                .put("TransactionType", "CustomerPayBillOnline").put("Amount", amount).put("PartyA", phone)
                .put("PartyB", credentials.shortCode()).put("PhoneNumber", phone).put("CallBackURL", url("1", reference))
                .put("AccountReference", "ANY").put("TransactionDesc", "Shoes"));
    }

    void payout(String phone, long amount, String reference) throws Exception {
        post("/mpesa/b2c/v3/paymentrequest", operator("InitiatorName", "BusinessPayment", reference)
                .put("OriginatorConversationID", "o" + reference).put("Amount", amount).put("PartyA", credentials.shortCode())
                .put("PartyB", phone).put("Remarks", "Refund").put("Occassion", "Refund"));
    }

    /** Asks about the payout that was made under the one reference, and wants the answer under the other. */
    void ask(String payout, String reference) throws Exception {
        post("/mpesa/transactionstatus/v1/query", operator("Initiator", "TransactionStatusQuery", reference).put("TransactionID", "")
                .put("OriginalConversationID", "o" + payout).put("PartyA", credentials.shortCode()).put("IdentifierType", "4")
                .put("Remarks", "Where is it"));
    }

    void giveBack(String receipt, long amount, String reference) throws Exception {
        post("/mpesa/reversal/v1/request", operator("Initiator", "TransactionReversal", reference).put("TransactionID", receipt)
                .put("Amount", amount).put("ReceiverParty", credentials.shortCode()).put("RecieverIdentifierType", "11")
                .put("Remarks", "Returned"));
    }

    void register() throws Exception {
        post("/mpesa/c2b/v2/registerurl", json.createObjectNode().put("ShortCode", credentials.shortCode())
                .put("ResponseType", "Completed").put("ConfirmationURL", url("3", "c0ffee")).put("ValidationURL", url("4", "c0ffee")));
    }

    private ObjectNode operator(String name, String command, String reference) throws Exception {
        return json.createObjectNode().put(name, credentials.initiatorName()).put("SecurityCredential", encrypted())
                .put("CommandID", command).put("ResultURL", url("2", reference)).put("QueueTimeOutURL", url("5", reference));
    }

    private void post(String path, ObjectNode body) throws Exception {
        HttpResponse<String> told = client.send(HttpRequest.newBuilder(URI.create(safaricom.baseUrl() + path))
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(), HttpResponse.BodyHandlers.ofString());
        if (told.statusCode() != 200) {
            throw new IOException(told.body());
        }
    }

    private String url(String kind, String reference) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/d/0a1b2c3d/" + kind + "/" + reference + "/00ff";
    }

    private String encrypted() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, CertificateFactory.getInstance("X.509").generateCertificate(
                new ByteArrayInputStream(credentials.certificatePem().getBytes(StandardCharsets.US_ASCII))));
        return Base64.getEncoder().encodeToString(cipher.doFinal(credentials.initiatorPassword().getBytes(StandardCharsets.UTF_8)));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
