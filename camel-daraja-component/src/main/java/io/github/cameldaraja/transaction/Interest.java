package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Outcome;

/**
 * What a consumer takes.
 *
 * @param group     those of one group compete
 * @param operation whose outcomes
 * @param account   the account's name, or null for all
 */
public record Interest(String group, String operation, String account) {

    /** Whether this outcome is for it. */
    public boolean concerns(Outcome outcome) {
        return operation.equals(outcome.operation()) && (account == null || account.equals(outcome.account()));
    }
}
