package io.github.cameldaraja.suite;

import io.github.cameldaraja.api.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;

/** The routes of {@link PaymentSuite}, which remember what they are told. */
public class SuiteRoutes extends RouteBuilder {

    private final List<Outcome> told = new CopyOnWriteArrayList<>();

    @Override
    public void configure() {
        from("direct:push").to("daraja:stkPush?account=shop&idempotencyKey=${header.key}");
        from("direct:checkout").to("daraja:stkPush?account=shop&idempotencyKey=${header.key}&awaitOutcome=true");
        from("direct:payout").to("daraja:b2c?account=shop&commandId=BusinessPayment&idempotencyKey=${header.key}");
        from("direct:register").setBody(constant(null)).to("daraja:c2bRegister?account=shop&responseType=Completed");
        for (String operation : List.of("stkPush", "b2c", "c2bConfirmation")) {
            from("daraja:" + operation + "?account=shop").process(exchange -> told.add(exchange.getMessage().getBody(Outcome.class)));
        }
    }

    /** What the consumers were told, in order. */
    public List<Outcome> told() {
        return told;
    }
}
