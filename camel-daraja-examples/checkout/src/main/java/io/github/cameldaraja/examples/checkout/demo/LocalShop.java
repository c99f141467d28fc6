package io.github.cameldaraja.examples.checkout.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.examples.checkout.CheckoutApp;
import io.github.cameldaraja.examples.checkout.Orders;
import io.github.cameldaraja.simulator.DarajaSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** The shop, started on this machine beside a simulated Safaricom, and a customer's browser. For the demo and the tests. */
public final class LocalShop implements AutoCloseable {

    /** Where the shop would like to listen; another port is taken if that one is, and any for 0. */
    public record Ports(int shop, int callbacks) {
        public static final Ports FREE = new Ports(0, 0);
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 60;

    private final DarajaSimulator safaricom;
    private final ExecutorService browserThreads;
    private final HttpClient browser;
    private final String url;
    private final Main main;

    private LocalShop(DarajaSimulator safaricom, CheckoutApp.Dsl dsl, Ports ports, Path data) {
        this.safaricom = safaricom;
        browserThreads = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "browser");
            thread.setDaemon(true);
            return thread;
        });
        browser = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(browserThreads).build();
        int port = portOr(ports.shop());
        url = "http://127.0.0.1:" + port;
        main = CheckoutApp.create(dsl);
        // no shutdown hook: who opened it closes it
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // the shop lives in Safaricom's time, which a story moves
        main.bind("clock", safaricom.clock());
        settings(safaricom, port, portOr(ports.callbacks()), data).forEach(main::addOverrideProperty);
    }

    /**
     * Opens the shop. The simulator stays the caller's to close.
     *
     * @param data a directory; what an earlier shop has left there is found
     */
    public static LocalShop open(DarajaSimulator safaricom, CheckoutApp.Dsl dsl, Ports ports, Path data) {
        LocalShop shop = new LocalShop(safaricom, dsl, ports, data);
        try {
            shop.main.start();
        } catch (Exception e) {
            shop.close();
            throw new IllegalStateException("the shop cannot be opened: " + e.getMessage(), e);
        }
        return shop;
    }

    public DarajaSimulator safaricom() {
        return safaricom;
    }

    public Orders orders() {
        return main.lookup("orders", Orders.class);
    }

    /** Where its orders are. */
    public DataSource database() {
        return main.lookup("dataSource", DataSource.class);
    }

    /** Where the shop is, without a slash at the end. */
    public String url() {
        return url;
    }

    /** Buys something; the answer comes when the customer has paid, or will not. */
    public CompletableFuture<Answer> buys(String phone, Object amount, String item) {
        return buys(null, phone, amount, item);
    }

    /** The same with an order number chosen by the browser. */
    public CompletableFuture<Answer> buys(String id, String phone, Object amount, String item) {
        Map<String, Object> purchase = new HashMap<>();
        purchase.put("id", id);
        purchase.put("phone", phone);
        purchase.put("amount", amount);
        purchase.put("item", item);
        try {
            return post(JSON.writeValueAsString(purchase));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends any text as an order. */
    public CompletableFuture<Answer> post(String body) {
        return send(HttpRequest.newBuilder(URI.create(url + "/orders")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Buys something and returns as soon as the phone shows the prompt, and Safaricom has begun to wait for the customer. */
    public CompletableFuture<Answer> isAsked(String phone254, int amount, String item) {
        int before = safaricom.counters().prompts(phone254);
        CompletableFuture<Answer> answer = buys(phone254, amount, item);
        until("a prompt on " + phone254, () -> safaricom.counters().prompts(phone254) > before && isAnswered(phone254));
        return answer;
    }

    // a push is answered, or its connection broken, when the time of its prompt runs
    private boolean isAnswered(String phone254) {
        return safaricom.requests().stream().filter(request -> request.path().contains("/stkpush/") && request.body().contains(phone254))
                .allMatch(request -> request.status() != 0);
    }

    /** Lets simulated time pass, and no more of it until the answer is there. */
    public Answer passes(Duration time, CompletableFuture<Answer> answer) {
        return passes(time, 1, answer);
    }

    /** Lets simulated time pass in steps, each of which can be too early for a question whose delay has not begun. */
    public Answer passes(Duration step, int atMost, CompletableFuture<Answer> answer) {
        safaricom.clock().freeze();
        try {
            for (int steps = 0; steps < atMost && !answer.isDone(); steps++) {
                safaricom.clock().advance(step);
                CompletableFuture.anyOf(answer, new CompletableFuture<>().completeOnTimeout(null, 3, TimeUnit.SECONDS)).join();
            }
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } finally {
            safaricom.clock().resume();
        }
    }

    /** Waits in real time. */
    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Looks at an order. */
    public CompletableFuture<Answer> looksAt(String id) {
        return send(HttpRequest.newBuilder(URI.create(url + "/orders/" + id)));
    }

    /** The callback URL that the shop gave with its last push. */
    public String lastCallbackUrl() {
        List<String> pushes = safaricom.requests().stream().filter(request -> request.path().contains("/stkpush/"))
                .map(request -> request.body()).toList();
        try {
            return JSON.readTree(pushes.get(pushes.size() - 1)).path("CallBackURL").asText();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        main.stop();
        browserThreads.shutdownNow();
    }

    private CompletableFuture<Answer> send(HttpRequest.Builder request) {
        return browser.sendAsync(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(Answer::of);
    }

    /** What differs from {@code application.properties} for a shop beside that simulator. */
    public static Map<String, String> settings(DarajaSimulator safaricom, int port, int callbacks, Path data) {
        Map<String, String> settings = new HashMap<>();
        settings.put("shop.data", data.toAbsolutePath().toString());
        settings.put("camel.rest.port", String.valueOf(port));
        // stopping waits that long for threads that take longer anyway
        settings.put("camel.component.netty-http.shutdownTimeout", "20");
        settings.put("camel.component.daraja.baseUrl", safaricom.baseUrl());
        settings.put("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + callbacks);
        settings.put("camel.component.daraja.callbackPort", String.valueOf(callbacks));
        // the simulator stands any pace
        settings.put("camel.component.daraja.querySpacing", "0");
        settings.put("shop.pull", "1s");
        settings.put("shop.firstPull", "1s");
        settings.put("camel.main.shutdownTimeout", "5");
        settings.put("shop.handset", safaricom.baseUrl() + "/handset");
        return settings;
    }

    /** That port, or another one if it is taken; any for 0. */
    public static int portOr(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            if (wanted == 0) {
                throw new UncheckedIOException(e);
            }
            return portOr(0);
        }
    }
}
