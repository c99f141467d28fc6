package io.github.cameldaraja.examples.chaos.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.examples.chaos.plan.Payment;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * Those who order. What is not answered, or answered 5xx, is posted to the other node a moment later, again and again: that is what
 * idempotency keys are for. Who pays at his phone does so at Safaricom.
 */
public final class Client implements AutoCloseable {

    /**
     * What came of it so far.
     *
     * @param posted   requests, repeats included
     * @param ended    answered with an outcome
     * @param pending  answered without one, acknowledged or unknown
     * @param refused  4xx
     * @param repeated posted again
     * @param gaveUp   not answered in the end
     * @param paid     at a phone
     */
    public record Counts(long posted, long ended, long pending, long refused, long repeated, long gaveUp, long paid) {
    }

    private static final int TRIES = 200;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long ANSWER_MILLIS = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx;
    private final HttpClient http;
    private final DarajaSimulator safaricom;
    private final List<Integer> ports;
    private final AtomicLong posted = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong gaveUp = new AtomicLong();
    private final AtomicLong paid = new AtomicLong();
    // by order, the node that it was posted to last
    private final Map<Integer, Integer> underWay = new ConcurrentHashMap<>();
    private volatile BiConsumer<Integer, String> paying = (number, receipt) -> { };

    /**
     * @param ports where nodes take orders
     */
    public Client(Vertx vertx, DarajaSimulator safaricom, List<Integer> ports) {
        this.vertx = vertx;
        this.safaricom = safaricom;
        this.ports = List.copyOf(ports);
        http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(1_000).setConnectTimeout(2_000).setTcpNoDelay(true));
    }

    /**
     * Begins a payment, whoever does that.
     *
     * @return done, never exceptionally, when it is answered as often as it was posted: any number may be under way
     */
    public CompletableFuture<Void> begin(Payment payment) {
        return switch (payment.kind()) {
            case PUSH, PAYOUT -> post(payment);
            case PAY_BILL, RETURN -> safaricom.c2b()
                    .pay(payment.phone(), safaricom.credentials().shortCode(), payment.accountReference(), payment.amount())
                    .thenAccept(done -> {
                        if (done.paid()) {
                            paid.incrementAndGet();
                            paying.accept(payment.number(), done.receipt());
                        }
                    });
        };
    }

    /** Who is told of the order and the receipt of each payment at a phone. */
    public void onPaid(BiConsumer<Integer, String> listener) {
        paying = listener;
    }

    /** The orders that are posted and not answered. */
    public Set<Integer> underWay() {
        return Set.copyOf(underWay.keySet());
    }

    /** The number of the node that such an order was posted to last; empty if it is not under way. */
    public OptionalInt node(int order) {
        Integer node = underWay.get(order);
        return node == null ? OptionalInt.empty() : OptionalInt.of(node);
    }

    public Counts counts() {
        return new Counts(posted.get(), ended.get(), pending.get(), refused.get(), repeated.get(), gaveUp.get(), paid.get());
    }

    private CompletableFuture<Void> post(Payment payment) {
        Buffer body = json(payment);
        CompletableFuture<Void> all = post(body, payment.number(), payment.number());
        if (payment.twice()) {
            all = CompletableFuture.allOf(all, post(body, payment.number(), payment.number() + 1));
        }
        return all.whenComplete((answered, failure) -> underWay.remove(payment.number()));
    }

    private CompletableFuture<Void> post(Buffer body, int order, int node) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        post(body, order, node, 1, answered);
        return answered;
    }

    private void post(Buffer body, int order, int node, int attempt, CompletableFuture<Void> answered) {
        posted.incrementAndGet();
        underWay.put(order, node % ports.size());
        RequestOptions request = new RequestOptions().setMethod(HttpMethod.POST).setHost("127.0.0.1")
                .setPort(ports.get(node % ports.size())).setURI("/orders").setTimeout(ANSWER_MILLIS)
                .putHeader("Content-Type", "application/json");
        http.request(request).compose(call -> call.send(body)).compose(answer -> answer.body().map(answer.statusCode()))
                .recover(broken -> Future.succeededFuture(0))
                .onSuccess(status -> {
                    if (status >= 200 && status < 500) {
                        (status == 200 ? ended : status < 300 ? pending : refused).incrementAndGet();
                        answered.complete(null);
                    } else if (attempt == TRIES) {
                        gaveUp.incrementAndGet();
                        answered.complete(null);
                    } else {
                        repeated.incrementAndGet();
                        vertx.setTimer(Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt - 1, 6)),
                                later -> post(body, order, node + 1, attempt + 1, answered));
                    }
                });
    }

    private static Buffer json(Payment payment) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(payment));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
