package io.github.cameldaraja.examples.quarkus;

import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.InvalidFieldException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** A checkout: the customer is asked to pay, and the answer says how it ended. */
public class CheckoutRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("netty-http:http://127.0.0.1:{{shop.port}}/checkout?httpMethodRestrict=POST").routeId("checkout")
            // nothing was sent, and the same will not be sent another time
            .onException(InvalidFieldException.class, DarajaRequestException.class).handled(true)
                .removeHeaders("*")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(400))
                .setBody(exceptionMessage())
            .end()
            // nothing was sent, or nobody knows: the same key pays once however often it is sent
            .onException(Exception.class).handled(true)
                .log("Not now: ${exception.message}")
                .removeHeaders("*")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(503))
                .setBody(constant("not now; send the same again, with the same Idempotency-Key"))
            .end()
            // waits for the customer without holding a thread
            .to("daraja:stkPush?account=shop&awaitOutcome=true&idempotencyKey=${header.Idempotency-Key}")
            // what came in would otherwise go back as response headers
            .removeHeaders("*")
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
            .convertBodyTo(String.class);

        // what no request waits for: late, corrected, or with the receipt at last. A shop books here what it has not booked above
        from("daraja:stkPush?account=shop").routeId("late-outcomes")
            .log("${header.CamelDarajaReference} is ${header.CamelDarajaStatus}: ${header.CamelDarajaReceiptNumber}");
    }
}
