package io.github.cameldaraja.gateway;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Commons;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spaces the questions of each account: Safaricom answers only so many queries (sandbox: five a minute, never two at once). Nodes that
 * share a store share one pace; each keeps it by itself first, so that the store is asked once for a question, and not once for each
 * payment that waits. Nobody waits in here; who comes too early is told by how much (Daraja: "M-Pesa Express Query").
 */
public final class QuestionPace {

    private static final Logger LOG = LoggerFactory.getLogger(QuestionPace.class);

    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final Clock clock;
    private final TimeMeter time;
    private final Commons commons;
    private final Duration patience;
    private final Map<String, Paced> accounts = new ConcurrentHashMap<>();
    // when others, who have asked, leave the next turn
    private final Map<String, Instant> turns = new ConcurrentHashMap<>();

    /** One that shares nothing with others. */
    QuestionPace(Clock clock) {
        this(clock, null, null);
    }

    /**
     * @param commons  what nodes share, or null
     * @param patience how long that is waited for before this node keeps a pace of its own
     */
    public QuestionPace(Clock clock, Commons commons, Duration patience) {
        this.clock = clock;
        this.time = new ClockMeter(clock);
        this.commons = commons;
        this.patience = patience;
    }

    /**
     * Takes the right to ask now, on all nodes.
     *
     * @return zero if it is taken; else nothing is taken, and this is the time until the next one. Never fails
     */
    public CompletableFuture<Duration> take(Account account) {
        Instant now = clock.instant();
        Instant turn = turns.getOrDefault(account.id(), Instant.MIN);
        Duration spacing = account.querySpacing();
        if (turn.isAfter(now) && !turn.isAfter(now.plus(spacing).plus(CLOCKS_APART))) {
            return CompletableFuture.completedFuture(Duration.between(now, turn));
        }
        Duration own = tryTake(account);
        if (commons == null || !own.isZero() || spacing.isZero() || spacing.isNegative()) {
            return CompletableFuture.completedFuture(own);
        }
        return commons.lease("pace/" + account.appId() + '/' + account.id(), UUID.randomUUID().toString(), now, now.plus(spacing))
                .copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).handle((until, failure) -> {
                    if (failure != null) {
                        LOG.warn("The store does not say when account '{}' may ask next, so this node keeps its own pace: {}",
                                account.name(), failure.toString());
                        return Duration.ZERO;
                    }
                    return until == null ? Duration.ZERO : leave(account, now, until);
                });
    }

    /** How long it takes, as far as this node knows, until the account may ask. Takes nothing. */
    public Duration untilNext(Account account) {
        Instant now = clock.instant();
        Instant turn = turns.getOrDefault(account.id(), Instant.MIN);
        if (turn.isAfter(now) && !turn.isAfter(now.plus(account.querySpacing()).plus(CLOCKS_APART))) {
            return Duration.between(now, turn);
        }
        Paced paced = accounts.get(account.id());
        return paced == null ? Duration.ZERO : Duration.ofNanos(paced.bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    // what was taken here is given back: others have asked
    private Duration leave(Account account, Instant now, Instant until) {
        turns.put(account.id(), until);
        accounts.get(account.id()).bucket.addTokens(1);
        // it may have become free in between
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ofMillis(1);
    }

    /**
     * Takes the right to ask now, on this node.
     *
     * @return zero if it is taken; else nothing is taken, and this is the time until the next one
     */
    Duration tryTake(Account account) {
        Duration spacing = account.querySpacing();
        if (spacing.isZero() || spacing.isNegative()) {
            return Duration.ZERO;
        }
        Paced paced = accounts.compute(account.id(), (id, known) -> known != null && known.spacing.equals(spacing) ? known
                : new Paced(spacing, bucket(spacing)));
        ConsumptionProbe probe = paced.bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(Duration spacing) {
        Bandwidth oneAtATime = Bandwidth.builder().capacity(1).refillGreedy(1, spacing).build();
        return Bucket.builder().addLimit(oneAtATime).withCustomTimePrecision(time).build();
    }

    private record Paced(Duration spacing, Bucket bucket) {
    }

    private record ClockMeter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
