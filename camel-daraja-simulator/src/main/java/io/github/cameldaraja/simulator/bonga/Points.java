package io.github.cameldaraja.simulator.bonga;

import java.util.HashMap;
import java.util.Map;

/**
 * Who has how many points.
 */
final class Points {

    private final long usual;
    private final Map<String, Long> points = new HashMap<>();

    /** With so many for everybody who was given no others. */
    Points(long usual) {
        this.usual = usual;
    }

    synchronized long of(String phone) {
        return points.getOrDefault(phone, usual);
    }

    synchronized void set(String phone, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative points: " + value);
        }
        points.put(phone, value);
    }

    /** Takes points, all or none. */
    synchronized boolean take(String phone, long value) {
        long left = of(phone) - value;
        if (left < 0) {
            return false;
        }
        points.put(phone, left);
        return true;
    }

    synchronized void giveBack(String phone, long value) {
        points.put(phone, of(phone) + value);
    }

    synchronized void reset() {
        points.clear();
    }
}
