package io.github.cameldaraja.simulator.wire;

import java.util.NoSuchElementException;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The simulator's own calls under {@code /simulator}, JSON in and JSON out.
 *
 * <p>A handler that throws {@link IllegalArgumentException} refuses with HTTP 400, {@link NoSuchElementException} with
 * 404 and {@link IllegalStateException} with 409.
 */
public final class ControlPaths {

    private static final String BASE = "/simulator";

    private final Router router;
    private final Json json;

    public ControlPaths(Router router, Json json) {
        this.router = router;
        this.json = json;
    }

    /** Shows something; the path follows {@code /simulator} and may have parts like {@code :id}. */
    public void get(String path, Function<Call, ? extends JsonNode> view) {
        router.get(BASE + path).handler(routing -> run(routing, call -> Future.succeededFuture(view.apply(call))));
    }

    /** Does something and shows what came of it. */
    public void post(String path, Function<Call, ? extends JsonNode> action) {
        router.post(BASE + path).handler(routing -> run(routing, call -> Future.succeededFuture(action.apply(call))));
    }

    /** Does something that takes a while. */
    public void postLater(String path, Function<Call, Future<? extends JsonNode>> action) {
        router.post(BASE + path).handler(routing -> run(routing, action));
    }

    /** The answer of calls that have nothing to show. */
    public ObjectNode done() {
        return json.object().put("done", true);
    }

    private void run(RoutingContext routing, Function<Call, Future<? extends JsonNode>> action) {
        String text = routing.body().asString();
        ObjectNode body = text == null || text.isBlank() ? json.object() : json.readObject(text);
        if (body == null) {
            answer(routing, 400, json.object().put("error", "the body is not a JSON object"));
            return;
        }
        try {
            action.apply(new Call(body, routing.pathParams()))
                    .onSuccess(view -> answer(routing, 200, view))
                    .onFailure(failure -> refuse(routing, failure));
        } catch (RuntimeException e) {
            refuse(routing, e);
        }
    }

    private void refuse(RoutingContext routing, Throwable failure) {
        int status = failure instanceof NoSuchElementException ? 404
                : failure instanceof IllegalArgumentException ? 400
                : failure instanceof IllegalStateException ? 409 : 500;
        answer(routing, status, json.object().put("error", failure.getMessage()));
    }

    private void answer(RoutingContext routing, int status, JsonNode body) {
        routing.response().setStatusCode(status).putHeader("Content-Type", "application/json").end(json.write(body));
    }
}
