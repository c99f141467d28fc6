package io.github.cameldaraja.examples.paybill;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** What clerks look at: balances, and money that is nobody's yet. */
public class PaybillPages extends RouteBuilder {

    @Override
    public void configure() {
        from("rest:get:accounts").routeId("accounts")
            .bean("book", "accounts")
            .to("direct:json");

        from("rest:get:suspense").routeId("suspense")
            .bean("book", "suspense")
            .to("direct:json");

        // a person has found out whose it is
        from("rest:post:suspense/{receipt}/{account}").routeId("assign")
            .bean("book", "assign(${header.receipt}, ${header.account})")
            .filter(simple("${body} == false"))
                .setVariable("status", constant(404))
            .end()
            .to("direct:json");

        from("direct:answer").routeId("answer")
            .setVariable("status", simple("${body.httpStatus}"))
            .to("direct:json");

        from("direct:json").routeId("json")
            // what came in would otherwise go back as response headers
            .removeHeaders("*")
            .setHeader(Exchange.HTTP_RESPONSE_CODE, variable("status"))
            .marshal().json(JsonLibrary.Jackson)
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));
    }
}
