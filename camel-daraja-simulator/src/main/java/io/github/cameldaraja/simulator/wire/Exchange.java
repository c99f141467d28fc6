package io.github.cameldaraja.simulator.wire;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * One API request and the way to answer it, from any thread.
 */
public final class Exchange {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RoutingContext routing;
    private final Recorder recorder;
    private final Context context;
    private final Vertx vertx;
    private final Recorder.Slot slot;
    private final Duration latency;
    private final String body;

    public Exchange(RoutingContext routing, Recorder recorder, Duration latency) {
        this.routing = routing;
        this.recorder = recorder;
        this.vertx = routing.vertx();
        this.context = vertx.getOrCreateContext();
        this.latency = latency;
        String text = routing.body() == null ? null : routing.body().asString();
        this.body = text == null ? "" : text;
        HttpServerRequest request = routing.request();
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        this.slot = recorder.request(request.method().name(), request.path(), Map.copyOf(headers), body);
    }

    public String method() {
        return routing.request().method().name();
    }

    public String header(String name) {
        return routing.request().getHeader(name);
    }

    /** The part of the path that was written as {@code :name}. */
    public String pathParameter(String name) {
        return routing.pathParam(name);
    }

    /** A parameter of the query or a form. */
    public String parameter(String name) {
        return routing.request().getParam(name);
    }

    public String body() {
        return body;
    }

    public void answer(Answer answer) {
        answerAfter(Duration.ZERO, answer);
    }

    /** Answers so much later, in real time. */
    public void answerAfter(Duration wait, Answer answer) {
        long millis = wait.plus(latency).toMillis();
        if (millis > 0) {
            context.runOnContext(now -> vertx.setTimer(millis, id -> send(answer)));
        } else {
            context.runOnContext(now -> send(answer));
        }
    }

    private void send(Answer answer) {
        slot.answered(answer);
        HttpServerResponse response = routing.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (answer.status() == Answer.RESET_STATUS) {
            reset();
            return;
        }
        response.setStatusCode(answer.status());
        response.putHeader("Date", DATE.format(recorder.now()));
        if (answer.contentType() != null) {
            response.putHeader("Content-Type", answer.contentType());
        }
        response.end(answer.body());
    }

    /** A real TCP reset, not an orderly end. */
    private void reset() {
        if (routing.request().connection() instanceof ConnectionBase connection) {
            connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        routing.request().connection().close();
    }
}
