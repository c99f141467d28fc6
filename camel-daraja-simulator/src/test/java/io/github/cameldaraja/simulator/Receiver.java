package io.github.cameldaraja.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A merchant's server that answers each path as told and keeps what it received. */
final class Receiver implements AutoCloseable {

    record Reply(int status, String body) {
    }

    record Received(String path, Map<String, List<String>> headers, String body, JsonNode json) {
        String text(String field) {
            return json.path(field).asText();
        }

        String header(String name) {
            return headers.get(name).get(0);
        }
    }

    static final Reply SILENCE = new Reply(0, "");

    final List<Received> all = new CopyOnWriteArrayList<>();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ObjectMapper mapper = new ObjectMapper();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final HttpServer server;

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1024);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::serve);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void reply(String path, int status, String body) {
        replies.put(path, new Reply(status, body));
    }

    /** Lets calls of that path wait until the end of the test. */
    void ignore(String path) {
        replies.put(path, SILENCE);
    }

    List<Received> at(String path) {
        return all.stream().filter(received -> received.path().equals(path)).toList();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode json;
        try {
            json = mapper.readTree(body);
        } catch (IOException e) {
            json = mapper.createObjectNode();
        }
        String path = exchange.getRequestURI().getPath();
        all.add(new Received(path, Map.copyOf(exchange.getRequestHeaders()), body, json));
        Reply reply = replies.getOrDefault(path, new Reply(200, "{\"ResultCode\":0,\"ResultDesc\":\"Success\"}"));
        if (reply.equals(SILENCE)) {
            awaitEnd();
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status() == 0 ? 200 : reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        executor.shutdownNow();
    }
}
