package io.github.cameldaraja.api;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code ResponseCode} of acknowledgements (Daraja: "M-Pesa Express Simulate", "Business To Customer", response tables). */
final class ResponseCodeRule implements SuccessRule {

    private static final Pattern ACCEPTED = Pattern.compile("0+");
    private static final List<String> ACCEPTANCE_IDS = List.of("CheckoutRequestID", "ConversationID");

    @Override
    public Optional<Refusal> refusal(JsonObject answer, boolean movesMoney) {
        String code = answer.text("ResponseCode");
        String text = answer.text("ResponseDescription");
        if (code == null) {
            return movesMoney && ACCEPTANCE_IDS.stream().noneMatch(id -> answer.text(id) != null)
                    ? Optional.of(new Refusal(ErrorKind.UNKNOWN, null, text, "the answer has neither a ResponseCode nor an id"))
                    : Optional.empty();
        }
        if (ACCEPTED.matcher(code).matches()) {
            return Optional.empty();
        }
        return Optional.of(Refusal.ofCode(null, code, text));
    }
}
