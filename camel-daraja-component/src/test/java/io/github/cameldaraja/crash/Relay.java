package io.github.cameldaraja.crash;

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
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Stands between HTTP clients and servers, as a load balancer does, and remembers what it has passed on. */
final class Relay implements AutoCloseable {

    /**
     * A request that went through.
     *
     * @param port   who answered; 0 for nobody
     * @param began  when it was passed on, in nanoseconds of this JVM
     * @param ended  when it was answered
     * @param status of the answer; -1 if the connection broke
     */
    record Passed(String path, String body, int port, long began, long ended, int status) {
    }

    private static final Set<String> OURS = Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<List<Integer>> targets;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final Queue<Passed> passed = new ConcurrentLinkedQueue<>();

    /**
     * @param targets ports to try, in this order, until one answers
     */
    Relay(Supplier<List<Integer>> targets) {
        this.targets = targets;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What went through so far. */
    List<Passed> passed() {
        return List.copyOf(passed);
    }

    private void pass(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        byte[] body = exchange.getRequestBody().readAllBytes();
        long began = System.nanoTime();
        for (int port : targets.get()) {
            try {
                HttpResponse<byte[]> answer = client.send(request(exchange, port, path, body), HttpResponse.BodyHandlers.ofByteArray());
                passed.add(new Passed(path, text(body), port, began, System.nanoTime(), answer.statusCode()));
                answer(exchange, answer);
                return;
            } catch (IOException e) {
                // the next one, if there is one
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        passed.add(new Passed(path, text(body), 0, began, System.nanoTime(), -1));
        // without an answer, as it happened to us
        exchange.close();
    }

    private static HttpRequest request(HttpExchange exchange, int port, String path, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OURS.contains(name.toLowerCase())) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) {
        answer.headers().map().forEach((name, values) -> {
            if (!OURS.contains(name.toLowerCase())) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        try (exchange) {
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (IOException e) {
            // who asked is dead
        }
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
