package io.github.cameldaraja.examples.chaos.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.DarajaSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;

/** Somebody who speaks plain HTTP with the simulator, remembers every word that reaches him and forgets nothing. */
final class Merchant implements AutoCloseable {

    /** What a request has led to. */
    enum Sent { ACKNOWLEDGED, REFUSED, UNKNOWN, DUPLICATE }

    /** With the id of an acknowledgement. */
    record Reply(Sent sent, String id) {
    }

    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private final ObjectMapper mapper = new ObjectMapper();
    private final DarajaSimulator safaricom;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final HttpServer server;
    private final Map<String, Queue<JsonNode>> heard = new ConcurrentHashMap<>();
    private final String credential;
    private volatile String token = "";

    Merchant(DarajaSimulator safaricom) {
        this.safaricom = safaricom;
        this.credential = encrypted(safaricom.credentials());
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::hear);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** What has come to that path so far. */
    List<JsonNode> heard(String path) {
        return List.copyOf(heard.getOrDefault(path, new ConcurrentLinkedQueue<>()));
    }

    Reply push(Payment payment) {
        Credentials c = safaricom.credentials();
        return send("/mpesa/stkpush/v1/processrequest", signed()
                .put("TransactionType", "CustomerPayBillOnline")
                .put("Amount", payment.amount())
                .put("PartyA", payment.phone())
                .put("PartyB", c.shortCode())
                .put("PhoneNumber", payment.phone())
                .put("CallBackURL", url("/told/" + payment.id()))
                .put("AccountReference", payment.id())
                .put("TransactionDesc", "Order"), "CheckoutRequestID");
    }

    /** The result code; null for "not yet". */
    String query(String checkoutRequestId) {
        JsonNode answer = call("/mpesa/stkpushquery/v1/query", signed().put("CheckoutRequestID", checkoutRequestId));
        String code = answer == null ? "" : answer.path("ResultCode").asText();
        return code.isEmpty() || "4999".equals(code) ? null : code;
    }

    Reply payout(Payment payment) {
        ObjectNode body = operator("InitiatorName",
                payment.product() == Product.POCHI ? "BusinessPayToPochi" : "BusinessPayment", "/told/" + payment.id())
                .put("Amount", payment.amount())
                .put("PartyA", safaricom.credentials().shortCode())
                .put("PartyB", payment.phone())
                .put("Remarks", "Wages");
        if (payment.product() != Product.V1) {
            body.put("OriginatorConversationID", ownId(payment));
        }
        return send(switch (payment.product()) {
            case V3 -> "/mpesa/b2c/v3/paymentrequest";
            case V1 -> "/mpesa/b2c/v1/paymentrequest";
            case POCHI -> "/mpesa/b2pochi/v1/paymentrequest";
        }, body, "OriginatorConversationID");
    }

    static String ownId(Payment payment) {
        return "own-" + payment.id();
    }

    Reply reversal(Payment payment, String receipt) {
        return send("/mpesa/reversal/v1/request", operator("Initiator", "TransactionReversal", "/told/" + payment.id())
                .put("TransactionID", receipt)
                .put("Amount", payment.amount())
                .put("ReceiverParty", safaricom.credentials().shortCode())
                .put("RecieverIdentifierType", "11")
                .put("Remarks", "Back"), "OriginatorConversationID");
    }

    /** Its answer comes to {@code /state/} and the id. */
    void status(Payment payment, String originatorConversationId) {
        send("/mpesa/transactionstatus/v1/query", operator("Initiator", "TransactionStatusQuery", "/state/" + payment.id())
                .put("TransactionID", "")
                .put("OriginalConversationID", originatorConversationId)
                .put("PartyA", safaricom.credentials().shortCode())
                .put("IdentifierType", "4")
                .put("Remarks", "Status"), "ConversationID");
    }

    void register() {
        call("/mpesa/c2b/v2/registerurl", mapper.createObjectNode()
                .put("ShortCode", safaricom.credentials().shortCode())
                .put("ResponseType", "Completed")
                .put("ConfirmationURL", url("/confirmed"))
                .put("ValidationURL", url("/welcome")));
        call("/pulltransactions/v1/register", mapper.createObjectNode()
                .put("ShortCode", safaricom.credentials().shortCode())
                .put("RequestType", "Pull")
                .put("NominatedNumber", "0722000009")
                .put("CallBackURL", url("/pull")));
    }

