package io.github.cameldaraja.api;

import java.util.List;
import java.util.Optional;

/**
 * 1000, or 1001: nothing to do, nothing found (Daraja: "Pull Transaction"). The code of a registration is a
 * {@code ResponseStatus}, that of a query a {@code ResponseCode}; blanks come and go.
 */
final class PullAnswerRule implements SuccessRule {

    static final String DONE = "1000";
    static final String NOTHING = "1001";

    private final List<String> rows;

    /** @param rows the names of a list that an answer with 1000 must have; none: it needs no list */
    PullAnswerRule(String... rows) {
        this.rows = List.of(rows);
    }

    @Override
    public Optional<Refusal> refusal(JsonObject answer, boolean movesMoney) {
        String code = code(answer);
        if (code == null) {
            return Optional.of(new Refusal(ErrorKind.UNKNOWN, null, text(answer), "the answer has no code"));
        }
        if (code.equals(DONE)) {
            // a list that we cannot find must not pass for "no payments"
            return rows.isEmpty() || rows.stream().anyMatch(name -> answer.nestedObjects(name) != null) ? Optional.empty()
                    : Optional.of(new Refusal(ErrorKind.UNKNOWN, code, text(answer), "the answer has no list of transactions"));
        }
        return code.equals(NOTHING) ? Optional.empty()
                : Optional.of(Refusal.ofCode(null, code, text(answer)));
    }

    static String code(JsonObject answer) {
        String code = answer.text("ResponseCode");
        return code == null ? answer.text("ResponseStatus") : code;
    }

    static String text(JsonObject answer) {
        String text = answer.text("ResponseMessage");
        return text == null ? answer.text("ResponseDescription") : text;
    }

    static String requestId(JsonObject answer) {
        String id = answer.text("ResponseRefID");
        return id == null ? answer.text("RequestID") : id;
    }
}
