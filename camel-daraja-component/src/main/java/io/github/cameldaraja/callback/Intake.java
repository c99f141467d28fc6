package io.github.cameldaraja.callback;

import io.github.cameldaraja.api.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in the requests of one path and answers each once, in the words that Safaricom expects. It never waits on a thread. */
abstract class Intake extends AsyncProcessorSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final SenderAddress senders;
    private final Refusals refusals;
    private final AtomicLong refused = new AtomicLong();

    Intake(SenderAddress senders, Refusals refusals) {
        this.senders = senders;
        this.refusals = refusals;
    }

    /** Reads a request; the reply is known then or later. */
    abstract CompletableFuture<CallbackReply> receive(Message request);

    @Override
    public final boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<CallbackReply> reply;
        try {
            reply = receive(exchange.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A callback could not be handled", e);
            reply = CompletableFuture.completedFuture(CallbackReply.unavailable());
        }
        if (reply.isDone()) {
            answer(exchange, reply);
            callback.done(true);
            return true;
        }
        CompletableFuture<CallbackReply> later = reply;
        reply.whenComplete((code, failure) -> {
            answer(exchange, later);
            callback.done(false);
        });
        return false;
    }

    final SenderAddress senders() {
        return senders;
    }

    static byte[] body(Message request) {
        byte[] body = request.getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }

    static boolean isTooLarge(byte[] body) {
        return body.length > Json.MAX_BYTES;
    }

    final CompletableFuture<CallbackReply> refuseSize(Message request) {
        return refuse(request, 413, "it has more than " + Json.MAX_BYTES + " bytes");
    }

    final CompletableFuture<CallbackReply> refuse(Message request, int status, String why) {
        return refuse(request, new CallbackReply(status, null), why);
    }

    final CompletableFuture<CallbackReply> refuse(Message request, CallbackReply reply, String why) {
        long count = refused.incrementAndGet();
        refusals.count(why);
        // the internet knocks at every open port: the first ones and then every hundredth are news enough
        if (count <= 10 || count % 100 == 0) {
            LOG.warn("Callback request number {} refused: {} (from {})", count, why, senders.of(request));
        }
        return CompletableFuture.completedFuture(reply);
    }

    private static void answer(Exchange exchange, CompletableFuture<CallbackReply> reply) {
        CallbackReply said = reply.isCompletedExceptionally() ? CallbackReply.unavailable() : reply.join();
        Message message = exchange.getMessage();
        // what came in would otherwise go back as response headers
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, said.status());
        if (said.body() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setBody(Json.write(said.body()));
        } else {
            message.setBody(new byte[0]);
        }
    }
}
