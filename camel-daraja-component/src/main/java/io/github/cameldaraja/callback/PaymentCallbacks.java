package io.github.cameldaraja.callback;

import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.Door;
import io.github.cameldaraja.transaction.RawCallback;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings callbacks to the one door. What cannot be read, belongs to no stored payment or comes from an unlisted address is kept
 * raw with its verdict, and the payment is asked about.
 */
public final class PaymentCallbacks implements CallbackHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentCallbacks.class);

    private final Clock clock;
    private final Map<Character, PaymentApi> byKind;
    private final TransactionRepository repository;
    private final Door door;
    private final Duration answerAfter;

    /**
     * @param byKind      the API that each kind of capability stands for
     * @param answerAfter how long a route may take before the callback is answered anyway, where the repository is not durable
     */
    public PaymentCallbacks(Clock clock, Map<Character, PaymentApi> byKind, TransactionRepository repository, Door door,
                            Duration answerAfter) {
        this.clock = clock;
        this.byKind = Map.copyOf(byKind);
        this.repository = repository;
        this.door = door;
        this.answerAfter = answerAfter;
    }

    @Override
    public CompletableFuture<Void> handle(CallbackRequest callback) {
        PaymentApi api = byKind.get(callback.kind());
        JsonObject message = Json.readObject(callback.body());
        Outcome.Builder read = api == null || message == null ? null : api.callback(message);
        if (read == null) {
            LOG.error("A person must look: {} cannot be read and is kept raw", callback);
            return keep(callback, Verdict.UNMATCHED);
        }
        if (!callback.listed()) {
            LOG.warn("{} comes from {}, which is not listed: it is kept, and Safaricom is asked instead", callback,
                    callback.sender());
            return keep(callback, Verdict.OFF_RANGE);
        }
        Outcome outcome = read.reference(callback.reference()).account(callback.account().name()).build();
        return door.settle(outcome).thenCompose(passed -> switch (passed.settlement().verdict()) {
            case ORPHAN, CONFLICT -> keepRaw(callback, passed.settlement().verdict());
            case UNMATCHED -> keep(callback, Verdict.UNMATCHED);
            // memory forgets at a crash: the answer waits for the route, so that a death before it looks like a lost delivery
            default -> repository.isDurable() ? CompletableFuture.completedFuture(null)
                    : passed.delivered().copy().completeOnTimeout(null, answerAfter.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    private CompletableFuture<Void> keep(CallbackRequest callback, Verdict verdict) {
        return keepRaw(callback, verdict).thenCompose(kept -> askNow(callback.reference()));
    }

    private CompletableFuture<Void> keepRaw(CallbackRequest callback, Verdict verdict) {
        return repository.keep(new RawCallback(callback.reference(), callback.account().name(), clock.instant(), verdict,
                callback.sender(), callback.body()));
    }

    private CompletableFuture<Void> askNow(String reference) {
        return repository.update(reference, payment -> payment.status().isFinal() || payment.held() != null
                || payment.checkoutRequestId() == null ? payment : payment.due(clock.instant())).thenAccept(after -> { });
    }
}
