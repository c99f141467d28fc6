package io.github.cameldaraja.management;

import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Whether Safaricom calls back, by what this node has heard: when last, and what has ended since by questions alone. */
public final class Freshness {

    private static final Set<Source> CALLS = EnumSet.of(Source.CALLBACK, Source.CONFIRMATION, Source.TIMEOUT);

    /**
     * What was heard.
     *
     * @param lastCall    when Safaricom called last, or null
     * @param missed      how many payments have ended by a question since
     * @param missedSince when the first of these did, or null
     */
    public record Heard(Instant lastCall, int missed, Instant missedSince) {
    }

    private final Clock clock;
    private final AtomicReference<Heard> heard = new AtomicReference<>(new Heard(null, 0, null));

    public Freshness(Clock clock) {
        this.clock = clock;
    }

    /** Takes in what has passed the door. */
    public void settled(Settlement settlement) {
        Source source = settlement.outcome().source();
        Instant now = clock.instant();
        if (source != null && CALLS.contains(source)) {
            heard.set(new Heard(now, 0, null));
        } else if (source == Source.QUERY && settlement.verdict() == Verdict.APPLIED && !settlement.transaction().isQuestion()) {
            heard.updateAndGet(before -> new Heard(before.lastCall(), before.missed() + 1,
                    before.missedSince() == null ? now : before.missedSince()));
        }
    }

    public Heard heard() {
        return heard.get();
    }
}
