package io.github.cameldaraja.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.SimSwap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** The pages read the component's records in simple expressions by their components' names. */
class RecordsInRoutesTest {

    @Test
    void simpleReadsThem() throws Exception {
        try (SimpleCamelContext context = new SimpleCamelContext()) {
            context.build();
            Outcome outcome = Outcome.builder().status(PaymentStatus.COMPLETED).details(Map.of("TransID", "RKL51ZDR4F")).build();

            assertThat(simple(context, "${body.noRecentSwap}", new SimSwap.Answer("200", null, null, null, true, Map.of())))
                    .isEqualTo("true");
            assertThat(simple(context, "${body.status}", outcome)).isEqualTo("COMPLETED");
            assertThat(simple(context, "${body.details[TransID]}", outcome)).isEqualTo("RKL51ZDR4F");
        }
    }

    private static String simple(SimpleCamelContext context, String text, Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return context.resolveLanguage("simple").createExpression(text).evaluate(exchange, String.class);
    }
}
