package io.github.cameldaraja.simulator;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The simulator's own API under {@code /simulator}, for tests in other languages than Java.
 */
final class ControlApi {

    private static final String BASE = "/simulator";
    private static final String ID = "id";
    private static final String PHONE = "phone";
    private static final String ONCE = "once";
    private static final Set<String> NOT_SCRIPT = Set.of(PHONE, ONCE);

    private final DarajaSimulator simulator;
    private final Json json;
    private final Views views;
    private final long defaultBalance;
    private final ScriptJson scripts = new ScriptJson();

    ControlApi(DarajaSimulator simulator, Json json, long defaultBalance) {
        this.simulator = simulator;
        this.defaultBalance = defaultBalance;
        this.json = json;
        this.views = new Views(simulator, json);
    }

    void mount(Router router) {
        get(router, "/books", views::books);
        get(router, "/counters", views::counters);
        get(router, "/requests", views::requests);
        get(router, "/callbacks", views::callbacks);
        get(router, "/customers", views::customers);
        get(router, "/prompts", views::prompts);
        get(router, "/clock", views::clock);
        post(router, "/customers", this::addCustomer);
        post(router, "/faults", this::fault);
        post(router, "/reset", body -> {
            simulator.reset();
            return done();
        });
        post(router, "/tokens/revoke", body -> {
            simulator.revokeTokens();
            return done();
        });
        post(router, "/clock/advance", body -> {
            simulator.clock().advance(ScriptJson.seconds(body.path("seconds")));
            return views.clock();
        });
        post(router, "/clock/freeze", body -> {
            simulator.clock().freeze();
            return views.clock();
        });
        post(router, "/clock/resume", body -> {
            simulator.clock().resume();
            return views.clock();
        });
        router.post(BASE + "/callbacks/:id/resend").handler(this::resend);
        router.post(BASE + "/prompts/:id/pin").handler(routing -> onPrompt(routing,
                body -> simulator.handset().enterPin(routing.pathParam(ID), body.path("pin").asText())));
        router.post(BASE + "/prompts/:id/cancel").handler(routing -> onPrompt(routing,
                body -> simulator.handset().cancel(routing.pathParam(ID))));
    }

    private ObjectNode addCustomer(ObjectNode body) {
        long balance = body.path("balance").asLong(defaultBalance);
        return views.customer(simulator.customers().add(
                body.path(PHONE).asText(), balance, body.path("pin").asText(Customers.DEFAULT_PIN)));
    }

    private ObjectNode fault(ObjectNode body) {
        Faults faults = simulator.faults();
        if (body.has("query")) {
            faults.nextQuery(QueryFault.valueOf(name(body, "query")));
        } else if (body.has("token")) {
            faults.nextToken(TokenFault.valueOf(name(body, "token")));
        } else if (body.has("spuriousQueries")) {
            faults.spuriousQueries(body.path("spuriousQueries").asInt());
        } else {
            Script script = scripts.read(body, NOT_SCRIPT);
            String phone = body.path(PHONE).asText("");
            if (phone.isEmpty()) {
                faults.nextPush(script);
            } else if (body.path(ONCE).asBoolean()) {
                faults.forPhoneOnce(phone, script);
            } else {
                faults.forPhone(phone, script);
            }
        }
        return done();
    }

    private void resend(RoutingContext routing) {
        simulator.resend(routing.pathParam(ID)).whenComplete((status, failure) -> {
            if (failure == null) {
                answer(routing, 200, json.object().put("status", status));
            } else {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                int code = cause instanceof IllegalStateException ? 409 : 404;
                answer(routing, code, json.object().put("error", cause.getMessage()));
            }
        });
    }

    private void onPrompt(RoutingContext routing, Consumer<ObjectNode> action) {
        run(routing, body -> {
            action.accept(body);
            return done();
        });
    }

    private void get(Router router, String path, Supplier<JsonNode> view) {
        router.get(BASE + path).handler(routing -> answer(routing, 200, view.get()));
    }

    private void post(Router router, String path, Function<ObjectNode, JsonNode> action) {
        router.post(BASE + path).handler(routing -> run(routing, action));
    }

    private void run(RoutingContext routing, Function<ObjectNode, JsonNode> action) {
        String text = routing.body().asString();
        ObjectNode body = text == null || text.isBlank() ? json.object() : json.readObject(text);
        if (body == null) {
            answer(routing, 400, json.object().put("error", "the body is not a JSON object"));
            return;
        }
        try {
            answer(routing, 200, action.apply(body));
        } catch (IllegalArgumentException e) {
            answer(routing, 400, json.object().put("error", e.getMessage()));
        }
    }

    private void answer(RoutingContext routing, int status, JsonNode body) {
        routing.response().setStatusCode(status).putHeader("Content-Type", "application/json").end(json.write(body));
    }

    private ObjectNode done() {
        return json.object().put("done", true);
    }

    private static String name(ObjectNode body, String field) {
        return body.path(field).asText().toUpperCase(Locale.ROOT);
    }
}
