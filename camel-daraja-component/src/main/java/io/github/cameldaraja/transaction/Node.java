package io.github.cameldaraja.transaction;

/**
 * One running component: what it holds is its own as long as it lives.
 *
 * @param application whose routes run here; nodes of one application are equal
 * @param id          unique; another one after each start
 */
public record Node(String application, String id) {
}
