package io.github.cameldaraja.management;

import io.github.cameldaraja.transaction.Settlement;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;

/** Marks in the trace of a payment when something was heard of it; nothing without OpenTelemetry, or where Camel does not trace. */
public final class PaymentSpans {

    private PaymentSpans() {
    }

    /** Of that context. */
    public static Consumer<Settlement> of(CamelContext camelContext) {
        // not even the class is loaded, without OpenTelemetry
        return camelContext.getClassResolver().resolveClass("io.opentelemetry.api.trace.Tracer") == null ? settlement -> { }
                : OpenTelemetrySpans.of(camelContext);
    }
}
