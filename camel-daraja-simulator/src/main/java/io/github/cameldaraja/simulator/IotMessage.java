package io.github.cameldaraja.simulator;

import java.time.Instant;

/**
 * A text message to a machine.
 *
 * @param msisdn    of the SIM, without 254 before it
 * @param delivered when the machine got it; null if it has not
 */
public record IotMessage(int id, String messageId, String msisdn, String vpnGroup, String text, Instant sent,
        Instant delivered) {

    /** The same, arrived. */
    public IotMessage deliveredAt(Instant when) {
        return new IotMessage(id, messageId, msisdn, vpnGroup, text, sent, when);
    }
}
