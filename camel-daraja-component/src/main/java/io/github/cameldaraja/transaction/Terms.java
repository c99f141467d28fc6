package io.github.cameldaraja.transaction;

import java.util.Collection;
import java.util.List;

/**
 * What a payment must keep among all others that are stored; decided in the very step that stores it, so that of two that come at
 * once, on whatever nodes, the second one sees the first.
 *
 * @param lines in which it stands
 */
public record Terms(List<Line> lines) {

    /** Nothing. */
    public static final Terms NONE = new Terms(List.of());

    public Terms {
        lines = lines.stream().sorted().toList();
    }

    /** In these lines. */
    public static Terms of(Collection<Line> lines) {
        return lines.isEmpty() ? NONE : new Terms(List.copyOf(lines));
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
