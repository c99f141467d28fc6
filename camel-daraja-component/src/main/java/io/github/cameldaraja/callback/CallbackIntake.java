package io.github.cameldaraja.callback;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.CapabilityPath;
import io.github.cameldaraja.api.Json;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a callback request, turns away whoever does not carry our capability before anything else is done, and answers in the
 * words that Safaricom expects. It never waits on a thread.
 */
final class CallbackIntake extends AsyncProcessorSupport {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackIntake.class);
    private final Accounts accounts;
    private final SenderAddress senders;
    private final Map<Character, CallbackHandler> handlers;
    private final AtomicLong refused = new AtomicLong();

    /**
     * @param handlers by the kind in the path
     */
    CallbackIntake(Accounts accounts, SenderAddress senders, Map<Character, CallbackHandler> handlers) {
        this.accounts = accounts;
        this.senders = senders;
        this.handlers = Map.copyOf(handlers);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
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

    private CompletableFuture<CallbackReply> receive(Message request) {
        String accountId = request.getHeader(CapabilityPath.ACCOUNT, String.class);
        String kind = request.getHeader(CapabilityPath.KIND, String.class);
        String reference = request.getHeader(CapabilityPath.REFERENCE, String.class);
        String mac = request.getHeader(CapabilityPath.MAC, String.class);
        CallbackHandler handler = kind == null || kind.length() != 1 ? null : handlers.get(kind.charAt(0));
        Account account = CapabilityPath.isPart(accountId) ? accounts.byId(accountId) : null;
        if (account == null || handler == null || !CapabilityPath.isPart(reference)
                || !account.verifies(kind.charAt(0), reference, mac)) {
            return refuse(request, 404, "it does not carry our capability");
        }
        byte[] body = request.getBody(byte[].class);
        if (body == null) {
            body = new byte[0];
        }
        if (body.length > Json.MAX_BYTES) {
            return refuse(request, 413, "it has more than " + Json.MAX_BYTES + " bytes");
        }
        String sender = senders.of(request);
        CallbackRequest callback =
                new CallbackRequest(account, kind.charAt(0), reference, sender, senders.isListed(sender), body);
        return handler.handle(callback).exceptionally(failure -> {
            LOG.error("{} could not be kept and is answered 503", callback, failure);
            return CallbackReply.unavailable();
        });
    }

    private CompletableFuture<CallbackReply> refuse(Message request, int status, String why) {
        long count = refused.incrementAndGet();
        // the internet knocks at every open port: the first ones and then every hundredth are news enough
        if (count <= 10 || count % 100 == 0) {
            LOG.warn("Callback request number {} refused: {} (from {})", count, why, senders.of(request));
        }
        return CompletableFuture.completedFuture(new CallbackReply(status, null));
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
