package io.github.cameldaraja.examples.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cameldaraja.examples.chaos.audit.Words;
import io.github.cameldaraja.examples.chaos.plan.Payment;
import io.github.cameldaraja.simulator.RecordedCallback;
import io.github.cameldaraja.simulator.RecordedRequest;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What went between Safaricom and the application, order by order. It sees the wire only: nothing of what the application thinks. */
final class Wire {

    /** A callback about an order, as it was answered. */
    record Callback(int number, RecordedCallback sent, JsonNode body, boolean paid) {
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d.M. HH:mm:ss.SSS").withZone(ZoneId.of("Africa/Nairobi"));
    private static final Pattern ACCOUNT_REFERENCE = Pattern.compile("[CR](\\d{7})");
    private static final int MOST_LINES = 60;

    private final Map<String, Integer> references = new ConcurrentHashMap<>();
    private final Map<String, Integer> receipts = new ConcurrentHashMap<>();
    private final List<List<String>> lines;
    private final AtomicIntegerArray received;
    private final AtomicIntegerArray unheard;
    private final Consumer<Callback> listener;

    /**
     * @param listener is told of each callback about a push or a payout, on the simulator's thread
     */
    Wire(int payments, Consumer<Callback> listener) {
        this.listener = listener;
        received = new AtomicIntegerArray(payments);
        unheard = new AtomicIntegerArray(payments);
        lines = new ArrayList<>(payments);
        for (int i = 0; i < payments; i++) {
            lines.add(new ArrayList<>(0));
        }
    }

    /** The money of that receipt is that order's. */
    void paid(String receipt, int number) {
        receipts.put(receipt, number);
    }

    void request(RecordedRequest request) {
        JsonNode body = json(request.body());
        Integer number = asked(body);
        String reference = Words.reference(body.path("CallBackURL").asText(body.path("ResultURL").asText()));
        if (number == null) {
            // a question about a payment that was asked for before
            return;
        }
        boolean money = request.path().contains("/stkpush/") || request.path().contains("/b2c/") || request.path().contains("/b2pochi/")
                || request.path().contains("/reversal/");
        // who has no token is not asked what he wants
        if (money && !request.answer().contains("Invalid Access Token")) {
            received.incrementAndGet(number);
            if (reference != null) {
                references.put(reference, number);
            }
        }
        line(number, TIME.format(request.at()) + " received " + request.path() + ", answered " + request.status() + ' '
                + text(request.answer()));
    }

    void callback(RecordedCallback callback) {
        JsonNode body = json(callback.body());
        String about = Words.reference(callback.url());
        Integer number = about == null ? null : references.get(about);
        Matcher reference = ACCOUNT_REFERENCE.matcher(body.path("BillRefNumber").asText());
        if (number != null) {
            JsonNode result = body.path("Body").has("stkCallback") ? body.path("Body").path("stkCallback") : body.path("Result");
            boolean paid = "0".equals(result.path("ResultCode").asText());
            if (callback.status() < 0) {
                unheard.incrementAndGet(number);
            }
            listener.accept(new Callback(number, callback, body, paid));
            line(number, told(callback));
        } else if (reference.matches()) {
            line(Integer.parseInt(reference.group(1)), told(callback));
        }
    }

    /** How many pushes, payouts and reversals of that order have arrived. */
    int received(int number) {
        return received.get(number);
    }

    /** Whether a request for the payment with that reference has arrived. */
    boolean isSent(String reference) {
        return references.containsKey(reference);
    }

    /** Whether the connection broke under a callback of that order: who should have heard it was dead, or died meanwhile. */
    boolean isUnheard(int number) {
        return unheard.get(number) > 0;
    }

    /** What went to and fro for that order, one line each. */
    List<String> lines(int number) {
        return List.copyOf(lines.get(number));
    }

    private Integer asked(JsonNode body) {
        for (String field : List.of("PhoneNumber", "PartyB", "ReceiverParty", "PartyA")) {
            Integer number = number(body.path(field).asLong());
            if (number != null) {
                return number;
            }
        }
        return receipts.get(body.path("TransactionID").asText());
    }

    private Integer number(long phone) {
        long number = phone - Long.parseLong(Payment.phone(0));
        return number >= 0 && number < lines.size() ? (int) number : null;
    }

    private void line(int number, String line) {
        List<String> all = lines.get(number);
        synchronized (all) {
            if (all.size() < MOST_LINES) {
                all.add(line);
            }
        }
    }

    private static String told(RecordedCallback callback) {
        return TIME.format(callback.at()) + " told " + text(callback.body()) + ", answered " + callback.status();
    }

    private static String text(String body) {
        String line = body == null ? "" : body.replaceAll("\\s+", " ");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    private static JsonNode json(String body) {
        try {
            return body == null || body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
