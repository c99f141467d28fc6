package io.github.cameldaraja.examples.chaos.plan;

import java.time.Duration;

/**
 * Dice that always fall in the same way: a hash of seed, payment, edge and attempt, by the mixing function of SplitMix64.
 */
record Dice(long seed) {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** The throw for that attempt at that edge. */
    Throw cast(int payment, Edge edge, int attempt) {
        long bits = mix(seed + GOLDEN);
        bits = mix(bits ^ (payment + GOLDEN));
        bits = mix(bits ^ (edge.ordinal() + GOLDEN));
        return new Throw(mix(bits ^ (attempt + GOLDEN)));
    }

    private static long mix(long value) {
        long bits = value;
        bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        return bits ^ (bits >>> 31);
    }

    /**
     * One throw, which shows as many numbers as are wanted.
     *
     * @param bits where they come from
     */
    record Throw(long bits) {

        /** The nth number, from 0 to below the bound. */
        int below(int bound, int nth) {
            return (int) ((mix(bits + (nth + 1) * GOLDEN) >>> 1) % bound);
        }

        /** The nth number, from 0 to 999. */
        int perMille(int nth) {
            return below(1000, nth);
        }

        /** The nth number as a time from one to the other, in milliseconds. */
        Duration between(Duration shortest, Duration longest, int nth) {
            return shortest.plusMillis(below((int) longest.minus(shortest).toMillis() + 1, nth));
        }
    }
}
