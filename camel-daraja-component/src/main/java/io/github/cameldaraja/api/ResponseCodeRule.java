package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.ErrorKind.REQUEST;
import static io.github.cameldaraja.api.ErrorKind.THROTTLED;
import static io.github.cameldaraja.api.ErrorKind.UNKNOWN;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code ResponseCode} of acknowledgements (Daraja: "M-Pesa Express Simulate", "Business To Customer", response tables). */
final class ResponseCodeRule implements SuccessRule {

    private static final Pattern ACCEPTED = Pattern.compile("0+");
    private static final List<String> ACCEPTANCE_IDS = List.of("CheckoutRequestID", "ConversationID");

    private static final Map<String, Meaning> CODES = new HashMap<>();

    static {
        code("17", UNKNOWN, "M-Pesa failed inside");
        code("26", THROTTLED, "M-Pesa is busy; try again later");
        code("100000000", UNKNOWN, "taken, but not yet accepted");
        code("100000001", THROTTLED, "M-Pesa is overloaded; try again later");
        code("100000002", THROTTLED, "too many requests; try again later");
        code("100000004", UNKNOWN, "M-Pesa timed out inside");
        code("100000007", UNKNOWN, "M-Pesa lost a connection inside");
        code("100000009", UNKNOWN, "M-Pesa failed inside");
        code("100000011", THROTTLED, "M-Pesa is not available; try again later");
        code("100000100", UNKNOWN, "M-Pesa names no reason");
    }

    @Override
    public Optional<Refusal> refusal(JsonObject answer, boolean movesMoney) {
        String code = answer.text("ResponseCode");
        String text = answer.text("ResponseDescription");
        if (code == null) {
            return movesMoney && ACCEPTANCE_IDS.stream().noneMatch(id -> answer.text(id) != null)
                    ? Optional.of(new Refusal(UNKNOWN, null, text, "the answer has neither a ResponseCode nor an id"))
                    : Optional.empty();
        }
        if (ACCEPTED.matcher(code).matches()) {
            return Optional.empty();
        }
        Meaning meaning = CODES.getOrDefault(code, new Meaning(REQUEST, "not accepted; correct the request, or see the code"));
        return Optional.of(new Refusal(meaning.kind, code, text, meaning.advice));
    }

    private static void code(String code, ErrorKind kind, String advice) {
        CODES.put(code, new Meaning(kind, advice));
    }

    private record Meaning(ErrorKind kind, String advice) {
    }
}
