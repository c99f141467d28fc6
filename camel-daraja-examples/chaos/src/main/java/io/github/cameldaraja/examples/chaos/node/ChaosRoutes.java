package io.github.cameldaraja.examples.chaos.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.B2Pochi;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Reversal;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.examples.chaos.plan.Kind;
import io.github.cameldaraja.examples.chaos.plan.Payment;
import io.github.cameldaraja.examples.chaos.plan.Product;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ChoiceDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application: orders come by HTTP, outcomes are booked, and what is to go back is sent back. */
final class ChaosRoutes extends RouteBuilder {

    /** Which endpoint an order goes to. */
    private record Way(Kind kind, Product product, String uri) {

        boolean fits(Payment order, boolean waiting) {
            return order.kind() == kind && order.product() == product && order.waits() == waiting;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ChaosRoutes.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "idempotencyKey=${exchangeProperty.key}";
    private static final String WAIT = "&awaitOutcome=true&outcomeTimeout=90s";
    private static final List<Way> WAYS = List.of(
            new Way(Kind.PUSH, null, "daraja:stkPush?" + KEY),
            new Way(Kind.PAYOUT, Product.V3, "daraja:b2c?" + KEY),
            new Way(Kind.PAYOUT, Product.V1, "daraja:b2c?" + KEY + "&version=v1"),
            new Way(Kind.PAYOUT, Product.POCHI, "daraja:b2pochi?" + KEY));
    private static final String ORDER = "order";
    private static final String RETURN = "return";
    // an outcome that is told in a transaction, but was booked by an exchange that has died since, is no error
    private static final Map<String, String> WAITS = Map.of("waits", "true");

    private final NodeSettings settings;
    private final Booking booking;
    private final Returns returns;

    ChaosRoutes(NodeSettings settings, Booking booking, Returns returns) {
        this.settings = settings;
        this.booking = booking;
        this.returns = returns;
    }

    @Override
    public void configure() {
        orders();
        outcomes();
        returns();
    }

    private void orders() {
        ChoiceDefinition ways = from("netty-http:http://127.0.0.1:" + settings.ordersPort() + "/orders?httpMethodRestrict=POST")
                .routeId("orders")
                .onException(Exception.class).handled(true).process(this::refuse).end()
                .process(ChaosRoutes::read)
                .choice();
        for (Way way : WAYS) {
            ways.when(exchange -> way.fits(order(exchange), false)).to(way.uri());
            ways.when(exchange -> way.fits(order(exchange), true)).to(way.uri() + WAIT);
        }
        ways.otherwise().throwException(new IllegalArgumentException("a customer begins that himself")).end()
                .process(this::answer);
    }

    private void outcomes() {
        from("daraja:stkPush?transacted=true").routeId("pushes").process(exchange -> {
            Outcome outcome = outcome(exchange);
            if (outcome.metadata().equals(WAITS)) {
                booking.heard(outcome, Booking.Direction.IN);
            } else {
                booking.heardOnce(outcome, Booking.Direction.IN);
            }
        });
        from("daraja:b2c").routeId("payouts").process(this::paidOut);
        from("daraja:b2pochi").routeId("pochi").process(this::paidOut);
        from("daraja:reversal").routeId("reversals").process(this::paidOut);
        from("daraja:c2bConfirmation").routeId("confirmations").process(exchange -> booking.arrived(outcome(exchange)));
        from("daraja:pullTransactions?lag=1m&overlap=1m&delay={{chaos.pull}}").routeId("statement")
                .process(exchange -> booking.arrived(outcome(exchange)));
        from("daraja:alerts").routeId("alerts").process(exchange -> booking.heard(exchange.getMessage().getBody(Alert.class)));
    }

    private void returns() {
        from("timer:returns?period=200&includeMetadata=false").routeId("returns")
                .onException(Exception.class).handled(true).process(ChaosRoutes::putOff).end()
                .process(exchange -> exchange.getMessage().setBody(returns.take()))
                .split(body()).parallelProcessing().to("direct:return");
        from("direct:return").routeId("return")
                .onException(Exception.class).handled(true).process(ChaosRoutes::putOff).end()
                .process(ChaosRoutes::readReturn)
                .to("daraja:reversal?" + KEY)
                .process(exchange -> returns.done(exchange.getProperty(RETURN, Returns.Return.class)));
    }

    private static void read(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        Payment order = JSON.readValue(message.getBody(byte[].class), Payment.class);
        exchange.setProperty(ORDER, order);
        exchange.setProperty("key", order.id());
        message.removeHeaders("*");
        message.setBody(request(order));
        if (order.waits()) {
            message.setHeader(DarajaConstants.METADATA, WAITS);
        }
    }

    private static Object request(Payment order) {
        if (order.kind() == Kind.PUSH) {
            return new StkPush.Request(order.phone(), order.amount(), order.accountReference());
        }
        return order.product() == Product.POCHI ? new B2Pochi.Request(order.phone(), order.amount())
                : new B2c.Request(order.phone(), order.amount());
    }

    private void answer(Exchange exchange) {
        Payment order = order(exchange);
        Message message = exchange.getMessage();
        String status = message.getHeader(DarajaConstants.STATUS, String.class);
        Outcome outcome = message.getBody() instanceof Outcome told && told.status().isFinal() ? told : null;
        if (outcome != null && order.waits()) {
            booking.waited(outcome, order.kind() == Kind.PUSH ? Booking.Direction.IN : Booking.Direction.OUT);
        } else {
            booking.answered(order.id(), message.getHeader(DarajaConstants.REFERENCE, String.class), status);
        }
        reply(message, outcome == null ? 202 : 200, status);
    }

    // 503 says: nothing was sent, or nobody knows here; the same order again does no harm
    private void refuse(Exchange exchange) {
        Exception why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Message message = exchange.getMessage();
        String answer = why.getClass().getSimpleName();
        LOG.warn("{}: {}", exchange.getProperty("key"), why.toString());
        Payment order = order(exchange);
        if (order == null) {
            reply(message, 400, answer);
            return;
        }
        int status = why instanceof DarajaOutcomeUnknownException ? 202 : why instanceof DarajaRequestException ? 422 : 503;
        try {
            booking.answered(order.id(), message.getHeader(DarajaConstants.REFERENCE, String.class), answer);
        } catch (RuntimeException e) {
            // what is answered must be known here as well
            status = 503;
        }
        reply(message, status, answer);
    }

    private static void reply(Message message, int status, String text) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain");
        message.setBody(text == null ? "" : text);
    }

    private void paidOut(Exchange exchange) {
        booking.heard(outcome(exchange), Booking.Direction.OUT);
    }

    private static void readReturn(Exchange exchange) {
        Returns.Return back = exchange.getMessage().getBody(Returns.Return.class);
        exchange.setProperty(RETURN, back);
        exchange.setProperty("key", back.key());
        exchange.getMessage().setBody(new Reversal.Request(back.receipt(), back.amount().longValueExact()));
    }

    // it is taken again by itself
    private static void putOff(Exchange exchange) {
        LOG.warn("Return {}: {}", exchange.getProperty("key"), String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
    }

    private static Payment order(Exchange exchange) {
        return exchange.getProperty(ORDER, Payment.class);
    }

    private static Outcome outcome(Exchange exchange) {
        return exchange.getMessage().getBody(Outcome.class);
    }
}
