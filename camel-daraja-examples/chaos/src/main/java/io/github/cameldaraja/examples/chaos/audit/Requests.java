package io.github.cameldaraja.examples.chaos.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.RecordedRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knows whose payment a reference of the component is, also of payments that it never names to anybody: each request brings the URL
 * to call back, with the reference in it, and the customer's number. Tell it of every request.
 */
public final class Requests implements Consumer<RecordedRequest>, Function<String, Optional<Integer>> {

    private static final int ANY = Integer.MAX_VALUE;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Integer> orders = new ConcurrentHashMap<>();
    // of reversals, which name no customer
    private final Map<String, String> receipts = new ConcurrentHashMap<>();
    private final Supplier<List<LedgerEntry>> payments;
    private Map<String, Integer> payers;

    /**
     * @param payments Safaricom's, asked for when the first reversal is looked up
     */
    public Requests(Supplier<List<LedgerEntry>> payments) {
        this.payments = payments;
    }

    @Override
    public void accept(RecordedRequest request) {
        if (request.body() == null || !request.body().startsWith("{")) {
            return;
        }
        JsonNode body;
        try {
            body = json.readTree(request.body());
        } catch (JsonProcessingException e) {
            return;
        }
        String reference = Words.reference(body.path("CallBackURL").asText(body.path("ResultURL").asText()));
        if (reference == null) {
            return;
        }
        OptionalInt number = Stream.of("PhoneNumber", "PartyB").map(body::path).map(JsonNode::asText)
                .map(phone -> OrderIds.ofPhone(phone, ANY)).filter(OptionalInt::isPresent).findFirst().orElse(OptionalInt.empty());
        if (number.isPresent()) {
            orders.putIfAbsent(reference, number.getAsInt());
        } else if (request.path().contains("/reversal/")) {
            receipts.putIfAbsent(reference, body.path("TransactionID").asText());
        }
    }

    @Override
    public synchronized Optional<Integer> apply(String reference) {
        Integer number = orders.get(reference);
        String receipt = receipts.get(reference);
        if (number != null || receipt == null) {
            return Optional.ofNullable(number);
        }
        if (payers == null) {
            payers = payments.get().stream().filter(entry -> OrderIds.ofPhone(entry.payerPhone(), ANY).isPresent())
                    .collect(Collectors.toMap(LedgerEntry::receipt, entry -> OrderIds.ofPhone(entry.payerPhone(), ANY).getAsInt()));
        }
        return Optional.ofNullable(payers.get(receipt));
    }
}
