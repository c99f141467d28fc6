package io.github.cameldaraja.examples.chaos.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.examples.chaos.plan.Kind;
import io.github.cameldaraja.examples.chaos.plan.Payment;
import io.github.cameldaraja.simulator.RecordedCallback;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps what Safaricom has said about money, in words that the application has answered with 2xx. Tell it of every callback; it keeps
 * little. Reads Safaricom's messages by itself.
 */
public final class Words implements Consumer<RecordedCallback> {

    private static final Pattern REFERENCE = Pattern.compile("/d/[0-9a-f]+/[0-9a-f]/([0-9a-f]+)/[0-9a-f]+$");
    private static final String SUCCESS = "0";
    // a result that waits; the address for timeouts is told of it
    private static final String WAITING = "1";
    // the id was used before; M-Pesa failed inside and does not say what has become of the money
    private static final Pattern SAYS_NOTHING = Pattern.compile("15|17|1000000[0-9]{2}");
    private static final Set<String> FAILURES = Set.of("failed", "cancelled", "declined", "expired");

    /**
     * Something said.
     *
     * @param conversation Safaricom's id of the request whose result it is; null if it is none
     * @param question     whether it is known to be the answer to a question
     */
    private record Word(Direction direction, boolean paid, int status, Instant at, String conversation, boolean question) {
    }

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, List<Word>> words = new ConcurrentHashMap<>();
    private final Supplier<List<ResultRequest>> requests;
    private Set<String> questions;

    /**
     * @param requests those that the simulator has accepted, asked for when the first word is looked up: a question that fails looks
     *                 like a payment that fails
     */
    public Words(Supplier<List<ResultRequest>> requests) {
        this.requests = requests;
    }

    @Override
    public void accept(RecordedCallback callback) {
        if (callback.status() < 200 || callback.status() > 299) {
            return;
        }
        JsonNode body;
        try {
            body = json.readTree(callback.body());
        } catch (JsonProcessingException e) {
            return;
        }
        JsonNode push = body.path("Body").path("stkCallback");
        JsonNode result = body.path("Result");
        if (push.has("ResultCode")) {
            keep(reference(callback.url()), new Word(Direction.IN, SUCCESS.equals(push.get("ResultCode").asText()), callback.status(),
                    callback.at(), null, false));
        } else if (result.has("ResultCode")) {
            result(callback, result);
        } else if (body.has("TransID")) {
            OrderIds.ofId(body.path("BillRefNumber").asText()).ifPresent(number -> keep(Payment.id(number),
                    new Word(Direction.IN, true, callback.status(), callback.at(), null, false)));
        }
    }

    private void result(RecordedCallback callback, JsonNode result) {
        String code = result.get("ResultCode").asText();
        if (WAITING.equals(result.path("ResultType").asText()) || SAYS_NOTHING.matcher(code).matches()) {
            return;
        }
        String told = parameter(result, "TransactionStatus");
        boolean paid = told == null ? SUCCESS.equals(code) : "completed".equalsIgnoreCase(told);
        if (told == null || paid || FAILURES.contains(told.toLowerCase(Locale.ROOT))) {
            keep(reference(callback.url()), new Word(Direction.OUT, paid, callback.status(), callback.at(),
                    result.path("ConversationID").asText(), told != null));
        }
    }

    private static String parameter(JsonNode result, String name) {
        JsonNode parameters = result.path("ResultParameters").path("ResultParameter");
        for (JsonNode parameter : parameters.isArray() ? parameters : List.of(parameters)) {
            if (name.equals(parameter.path("Key").asText())) {
                return parameter.path("Value").asText();
            }
        }
        return null;
    }

    /** The reference in a callback URL of the component; null if it is none. */
    public static String reference(String url) {
        Matcher matcher = REFERENCE.matcher(url);
        return matcher.find() ? matcher.group(1) : null;
    }

    private void keep(String about, Word word) {
        if (about != null) {
            words.compute(about, (key, before) -> {
                List<Word> all = before == null ? new ArrayList<>(1) : before;
                all.add(word);
                return all;
            });
        }
    }

    /**
     * What was said about that order's money and taken.
     *
     * @param references of its payments, as they stand in callback URLs
     */
    synchronized List<Answered> about(Payment payment, Collection<String> references) {
        if (questions == null) {
            questions = requests.get().stream().filter(request -> request.api() == ResultApi.STATUS)
                    .map(ResultRequest::conversationId).collect(Collectors.toSet());
        }
        return Stream.concat(Stream.of(payment.id()), references.stream())
                .flatMap(about -> words.getOrDefault(about, List.of()).stream())
                .filter(word -> isAboutTheMoney(word, payment))
                .map(word -> new Answered(word.direction(), word.paid(), word.status(), "callback of " + word.at()))
                .toList();
    }

    private boolean isAboutTheMoney(Word word, Payment payment) {
        if (word.question()) {
            // it may be the payment that is to be given back which was asked about
            return payment.kind() != Kind.RETURN;
        }
        return word.conversation() == null || !questions.contains(word.conversation());
    }
}
