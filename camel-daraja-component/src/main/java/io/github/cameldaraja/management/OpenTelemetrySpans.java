package io.github.cameldaraja.management;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.TraceParent;
import io.github.cameldaraja.transaction.Settlement;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelTracingService;
import org.apache.camel.support.CamelContextHelper;

/**
 * Spans for what is heard of a payment: a callback comes to no route, and so Camel's tracer does not see it. Each is a child of the
 * request, and has no duration of its own.
 */
final class OpenTelemetrySpans implements Consumer<Settlement> {

    // as camel-opentelemetry2 calls itself
    private static final String SCOPE = "camel";

    private final Tracer tracer;

    private OpenTelemetrySpans(Tracer tracer) {
        this.tracer = tracer;
    }

    static Consumer<Settlement> of(CamelContext camelContext) {
        Tracer tracer = tracer(camelContext);
        return tracer == null ? settlement -> { } : new OpenTelemetrySpans(tracer);
    }

    private static Tracer tracer(CamelContext camelContext) {
        Tracer tracer = CamelContextHelper.findSingleByType(camelContext, Tracer.class);
        if (tracer != null) {
            return tracer;
        }
        OpenTelemetry telemetry = CamelContextHelper.findSingleByType(camelContext, OpenTelemetry.class);
        if (telemetry != null) {
            return telemetry.getTracer(SCOPE);
        }
        // who asks for the global one first decides that there is none
        return camelContext.hasService(CamelTracingService.class) == null ? null : GlobalOpenTelemetry.get().getTracer(SCOPE);
    }

    @Override
    public void accept(Settlement settlement) {
        Outcome outcome = settlement.outcome();
        String trace = TraceParent.of(outcome.metadata());
        if (trace == null || outcome.source() == null) {
            return;
        }
        String[] parts = trace.split("-");
        SpanContext parent = SpanContext.createFromRemoteParent(parts[1], parts[2], TraceFlags.fromHex(parts[3], 0),
                TraceState.getDefault());
        tracer.spanBuilder("daraja " + outcome.operation() + ' ' + outcome.source().name().toLowerCase(Locale.ROOT))
                .setParent(Context.root().with(Span.wrap(parent)))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("daraja.reference", outcome.reference())
                .setAttribute("daraja.account", outcome.account())
                .setAttribute("daraja.status", String.valueOf(outcome.status()))
                .setAttribute("daraja.verdict", String.valueOf(settlement.verdict()))
                .startSpan().end();
    }
}
