package io.github.cameldaraja.api;

import java.util.Optional;

/** {@code rescode} 200; 409 is a refusal that says why in words (Daraja: "Bill Manager"). */
final class BillManagerRule implements SuccessRule {

    @Override
    public Optional<Refusal> refusal(JsonObject answer, boolean movesMoney) {
        String code = answer.text("rescode");
        String status = answer.text("Status_Message");
        String text = status == null ? answer.text("resmsg") : status;
        if (code == null) {
            return Optional.of(new Refusal(ErrorKind.UNKNOWN, null, text, "the answer has no rescode"));
        }
        if (code.equals("200")) {
            return Optional.empty();
        }
        return Optional.of(code.startsWith("5")
                ? new Refusal(ErrorKind.UNKNOWN, code, text, "Bill Manager failed inside")
                : new Refusal(ErrorKind.REQUEST, code, text, "nothing changed; the text says what is wrong"));
    }
}
