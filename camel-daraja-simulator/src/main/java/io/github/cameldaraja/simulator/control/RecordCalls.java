package io.github.cameldaraja.simulator.control;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.RecordedCallback;
import io.github.cameldaraja.simulator.RecordedRequest;
import io.github.cameldaraja.simulator.stk.StkCounts;
import io.github.cameldaraja.simulator.wire.CallbackSender;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Recorder;
import io.github.cameldaraja.simulator.wire.Tally;
import io.github.cameldaraja.simulator.wire.Times;
import io.github.cameldaraja.simulator.wire.TokenEndpoint;

/**
 * Shows what happened.
 */
public final class RecordCalls {

    /** Told even while they are zero. */
    private static final List<String> KNOWN = List.of(TokenEndpoint.COUNTER, StkCounts.PUSHES, StkCounts.ACCEPTED,
            StkCounts.REFUSED, StkCounts.QUERIES, CallbackSender.COUNTER);

    private final Recorder recorder;
    private final Tally counters;
    private final Json json;

    public RecordCalls(Recorder recorder, Tally counters, Json json) {
        this.recorder = recorder;
        this.counters = counters;
        this.json = json;
    }

    /** Names its calls. */
    public void mount(ControlPaths paths) {
        paths.get("/counters", call -> counters());
        paths.get("/requests", call -> requests());
        paths.get("/callbacks", call -> callbacks());
    }

    private ObjectNode counters() {
        ObjectNode view = json.object();
        for (String name : KNOWN) {
            view.put(name, 0);
        }
        counters.all().forEach(view::put);
        return view;
    }

    private ArrayNode requests() {
        ArrayNode list = json.array();
        for (RecordedRequest request : recorder.requests()) {
            ObjectNode item = list.addObject()
                    .put("at", Times.iso(request.at()))
                    .put("method", request.method())
                    .put("path", request.path())
                    .put("body", request.body())
                    .put("status", request.status())
                    .put("answer", request.answer());
            ObjectNode headers = item.putObject("headers");
            request.headers().forEach(headers::put);
        }
        return list;
    }

    private ArrayNode callbacks() {
        ArrayNode list = json.array();
        for (RecordedCallback callback : recorder.callbacks()) {
            list.addObject()
                    .put("at", Times.iso(callback.at()))
                    .put("url", callback.url())
                    .put("body", callback.body())
                    .put("status", callback.status())
                    .put("tookMillis", callback.took().toMillis());
        }
        return list;
    }
}
