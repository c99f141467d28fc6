package io.github.cameldaraja.examples.chaos.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * How often what happens, in per mille; the rest is as usual.
 *
 * @param usual what happens otherwise
 */
record Shares<T>(T usual, List<T> things, List<Integer> ends) {

    static <T> Shares<T> usually(T usual) {
        return new Shares<>(usual, List.of(), List.of());
    }

    /** One more thing that happens so often. */
    Shares<T> and(int perMille, T thing) {
        List<T> moreThings = new ArrayList<>(things);
        moreThings.add(thing);
        List<Integer> moreEnds = new ArrayList<>(ends);
        moreEnds.add(perMille + (ends.isEmpty() ? 0 : ends.get(ends.size() - 1)));
        return new Shares<>(usual, List.copyOf(moreThings), List.copyOf(moreEnds));
    }

    T at(int perMille) {
        for (int i = 0; i < ends.size(); i++) {
            if (perMille < ends.get(i)) {
                return things.get(i);
            }
        }
        return usual;
    }
}
