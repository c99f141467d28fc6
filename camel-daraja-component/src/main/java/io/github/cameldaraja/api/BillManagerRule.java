package io.github.cameldaraja.api;

import java.util.Optional;

/** {@code rescode} 200; 409 is a refusal that says why in words (Daraja: "Bill Manager"). */
final class BillManagerRule implements SuccessRule {

    private final String operation;

    BillManagerRule(String operation) {
        this.operation = operation;
    }

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
        return Optional.of(Refusal.ofCode(operation, code, text));
    }
}
