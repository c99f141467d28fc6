package io.github.cameldaraja.examples.chaos;

import java.util.Random;

/**
 * How long and how hard a run is.
 *
 * @param seed          of the plan
 * @param kills         of nodes
 * @param databaseKills of the database
 * @param stalls        how often the database stands still
 * @param atOnce        how many orders are under way
 * @param speed         how many times as fast as real time the time of this run is while orders come
 * @param without       the guard that is taken away; empty for none
 */
record Settings(int payments, long seed, int kills, int databaseKills, int stalls, int atOnce, int speed, String without) {

    private static final int PAYMENTS = 3_000;
    private static final int PAYMENTS_PER_KILL = 2_000;
    private static final int PAYMENTS_PER_DATABASE_KILL = 5_000;
    private static final int PAYMENTS_PER_STALL = 10_000;
    private static final int FEWEST_KILLS = 12;
    private static final int FEWEST_DATABASE_KILLS = 3;
    private static final int FEWEST_STALLS = 2;
    private static final int AT_ONCE = 64;
    private static final int SPEED = 8;

    /** From system properties; those that are not set depend on how many payments there are, and the seed is new each time. */
    static Settings fromSystem() {
        int payments = number("payments", PAYMENTS);
        return new Settings(payments, seedOrAny(), number("kills", Math.max(FEWEST_KILLS, payments / PAYMENTS_PER_KILL)),
                number("databaseKills", Math.max(FEWEST_DATABASE_KILLS, payments / PAYMENTS_PER_DATABASE_KILL)),
                number("stalls", Math.max(FEWEST_STALLS, payments / PAYMENTS_PER_STALL)), number("atOnce", AT_ONCE),
                number("speed", SPEED), System.getProperty("without", ""));
    }

    private static int number(String name, int usual) {
        String text = System.getProperty(name, "");
        try {
            int number = text.isEmpty() ? usual : Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("-D" + name + '=' + text + " must be a whole number, for example " + usual);
    }

    private static long seedOrAny() {
        String text = System.getProperty("seed", "");
        try {
            return text.isEmpty() ? new Random().nextInt(Integer.MAX_VALUE) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-Dseed=" + text + " must be a whole number, for example 1");
        }
    }
}
