package io.github.cameldaraja.simulator.iot;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

import io.github.cameldaraja.simulator.IotMessage;

/**
 * The messages to the merchant's machines.
 */
final class Outbox {

    private static final int FIRST_ID = 1001;
    private static final long FIRST_MESSAGE_ID = 1_900_000_001L;

    private final Clock clock;
    private final List<IotMessage> messages = new ArrayList<>();
    private int sent;

    Outbox(Clock clock) {
        this.clock = clock;
    }

    synchronized IotMessage send(String msisdn, String vpnGroup, String text) {
        IotMessage message = new IotMessage(FIRST_ID + sent, Long.toString(FIRST_MESSAGE_ID + sent), msisdn, vpnGroup,
                text, clock.instant(), null);
        sent++;
        messages.add(message);
        return message;
    }

    synchronized void delivered(int id) {
        messages.replaceAll(message -> message.id() == id ? message.deliveredAt(clock.instant()) : message);
    }

    /** The newest first. */
    synchronized List<IotMessage> find(Predicate<IotMessage> wanted) {
        List<IotMessage> found = new ArrayList<>(messages.stream().filter(wanted).toList());
        Collections.reverse(found);
        return found;
    }

    synchronized boolean remove(Predicate<IotMessage> unwanted) {
        return messages.removeIf(unwanted);
    }

    synchronized List<IotMessage> all() {
        return List.copyOf(messages);
    }

    synchronized void reset() {
        messages.clear();
        sent = 0;
    }
}
