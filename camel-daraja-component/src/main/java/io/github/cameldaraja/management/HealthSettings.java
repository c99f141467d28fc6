package io.github.cameldaraja.management;

import java.time.Duration;

/**
 * When health is down.
 *
 * @param application     whose payments are meant
 * @param readiness       whether the checks count for readiness
 * @param unsettledAge    how old the oldest unsettled payment may be
 * @param backlog         how many outcomes may be undelivered
 * @param callbackSilence how long payments may end by questions alone
 */
public record HealthSettings(String application, boolean readiness, Duration unsettledAge, int backlog, Duration callbackSilence) {

    String id(String what) {
        return "daraja-" + what + '-' + application;
    }
}