    /** A page of the statement; null if there was no answer. */
    JsonNode statement(int offset) {
        LocalDateTime now = LocalDateTime.ofInstant(safaricom.clock().instant(), safaricom.clock().getZone());
        DateTimeFormatter form = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
        return call("/pulltransactions/v1/query", mapper.createObjectNode()
                .put("ShortCode", safaricom.credentials().shortCode())
                .put("StartDate", form.format(now.minusHours(47)))
                .put("EndDate", form.format(now.plusHours(1)))
                .put("OffSetValue", Integer.toString(offset)));
    }

    private void hear(HttpExchange exchange) throws IOException {
        JsonNode message = mapper.readTree(exchange.getRequestBody().readAllBytes());
        heard.computeIfAbsent(exchange.getRequestURI().getPath(), path -> new ConcurrentLinkedQueue<>()).add(message);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private ObjectNode signed() {
        Credentials c = safaricom.credentials();
        String timestamp = COMPACT.format(LocalDateTime.now());
        return mapper.createObjectNode()
                .put("BusinessShortCode", c.shortCode())
                .put("Password", Base64.getEncoder().encodeToString(
                        (c.shortCode() + c.passkey() + timestamp).getBytes(StandardCharsets.UTF_8)))
                .put("Timestamp", timestamp);
    }

    private ObjectNode operator(String field, String command, String resultPath) {
        return mapper.createObjectNode()
                .put(field, safaricom.credentials().initiatorName())
                .put("SecurityCredential", credential)
                .put("CommandID", command)
                .put("ResultURL", url(resultPath))
                .put("QueueTimeOutURL", url("/timeout" + resultPath));
    }

    /** Sends until it is not refused in plain words, as an application does that has its orders told again. */
    private Reply send(String path, ObjectNode body, String id) {
        Reply reply = once(path, body, id);
        for (int i = 0; i < 6 && reply.sent() == Sent.REFUSED; i++) {
            reply = once(path, body, id);
        }
        return reply;
    }

    private Reply once(String path, ObjectNode body, String id) {
        try {
            HttpResponse<String> answer = post(path, body);
            String text = answer.body();
            if (answer.statusCode() == 200 && text.contains("\"ResponseCode\":\"0\"")) {
                return new Reply(Sent.ACKNOWLEDGED, mapper.readTree(text).path(id).asText());
            }
            if (text.contains("Duplicate OriginatorConversationID")) {
                return new Reply(Sent.DUPLICATE, null);
            }
            boolean nothingHappened = answer.statusCode() == 401 || answer.statusCode() == 429 || text.contains("Invalid Access Token")
                    || text.contains("500.003.02") || text.contains("500.003.03") || text.contains("Incapsula");
            return new Reply(nothingHappened ? Sent.REFUSED : Sent.UNKNOWN, null);
        } catch (IOException e) {
            return new Reply(Sent.UNKNOWN, null);
        }
    }

    // null for whatever was not answered as it should
    private JsonNode call(String path, ObjectNode body) {
        for (int i = 0; i < 3; i++) {
            try {
                HttpResponse<String> answer = post(path, body);
                if (answer.statusCode() == 200) {
                    return mapper.readTree(answer.body());
                }
            } catch (IOException e) {
                return null;
            }
        }
        return null;
    }

    private HttpResponse<String> post(String path, ObjectNode body) throws IOException {
        if (token.isEmpty()) {
            fetchToken();
        }
        HttpResponse<String> answer = exchange(to(path).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        if (answer.statusCode() == 401 || answer.body().contains("Invalid Access Token")) {
            fetchToken();
        }
        return answer;
    }

    private synchronized void fetchToken() {
        Credentials c = safaricom.credentials();
        String pair = Base64.getEncoder().encodeToString(
                (c.consumerKey() + ":" + c.consumerSecret()).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 5; i++) {
            try {
                HttpResponse<String> answer = exchange(to("/oauth/v1/generate?grant_type=client_credentials")
                        .header("Authorization", "Basic " + pair).GET());
                if (answer.statusCode() == 200) {
                    token = mapper.readTree(answer.body()).path("access_token").asText();
                    return;
                }
            } catch (IOException e) {
                // once more
            }
        }
        throw new IllegalStateException("no token");
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(safaricom.baseUrl() + path)).timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encrypted(Credentials credentials) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, CertificateFactory.getInstance("X.509").generateCertificate(
                    new ByteArrayInputStream(credentials.certificatePem().getBytes(StandardCharsets.US_ASCII))));
            return Base64.getEncoder().encodeToString(
                    cipher.doFinal(credentials.initiatorPassword().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
