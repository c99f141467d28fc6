package io.github.cameldaraja.examples.hawtio;

import java.util.Map;
import org.apache.camel.builder.RouteBuilder;

/** Something to look at: a salary that a second person must approve. */
public class DeskRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // once; the key makes sure of it when the program is started again
        from("timer:month?repeatCount=1").routeId("month")
                .setBody(constant(Map.of("phoneNumber", "0712000001", "amount", 1500)))
                .setHeader("salary", constant("2026-11/E001"))
                .to("direct:pay");

        from("direct:pay").routeId("pay")
                .to("daraja:b2c?commandId=SalaryPayment&idempotencyKey=${header.salary}&requestedBy=payroll")
                .log("${header.CamelDarajaIdempotencyKey} is ${header.CamelDarajaStatus}");

        from("daraja:b2c").routeId("paid")
                .log("${header.CamelDarajaIdempotencyKey} is ${header.CamelDarajaStatus} ${header.CamelDarajaReceiptNumber}");
    }
}
