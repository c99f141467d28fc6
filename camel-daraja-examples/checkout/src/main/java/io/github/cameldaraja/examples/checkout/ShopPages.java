package io.github.cameldaraja.examples.checkout;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** What people look at: a page to buy something, and the list of all orders. */
public class ShopPages extends RouteBuilder {

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    public void configure() {
        from("rest:get:/").routeId("page")
            .removeHeaders("*")
            .setHeader(Exchange.CONTENT_TYPE, constant("text/html;charset=UTF-8"))
            .setHeader("Content-Security-Policy", constant(POLICY))
            .setBody(constant("resource:classpath:shop.html"));

        // where a simulated customer answers the prompt
        from("rest:get:handset").routeId("handset")
            .removeHeaders("*")
            .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(302))
            .setHeader("Location", constant("{{shop.handset}}"))
            .setBody(constant(""));

        from("rest:get:orders").routeId("orders")
            .removeHeaders("*")
            .bean("orders", "all")
            .marshal().json(JsonLibrary.Jackson)
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));
    }
}
