package io.github.cameldaraja.callback;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.CapabilityPath;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Message;

/** Reads a callback request, and turns away whoever does not carry our capability before anything else is done. */
final class CallbackIntake extends Intake {

    private final Clock clock;
    private final Accounts accounts;
    private final Keeper keeper;
    private final Map<Character, CallbackHandler> handlers;

    /**
     * @param handlers by the kind in the path
     */
    CallbackIntake(Clock clock, Accounts accounts, SenderAddress senders, Refusals refusals, Keeper keeper,
                   Map<Character, CallbackHandler> handlers) {
        super(senders, refusals);
        this.clock = clock;
        this.accounts = accounts;
        this.keeper = keeper;
        this.handlers = Map.copyOf(handlers);
    }

    @Override
    CompletableFuture<CallbackReply> receive(Message request) {
        String accountId = request.getHeader(CapabilityPath.ACCOUNT, String.class);
        String kind = request.getHeader(CapabilityPath.KIND, String.class);
        String reference = request.getHeader(CapabilityPath.REFERENCE, String.class);
        String mac = request.getHeader(CapabilityPath.MAC, String.class);
        CallbackHandler handler = kind == null || kind.length() != 1 ? null : handlers.get(kind.charAt(0));
        Account account = CapabilityPath.isPart(accountId) ? accounts.byId(accountId) : null;
        if (account == null || handler == null || !CapabilityPath.isPart(reference)
                || !account.verifies(kind.charAt(0), reference, mac)) {
            return refuse(request, 404, "it does not carry our capability");
        }
        byte[] body = body(request);
        if (isTooLarge(body)) {
            return refuseSize(request);
        }
        String sender = senders().of(request);
        return keeper.keep(new CallbackRequest(account, kind.charAt(0), reference, sender, senders().isListed(sender),
                clock.instant(), body), handler);
    }
}
