package io.github.cameldaraja.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;

import io.github.cameldaraja.simulator.stk.StkFamily;

/** A merchant's shop that speaks HTTP with the simulator and collects callbacks. */
final class Shop implements AutoCloseable {

    static final String PHONE = "254722000001";

    record Received(Map<String, List<String>> headers, String body, JsonNode json) {
        String code() {
            return json.at("/Body/stkCallback/ResultCode").asText();
        }

        String id() {
            return json.at("/Body/stkCallback/CheckoutRequestID").asText();
        }

        JsonNode item(String name) {
            for (JsonNode item : json.at("/Body/stkCallback/CallbackMetadata/Item")) {
                if (item.path("Name").asText().equals(name)) {
                    return item;
                }
            }
            return null;
        }
    }

    final List<Received> callbacks = new CopyOnWriteArrayList<>();
    final ObjectMapper mapper = new ObjectMapper();
    volatile int callbackStatus = 200;
    volatile String callbackBody = "";
    private final DarajaSimulator simulator;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final HttpServer server;
    private String token;

    Shop(DarajaSimulator simulator) {
        this.simulator = simulator;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1024);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            JsonNode json;
            try {
                json = mapper.readTree(body);
            } catch (IOException e) {
                json = mapper.createObjectNode();
            }
            callbacks.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body, json));
            byte[] reply = callbackBody.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(callbackStatus, reply.length == 0 ? -1 : reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        server.start();
    }

    String callbackUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/paid?order=7";
    }

    HttpResponse<String> requestToken() {
        Credentials c = simulator.credentials();
        return send(to("/oauth/v1/generate?grant_type=client_credentials")
                .header("Authorization", basic(c.consumerKey(), c.consumerSecret())).GET());
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    String token() {
        if (token == null) {
            token = json(requestToken()).path("access_token").asText();
        }
        return token;
    }

    void forgetToken() {
        token = null;
    }

    ObjectNode pushBody(String phone, int amount) {
        Credentials c = simulator.credentials();
        ObjectNode body = mapper.createObjectNode();
        body.put("BusinessShortCode", Integer.parseInt(c.shortCode()));
        sign(body, c.shortCode());
        body.put("TransactionType", "CustomerPayBillOnline");
        body.put("Amount", Integer.toString(amount));
        body.put("PartyA", phone);
        body.put("PartyB", c.shortCode());
        body.put("PhoneNumber", phone);
        body.put("CallBackURL", callbackUrl());
        body.put("AccountReference", "ORDER7");
        body.put("TransactionDesc", "Shoes");
        return body;
    }

    void sign(ObjectNode body, String shortCode) {
        String timestamp = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMddHHmmss"));
        String clear = shortCode + simulator.credentials().passkey() + timestamp;
        body.put("Password", Base64.getEncoder().encodeToString(clear.getBytes(StandardCharsets.UTF_8)));
        body.put("Timestamp", timestamp);
    }

    HttpResponse<String> push(String phone, int amount) {
        return push(pushBody(phone, amount));
    }

    HttpResponse<String> push(ObjectNode body) {
        return post(StkFamily.PUSH_PATH, body);
    }

    CompletableFuture<HttpResponse<String>> pushAsync(String phone, int amount) {
        return client.sendAsync(posting(StkFamily.PUSH_PATH, pushBody(phone, amount)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The id of an accepted push. */
    String accepted(String phone, int amount) {
        HttpResponse<String> answer = push(phone, amount);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return json(answer).path("CheckoutRequestID").asText();
    }

    HttpResponse<String> query(String id) {
        return post(StkFamily.QUERY_PATH, queryBody(id));
    }

    ObjectNode queryBody(String id) {
        ObjectNode body = mapper.createObjectNode();
        body.put("BusinessShortCode", simulator.credentials().shortCode());
        sign(body, simulator.credentials().shortCode());
        body.put("CheckoutRequestID", id);
        return body;
    }

    HttpResponse<String> post(String path, JsonNode body) {
        return send(posting(path, body));
    }

    private HttpRequest.Builder posting(String path, JsonNode body) {
        return to(path)
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode json(HttpResponse<String> answer) {
        try {
            return mapper.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
