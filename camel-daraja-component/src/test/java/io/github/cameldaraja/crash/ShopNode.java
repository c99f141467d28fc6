package io.github.cameldaraja.crash;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.DarajaComponent;
import io.github.cameldaraja.api.StkPush;
import java.time.Duration;
import java.time.Instant;
import java.util.Scanner;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A process of a shop that has several: its exchanges wait for their payments, and what comes for nobody else it takes. Orders:
 * {@code push 10 20} begins the payments 10 to 29, without waiting for their outcomes; {@code register} at Pull.
 */
final class ShopNode {

    private ShopNode() {
    }

    /**
     * @param args its name, URL of the database, URL of Safaricom, port for callbacks, URL that Safaricom calls back, directory of
     *             the spool, moment from which the clock runs fast, how fast, whether it pulls ("pull")
     */
    public static void main(String[] args) throws Exception {
        HikariDataSource connections = new HikariDataSource();
        connections.setJdbcUrl(args[1]);
        connections.setMaximumPoolSize(12);
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        DarajaComponent component = ChildNode.component(args[2], Integer.parseInt(args[3]),
                new FastClock(Instant.parse(args[6]), Integer.parseInt(args[7])), connections);
        component.getConfiguration().setCallbackBaseUrl(args[4]);
        component.getConfiguration().setQuerySpacing(ThreeNodes.QUERY_SPACING);
        component.setSpoolDirectory(args[5]);
        component.setAskWhenLate(true);
        component.setConnectTimeout(Duration.ofSeconds(1));
        component.setResponseTimeout(Duration.ofSeconds(5));
        context.addComponent("daraja", component);
        context.getCamelContextExtension().setName("shop");
        QuartzComponent quartz = new QuartzComponent();
        quartz.setProperties(Quartz.clustered(args[1]));
        context.addComponent("quartz", quartz);
        context.addRoutes(routes(args[0], connections));
        if (args[8].equals("pull")) {
            context.addRoutes(statement(args[0], connections));
        }
        context.start();
        System.out.println("started");

        ProducerTemplate template = context.createProducerTemplate();
        Scanner lines = new Scanner(System.in);
        while (lines.hasNextLine()) {
            String[] line = lines.nextLine().split(" ");
            switch (line[0]) {
                case "register" -> ChildNode.check(template.request("daraja:pullRegister?phoneNumber=0722000009", exchange -> { }));
                case "push" -> push(template, Integer.parseInt(line[1]), Integer.parseInt(line[2]));
                default -> throw new IllegalArgumentException(line[0]);
            }
            System.out.println(line[0]);
        }
        Runtime.getRuntime().halt(0);
    }

    private static RouteBuilder routes(String name, DataSource connections) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:push").to("daraja:stkPush?idempotencyKey=${header.key}&awaitOutcome=true&outcomeTimeout=1h")
                        .process(exchange -> CashBook.book(connections, name, "exchange", exchange.getMessage()));
                from("daraja:stkPush").process(exchange -> CashBook.book(connections, name, "from", exchange.getMessage()));
            }
        };
    }

    // together with the others, so that Quartz lets one of them look at a time
    private static RouteBuilder statement(String name, DataSource connections) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:pullTransactions?lag=30s&scheduler=quartz&scheduler.cron=0/2+*+*+*+*+?").routeId("statement")
                        .process(exchange -> CashBook.book(connections, name, "statement", exchange.getMessage()));
            }
        };
    }

    private static void push(ProducerTemplate template, int from, int count) {
        for (int i = from; i < from + count; i++) {
            StkPush.Request push = ThreeNodes.payment(i);
            String key = "order-" + i;
            template.asyncSend("direct:push", exchange -> {
                exchange.getMessage().setBody(push);
                exchange.getMessage().setHeader("key", key);
            });
        }
    }
}
