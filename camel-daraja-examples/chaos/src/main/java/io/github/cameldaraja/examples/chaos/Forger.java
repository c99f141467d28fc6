package io.github.cameldaraja.examples.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody who knows the form of callback URLs, and even what Safaricom has just said, but not the signature: he says "paid" of what was
 * not paid.
 */
final class Forger {

    // each third customer who has not paid tries it
    private static final int EACH = 3;

    private final HttpClient http;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong believed = new AtomicLong();

    Forger(HttpClient http) {
        this.http = http;
    }

    void hears(Wire.Callback callback) {
        if (callback.paid() || callback.number() % EACH != 0) {
            return;
        }
        String body = paid(callback);
        if (body == null) {
            return;
        }
        sent.incrementAndGet();
        HttpRequest request = HttpRequest.newBuilder(URI.create(forged(callback.sent().url()))).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenAccept(answer -> {
            if (answer.statusCode() < 300) {
                believed.incrementAndGet();
            }
        });
    }

    long sent() {
        return sent.get();
    }

    /** How many were answered as if they were Safaricom's. */
    long believed() {
        return believed.get();
    }

    // the last character of the signature is another one
    private static String forged(String url) {
        char last = url.charAt(url.length() - 1);
        return url.substring(0, url.length() - 1) + (last == '0' ? '1' : '0');
    }

    private static String paid(Wire.Callback callback) {
        JsonNode body = callback.body().deepCopy();
        String receipt = String.format("FORGED%04d", callback.number() % 10_000);
        if (body.path("Body").path("stkCallback") instanceof ObjectNode stk) {
            stk.put("ResultCode", 0).put("ResultDesc", "The service request is processed successfully.");
            stk.putObject("CallbackMetadata").putArray("Item").add(item(stk, "MpesaReceiptNumber").put("Value", receipt))
                    .add(item(stk, "Amount").put("Value", 1_000)).add(item(stk, "TransactionDate").put("Value", 20261122101500L));
            return body.toString();
        }
        if (body.path("Result") instanceof ObjectNode result) {
            result.put("ResultCode", 0).put("ResultDesc", "The service request is processed successfully.").put("TransactionID", receipt);
            return body.toString();
        }
        return null;
    }

    private static ObjectNode item(ObjectNode in, String name) {
        return in.objectNode().put("Name", name);
    }
}
