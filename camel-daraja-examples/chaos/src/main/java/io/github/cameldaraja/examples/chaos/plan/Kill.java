package io.github.cameldaraja.examples.chaos.plan;

import java.time.Duration;

/**
 * Somebody is killed.
 *
 * @param at   strikes as soon as an order of that number, or a later one, gets there
 * @param step where a node dies; null for the database
 * @param away how long the database is away, in real time; zero for a node, which is started again at once
 */
public record Kill(int at, Target target, Step step, Duration away) {
}
