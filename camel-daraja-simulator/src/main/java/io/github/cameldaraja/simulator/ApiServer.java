package io.github.cameldaraja.simulator;

import java.util.Locale;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * The paths of Daraja and what all of them have in common.
 */
final class ApiServer {

    static final String TOKEN_PATH = "/oauth/v1/generate";
    static final String PUSH_PATH = "/mpesa/stkpush/v1/processrequest";
    static final String QUERY_PATH = "/mpesa/stkpushquery/v1/query";

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final long LARGEST_BODY = 1_000_000;

    private final SimulatorSettings settings;
    private final Recorder recorder;
    private final Answers answers;

    ApiServer(SimulatorSettings settings, Recorder recorder, Answers answers) {
        this.settings = settings;
        this.recorder = recorder;
        this.answers = answers;
    }

    void mount(Router router, TokenEndpoint token, PushEndpoint push, QueryEndpoint query) {
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        endpoint(router, TOKEN_PATH, "GET", token::handle);
        endpoint(router, PUSH_PATH, "POST", push::handle);
        endpoint(router, QUERY_PATH, "POST", query::handle);
    }

    /** Everything else; to be mounted last. */
    void mountRest(Router router) {
        router.route().handler(routing -> exchange(routing)
                .answer(answers.error(404, "404.001.01", "Resource not found")));
    }

    private void endpoint(Router router, String path, String method, Consumer<Exchange> work) {
        router.route(path).handler(routing -> {
            Exchange exchange = exchange(routing);
            if (!exchange.method().equals(method)) {
                exchange.answer(answers.error(405, "405.001", exchange.method() + " Method Not Allowed"));
            } else if (!acceptsJson(exchange.header("Accept"))) {
                exchange.answer(Answer.empty(406));
            } else {
                run(exchange, work);
            }
        });
    }

    private void run(Exchange exchange, Consumer<Exchange> work) {
        try {
            work.accept(exchange);
        } catch (Refused refused) {
            exchange.answerAfter(refused.after(), refused.answer());
        } catch (RuntimeException e) {
            LOG.error("The simulator failed", e);
            exchange.answer(answers.error(500, "500.003.1001", "Internal Server Error"));
        }
    }

    private Exchange exchange(RoutingContext routing) {
        return new Exchange(routing, recorder, settings.latency());
    }

    private static boolean acceptsJson(String accept) {
        if (accept == null || accept.isBlank()) {
            return true;
        }
        String lower = accept.toLowerCase(Locale.ROOT);
        return lower.contains("*/*") || lower.contains("application/*") || lower.contains("json");
    }
}
