package io.github.cameldaraja.management;

import java.time.Clock;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Whether Safaricom still calls back: down when payments have ended by questions alone for too long, and several of them. */
public final class CallbacksHealthCheck extends DarajaHealthCheck {

    // one callback is lost now and then
    private static final int NO_CHANCE = 3;

    private final Clock clock;
    private final Freshness freshness;
    private final HealthSettings settings;

    public CallbacksHealthCheck(Clock clock, Freshness freshness, HealthSettings settings) {
        super("callbacks", settings);
        this.clock = clock;
        this.freshness = freshness;
        this.settings = settings;
    }

    @Override
    Result look(HealthCheckResultBuilder result) {
        Freshness.Heard heard = freshness.heard();
        result.detail("missed", heard.missed());
        if (heard.lastCall() != null) {
            result.detail("last", DeskWork.moment(heard.lastCall()).toString());
        }
        return heard.missed() >= NO_CHANCE && heard.missedSince().plus(settings.callbackSilence()).isBefore(clock.instant())
                ? result.down().message(heard.missed() + " payments in a row have ended by a question, since "
                        + DeskWork.moment(heard.missedSince()) + ", and none by its own callback;"
                        + " see whether callbackBaseUrl reaches this node from the internet").build()
                : result.up().build();
    }
}
