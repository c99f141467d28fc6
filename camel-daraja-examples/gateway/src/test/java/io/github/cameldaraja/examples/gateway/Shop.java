package io.github.cameldaraja.examples.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A shop that does not speak Camel: it sends JSON, and believes a webhook when its signature is good. */
final class Shop implements AutoCloseable {

    /** What was answered; it is allowed by the OpenAPI document. */
    record Page(int http, JsonNode json, HttpResponse<String> answer) {

        String id() {
            return json.path("id").asText(null);
        }

        String status() {
            return json.path("status").asText(null);
        }

        String header(String name) {
            return answer.headers().firstValue(name).orElse(null);
        }
    }

    /**
     * What was told.
     *
     * @param time seconds that were signed with it
     */
    record Event(String name, JsonNode payment, long time, String raw) {

        String id() {
            return payment.path("id").asText();
        }

        String status() {
            return payment.path("status").asText();
        }
    }

    private static final Contract CONTRACT = new Contract();

    private final String name;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<Event> hears = event -> 200;
    private volatile String gateway;

    Shop(String name) {
        this.name = name;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/webhooks", this::hear);
        server.setExecutor(threads);
        server.start();
    }

    /** Calls the gateway at that URL from now on. */
    Shop calling(String url) {
        gateway = url;
        return this;
    }

    String webhook() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks";
    }

    String token() {
        return name + ".ThisTokenIsPublicAndProtectsNobody";
    }

    /** What it answers webhooks, and perhaps does before. */
    void hears(ToIntFunction<Event> answer) {
        hears = answer;
    }

    /** Everything that came with a good signature, as often as it came. */
    List<Event> events() {
        return events;
    }

    List<Event> events(String id) {
        return events.stream().filter(event -> event.id().equals(id)).toList();
    }

    Page pushes(String key, String phone, Object amount) {
        return posts("/payments", key, body(phone, amount));
    }

    Page paysOut(String key, String phone, Object amount) {
        return posts("/payouts", key, body(phone, amount));
    }

    static String body(String phone, Object amount) {
        return "{\"phone\": \"%s\", \"amount\": %s, \"metadata\": {\"order\": \"A1\"}}".formatted(phone, amount);
    }

    Page posts(String path, String key, String body) {
        return posts(path, key, body, token());
    }

    Page posts(String path, String key, String body, String token) {
        HttpRequest.Builder request = request(path, token).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(key == null ? request : request.header("Idempotency-Key", key));
    }

    Page looksAt(String id) {
        return gets("/payments/" + id, token());
    }

    Page gets(String path, String token) {
        return send(request(path, token).GET());
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + path)).timeout(Duration.ofSeconds(30));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private Page send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        HttpResponse<String> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        try {
            JsonNode json = Answer.JSON.readTree(answer.body());
            CONTRACT.allows(request.method().toLowerCase(Locale.ROOT), request.uri().getPath(), answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""), json);
            return new Page(answer.statusCode(), json, answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("HTTP " + answer.statusCode() + " is no JSON: " + answer.body(), e);
        }
    }

    // as README.md tells receivers to do it
    private void hear(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String[] signature = String.valueOf(exchange.getRequestHeaders().getFirst("Gateway-Signature")).split("[=,]");
            if (signature.length != 4 || !MessageDigest.isEqual(signature[3].getBytes(StandardCharsets.UTF_8),
                    sign(signature[1] + "." + body).getBytes(StandardCharsets.UTF_8))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            JsonNode json = Answer.JSON.readTree(body);
            CONTRACT.allowsEvent(json);
            Event event = new Event(exchange.getRequestHeaders().getFirst("Gateway-Event"), json.path("payment"),
                    Long.parseLong(signature[1]), body);
            events.add(event);
            exchange.sendResponseHeaders(hears.applyAsInt(event), -1);
        }
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Tokens.webhookSecret(LocalGateway.SECRET, name).getBytes(StandardCharsets.UTF_8),
                    "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
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
