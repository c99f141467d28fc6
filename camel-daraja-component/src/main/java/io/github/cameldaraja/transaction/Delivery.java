package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Alerts;
import io.github.cameldaraja.api.Outcome;
import java.time.Instant;

/**
 * One outcome on its way to one taker; immutable. As it leaves the door it is for nobody in particular; who is no waiting exchange
 * gets a copy for each group.
 *
 * @param reference   of the payment
 * @param number      which outcome of that payment, from 1
 * @param group       whose copy it is; null as long as it is not shared out
 * @param application whose routes are told
 * @param outcome     what they are told; null once they were, and what they were told is kept no longer
 * @param attempt     the next one, or the one that runs, from 1
 * @param state       where it is
 * @param node        who holds it, or whom it is offered; null in the other states
 * @param dueAt       not to be taken before; null when nothing is to be done
 * @param since       when it left the door
 */
public record Delivery(String reference, int number, String group, String application, Outcome outcome, int attempt,
                       DeliveryState state, String node, Instant dueAt, Instant since) {

    /** Names it. */
    public record Id(String reference, int number, String group) {

        @Override
        public String toString() {
            return reference + '/' + number + (group == null ? "" : "/" + group);
        }
    }

    public Id id() {
        return new Id(reference, number, group);
    }

    /** A first telling: held by the node that has just settled it, or offered to the one on which an exchange waits. */
    static Delivery of(Transaction payment, Outcome outcome, String node, Instant now) {
        boolean elsewhere = payment.waiter() != null && !payment.waiter().equals(node);
        return new Delivery(payment.reference(), payment.told(), null, payment.application(), outcome, 1,
                elsewhere ? DeliveryState.OFFERED : DeliveryState.HELD, elsewhere ? payment.waiter() : node, now, now);
    }

    /** A telling of its outcome that anybody may take. */
    public static Delivery unclaimed(Transaction payment, Instant now) {
        return new Delivery(payment.reference(), payment.told(), null, payment.application(), payment.outcome(), 1, DeliveryState.FREE, null,
                now, now);
    }

    /** Whether it tells of no payment. */
    public boolean isAlert() {
        return outcome != null && Alerts.NAME.equals(outcome.operation());
    }

    /** A group's copy, held by the same node. */
    public Delivery copyFor(String group) {
        return new Delivery(reference, number, group, application, outcome, attempt, state, node, dueAt, since);
    }

    /** Somebody takes it; if a node that died held it, its route may have begun, so that counts as an attempt. */
    public Delivery heldBy(String node) {
        return with(DeliveryState.HELD, node, state == DeliveryState.HELD ? attempt + 1 : attempt, dueAt);
    }

    /** Nobody wanted it: somebody else may, and it does not count as an attempt. */
    public Delivery letGo(Instant now) {
        return with(DeliveryState.FREE, null, attempt, now);
    }

    /** It failed; once more from that time on. */
    public Delivery again(Instant at) {
        return with(DeliveryState.FREE, null, attempt + 1, at);
    }

    /** It failed as often as allowed. */
    public Delivery parked() {
        return with(DeliveryState.PARKED, null, attempt, null);
    }

    /** A person wants it tried anew. */
    public Delivery released(Instant now) {
        return with(DeliveryState.FREE, null, 1, now);
    }

    /** A route has taken it: nothing personal is kept here any more. */
    public Delivery delivered() {
        return new Delivery(reference, number, group, application, null, attempt, DeliveryState.DELIVERED, null, null, since);
    }

    private Delivery with(DeliveryState state, String node, int attempt, Instant dueAt) {
        return new Delivery(reference, number, group, application, outcome, attempt, state, node, dueAt, since);
    }

    @Override
    public String toString() {
        return "Delivery[" + id() + ", attempt " + attempt + ", " + state + "]";
    }
}
