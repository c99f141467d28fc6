package io.github.cameldaraja.api;

import java.util.Optional;
import java.util.Set;

/** A code at a path; an answer without it is no success, and if money was to move, nobody knows. */
final class PathCodeRule implements SuccessRule {

    private final String operation;
    private final String codePath;
    private final String textPath;
    private final Set<String> accepted;

    /** @param operation whose codes have meanings of their own; null for none */
    PathCodeRule(String operation, String codePath, String textPath, String... accepted) {
        this.operation = operation;
        this.codePath = codePath;
        this.textPath = textPath;
        this.accepted = Set.of(accepted);
    }

    @Override
    public Optional<Refusal> refusal(JsonObject answer, boolean movesMoney) {
        String code = answer.textAt(codePath);
        if (code != null && accepted.contains(code)) {
            return Optional.empty();
        }
        String text = answer.textAt(textPath);
        if (code == null) {
            return Optional.of(new Refusal(ErrorKind.UNKNOWN, null, text, "the answer has no " + codePath));
        }
        return Optional.of(Refusal.ofCode(operation, code, text));
    }
}
