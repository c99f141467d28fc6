package io.github.cameldaraja.callback;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.NoticeApi;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.Alarms;
import io.github.cameldaraja.transaction.Arrivals;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what Safaricom tells of its own accord to the one door: a customer has paid. What cannot be read, or is not for this
 * account, is kept raw; it is never answered with an error, for sending it again would help nobody.
 */
public final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    // what a question about a receipt takes
    private static final Pattern ASKABLE = Pattern.compile("[A-Za-z0-9]{8,15}");

    private final RawCallbacks raw;
    private final Arrivals arrivals;
    private final Answering answering;
    private final Alarms alarms;
    private final BiPredicate<String, String> verified;

    /**
     * @param verified whether payments of that operation and account do not count before Safaricom has been asked about them
     */
    public Notices(TransactionRepository repository, Arrivals arrivals, Answering answering, Alarms alarms,
                   BiPredicate<String, String> verified) {
        this.raw = new RawCallbacks(repository);
        this.arrivals = arrivals;
        this.answering = answering;
        this.alarms = alarms;
        this.verified = verified;
    }

    /** Takes in what that API tells. */
    public CallbackHandler of(NoticeApi api) {
        return CallbackHandler.keeping(CallbackReply.ok(api.reply()), callback -> take(api, callback));
    }

    /** Keeps what comes to a URL for which nothing is documented. */
    public CallbackHandler undocumented() {
        return CallbackHandler.keeping(CallbackReply.accepted(), callback -> keep(callback, () ->
                LOG.info("{} is kept raw: what comes there is not documented", callback)));
    }

    private CompletableFuture<Void> take(NoticeApi api, CallbackRequest callback) {
        JsonObject message = Json.readObject(callback.body());
        Outcome.Builder read = message == null ? null : api.payment(message);
        if (read == null) {
            return keep(callback, () ->
                    LOG.error("A person must look: {} tells of a payment, cannot be read and is kept raw", callback))
                    .thenCompose(kept -> raise(AlertKind.UNREADABLE, api, callback, "a message that a customer has paid cannot be read and"
                            + " is kept raw; look for the payment in the portal, Pull may list it"));
        }
        Account account = callback.account();
        Outcome payment = read.operation(api.name()).account(account.name()).build();
        String receiver = api.receiver(message);
        if (receiver != null && !account.merchant().owns(receiver)) {
            return keep(callback, () ->
                    LOG.error("A person must look: {} tells of a payment to {}, which is not of this account, and is kept raw: {}",
                            callback, receiver, payment))
                    .thenCompose(kept -> raise(AlertKind.UNMATCHED, api, callback, "a message tells of a payment to a short code or till"
                            + " that this account does not have, and is kept raw"));
        }
        if (!callback.listed()) {
            LOG.warn("{} comes from {}, which is not listed: it is kept, and {}", callback, callback.sender(),
                    account.hasInitiator() ? "Safaricom is asked" : "counts only if a listed sender or Pull tells of it as well");
            return raw.keep(callback, Verdict.OFF_RANGE).thenCompose(kept -> claim(api, callback, payment));
        }
        if (verified.test(api.name(), account.name())) {
            return claim(api, callback, payment);
        }
        return arrivals.arrive(payment, account.shortCode()).thenCompose(arrived -> answering.after(arrived.delivered()));
    }

    private CompletableFuture<Void> raise(AlertKind kind, NoticeApi api, CallbackRequest callback, String what) {
        // the same message once
        return alarms.raise(kind, callback.account().name(), what, Map.of("message", api.name()), api.name(),
                new String(callback.body(), StandardCharsets.ISO_8859_1));
    }

    // said once it is true: while the store is down a callback is handled again and again
    private CompletableFuture<Void> keep(CallbackRequest callback, Runnable log) {
        return raw.keep(callback, Verdict.UNMATCHED).thenRun(log);
    }

    private CompletableFuture<Void> claim(NoticeApi api, CallbackRequest callback, Outcome payment) {
        if (!ASKABLE.matcher(payment.receiptNumber()).matches()) {
            return keep(callback, () ->
                    LOG.error("A person must look: {} names something that is no receipt, so that nobody can be asked", callback))
                    .thenCompose(kept -> raise(AlertKind.DENIED, api, callback, "a message that need not be believed names something that is"
                            + " no receipt, so that nobody can be asked; it does not count"));
        }
        return arrivals.claim(payment, callback.account().shortCode()).thenAccept(claimed -> { });
    }
}
