package io.github.cameldaraja.simulator.results;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a result looks like.
 *
 * @param old     whether it has the form of some years ago
 * @param edits   what is changed at last, in this order
 * @param slashes whether slashes are escaped
 * @param body    a text that replaces everything, or null
 */
public record ResultLook(boolean old, List<Consumer<ResultDraft>> edits, boolean slashes, String body) {

    public static final ResultLook USUAL = new ResultLook(false, List.of(), false, null);

    public ResultLook aged() {
        return new ResultLook(true, edits, slashes, body);
    }

    public ResultLook edited(Consumer<ResultDraft> edit) {
        List<Consumer<ResultDraft>> more = new ArrayList<>(edits);
        more.add(edit);
        return new ResultLook(old, List.copyOf(more), slashes, body);
    }

    public ResultLook escapedSlashes() {
        return new ResultLook(old, edits, true, body);
    }

    public ResultLook replacedBy(String text) {
        return new ResultLook(old, edits, slashes, text);
    }
}
