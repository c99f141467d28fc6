package io.github.cameldaraja.simulator;

import java.util.List;

import io.github.cameldaraja.simulator.stk.Push;
import io.github.cameldaraja.simulator.stk.PushDesk;
import io.github.cameldaraja.simulator.stk.PushRequest;

/**
 * The phones of all customers: shows prompts that wait for a person and answers them.
 */
public final class Handset {

    private static final String WRONG_PIN = "2001";
    private static final String CANCELLED = "1032";

    private final PushDesk desk;
    private final Customers customers;

    Handset(PushDesk desk, Customers customers) {
        this.desk = desk;
        this.customers = customers;
    }

    /** The prompts that a phone shows now. */
    public List<Prompt> prompts(String phone) {
        return prompts().stream().filter(prompt -> prompt.phone().equals(phone)).toList();
    }

    /** The prompts of all phones, oldest first. */
    public List<Prompt> prompts() {
        return desk.onHandsets().stream().map(Handset::prompt).toList();
    }

    /**
     * Types a PIN: the right one pays if the money suffices (otherwise result 1), a wrong one ends with 2001.
     *
     * @throws IllegalArgumentException if no such prompt is open
     */
    public void enterPin(String checkoutRequestId, String pin) {
        Push push = open(checkoutRequestId);
        boolean right = customers.get(push.request().phone()).pin().equals(pin);
        desk.conclude(push, right ? null : WRONG_PIN);
    }

    /**
     * Cancels a prompt: result 1032.
     *
     * @throws IllegalArgumentException if no such prompt is open
     */
    public void cancel(String checkoutRequestId) {
        desk.conclude(open(checkoutRequestId), CANCELLED);
    }

    private Push open(String checkoutRequestId) {
        return desk.onHandsets().stream()
                .filter(push -> push.checkoutRequestId().equals(checkoutRequestId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no open prompt " + checkoutRequestId));
    }

    private static Prompt prompt(Push push) {
        PushRequest request = push.request();
        return new Prompt(push.checkoutRequestId(), request.phone(), request.partyB(), request.amount(),
                request.accountReference(), push.acceptedAt(), push.expiresAt());
    }
}
