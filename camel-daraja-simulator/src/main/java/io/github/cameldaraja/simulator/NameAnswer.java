package io.github.cameldaraja.simulator;

/**
 * What a merchant has answered when he was asked for the name behind an account.
 *
 * @param tokenStatus HTTP status of his token endpoint, -1 if it could not be reached
 * @param status      HTTP status of the answer itself; -1 if it could not be reached or not be asked without a token
 * @param body        his answer, or that of the token endpoint if it gave no token
 * @param requestId   the id of the question; null if it was not asked
 * @param accountName the name, or null if he told none
 */
public record NameAnswer(int tokenStatus, int status, String body, String requestId, String accountName) {
}
