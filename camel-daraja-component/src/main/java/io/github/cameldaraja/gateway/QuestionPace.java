package io.github.cameldaraja.gateway;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.cameldaraja.account.Account;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Spaces the questions of each account: Safaricom answers only so many queries (sandbox: five a minute, never two at once).
 * Nobody waits in here; who comes too early is told by how much (Daraja: "M-Pesa Express Query").
 */
public final class QuestionPace {

    private final TimeMeter time;
    private final Map<String, Paced> accounts = new ConcurrentHashMap<>();

    public QuestionPace(Clock clock) {
        this.time = new ClockMeter(clock);
    }

    /**
     * Takes the right to ask now.
     *
     * @return zero if it is taken; else nothing is taken, and this is the time until the next one
     */
    public Duration tryTake(Account account) {
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
