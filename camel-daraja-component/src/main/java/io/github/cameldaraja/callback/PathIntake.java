package io.github.cameldaraja.callback;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.RegisteredUrl;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Message;

/** Serves a URL that was registered before we came: without a capability, only the sender's address speaks for a message. */
final class PathIntake extends Intake {

    private final Clock clock;
    private final Keeper keeper;
    private final Account account;
    private final RegisteredUrl url;
    private final CallbackHandler handler;

    PathIntake(Clock clock, SenderAddress senders, Refusals refusals, Keeper keeper, Account account, RegisteredUrl url, CallbackHandler handler) {
        super(senders, refusals);
        this.clock = clock;
        this.keeper = keeper;
        this.account = account;
        this.url = url;
        this.handler = handler;
    }

    @Override
    CompletableFuture<CallbackReply> receive(Message request) {
        String sender = senders().of(request);
        if (!senders().isRestricted() || !senders().isListed(sender)) {
            return refuse(request, 404, "its sender is not listed");
        }
        byte[] body = body(request);
        return isTooLarge(body) ? refuseSize(request)
                : keeper.keep(new CallbackRequest(account, url.kind(), Account.NO_REFERENCE, sender, true, clock.instant(), body),
                        handler);
    }
}
