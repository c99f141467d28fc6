package io.github.cameldaraja.callback;

import io.github.cameldaraja.account.Account;
import java.time.Instant;

/**
 * A callback whose capability is ours.
 *
 * @param account    whose
 * @param kind       which of the account's callbacks, see the table of operations
 * @param reference  the payment
 * @param sender     the address it came from, or null if the server does not tell
 * @param listed     whether that address may send callbacks
 * @param receivedAt when it came; it may be handled later
 * @param body       as posted
 */
public record CallbackRequest(Account account, char kind, String reference, String sender, boolean listed, Instant receivedAt,
                              byte[] body) {

    @Override
    public String toString() {
        return "CallbackRequest[" + kind + ' ' + reference + " of " + account.name() + ", " + body.length + " bytes]";
    }
}
