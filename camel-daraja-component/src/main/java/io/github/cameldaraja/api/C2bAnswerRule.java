package io.github.cameldaraja.api;

import java.util.Locale;
import java.util.Optional;

/** {@code ResponseCode} 0; old answers have no code at all and say it in words (Daraja: "Customer To Business", v1). */
final class C2bAnswerRule implements SuccessRule {

    @Override
    public Optional<Refusal> refusal(JsonObject answer, boolean movesMoney) {
        if (answer.has("ResponseCode")) {
            return RESPONSE_CODE.refusal(answer, movesMoney);
        }
        String text = answer.text("ResponseDescription");
        String words = text == null ? "" : text.trim().toLowerCase(Locale.ROOT);
        return words.startsWith("success") || words.startsWith("accept") ? Optional.empty()
                : Optional.of(new Refusal(ErrorKind.UNKNOWN, null, text, "the answer has no ResponseCode"));
    }
}
