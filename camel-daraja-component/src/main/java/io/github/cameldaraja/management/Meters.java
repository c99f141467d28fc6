package io.github.cameldaraja.management;

import io.github.cameldaraja.gateway.GatewayWatcher;
import io.github.cameldaraja.transaction.Settlement;
import java.time.Duration;
import org.apache.camel.CamelContext;

/** What is measured; nothing without Micrometer, or without a registry of meters. */
public interface Meters extends GatewayWatcher {

    /** What measures nothing, and costs nothing. */
    Meters NONE = new Meters() {
        @Override
        public void settled(Settlement settlement) {
            // nobody wants to know
        }

        @Override
        public void answered(String operation, String account, Duration time, Throwable failure) {
            // nobody wants to know
        }

        @Override
        public void tick() {
            // nobody wants to know
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    /** Something has passed the door. */
    void settled(Settlement settlement);

    /** Looks into the store now and then; returns at once. */
    void tick();

    /** Takes the meters out of their registry. */
    void close();

    /** Those of that context. */
    static Meters of(CamelContext camelContext, Watched sources) {
        // not even the class is loaded, without Micrometer
        return camelContext.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") == null ? NONE
                : DarajaMeters.of(camelContext, sources);
    }
}
