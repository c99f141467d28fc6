package io.github.cameldaraja.simulator.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * The paths of Daraja and what all of them have in common.
 */
public final class Paths {

    private static final Logger LOG = LoggerFactory.getLogger(Paths.class);
    private static final long LARGEST_BODY = 1_000_000;
    private static final int TOO_LARGE = 413;

    private final Router router;
    private final Duration latency;
    private final Recorder recorder;
    private final Answers answers;
    private final Map<String, Map<String, Consumer<Exchange>>> work = new LinkedHashMap<>();

    public Paths(Router router, Duration latency, Recorder recorder, Answers answers) {
        this.router = router;
        this.latency = latency;
        this.recorder = recorder;
        this.answers = answers;
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        router.errorHandler(TOO_LARGE, routing -> end(routing, TOO_LARGE));
        router.errorHandler(400, routing -> end(routing, 400));
    }

    /** Answers GET on a path; other methods are refused with 405.001. */
    public void get(String path, Consumer<Exchange> handler) {
        add("GET", path, handler);
    }

    /** Answers POST on a path; other methods are refused with 405.001. */
    public void post(String path, Consumer<Exchange> handler) {
        add("POST", path, handler);
    }

    /** All paths with their methods, like {@code POST /mpesa/…}, in the order in which they were added. */
    public List<String> all() {
        List<String> all = new ArrayList<>();
        work.forEach((path, methods) -> methods.keySet().forEach(method -> all.add(method + " " + path)));
        return all;
    }

    /** Everything else; to be mounted last. */
    public void mountRest() {
        router.route().handler(routing -> exchange(routing)
                .answer(answers.error(404, notFound(routing.request().path()), "Resource not found")));
    }

    /** Each family has a code of its own for a wrong path. */
    private static String notFound(String path) {
        if (path.startsWith("/mpesa/accountbalance/")) {
            return "404.002.01";
        }
        return path.startsWith("/mpesa/c2b/") || path.startsWith("/mpesa/transactionstatus/") ? "404.003.01" : "404.001.01";
    }

    private void add(String method, String path, Consumer<Exchange> handler) {
        if (!work.containsKey(path)) {
            Map<String, Consumer<Exchange>> methods = new LinkedHashMap<>();
            work.put(path, methods);
            router.route(path).handler(routing -> serve(exchange(routing), methods));
        }
        work.get(path).put(method, handler);
    }

    private void serve(Exchange exchange, Map<String, Consumer<Exchange>> methods) {
        Consumer<Exchange> handler = methods.get(exchange.method());
        if (handler == null) {
            exchange.answer(answers.error(405, "405.001", exchange.method() + " Method Not Allowed"));
        } else if (!acceptsJson(exchange.header("Accept"))) {
            exchange.answer(Answer.empty(406));
        } else {
            run(exchange, handler);
        }
    }

    private void run(Exchange exchange, Consumer<Exchange> handler) {
        try {
            handler.accept(exchange);
        } catch (Refused refused) {
            exchange.answerAfter(refused.after(), refused.answer());
        } catch (RuntimeException e) {
            LOG.error("The simulator failed", e);
            exchange.answer(answers.error(500, "500.003.1001", "Internal Server Error"));
        }
    }

    /** For what cannot be read at all, before it is a request. */
    private static void end(RoutingContext routing, int status) {
        routing.response().setStatusCode(status).end(HttpResponseStatus.valueOf(status).reasonPhrase());
    }

    private Exchange exchange(RoutingContext routing) {
        return new Exchange(routing, recorder, latency);
    }

    private static boolean acceptsJson(String accept) {
        if (accept == null || accept.isBlank()) {
            return true;
        }
        String lower = accept.toLowerCase(Locale.ROOT);
        return lower.contains("*/*") || lower.contains("application/*") || lower.contains("json");
    }
}
