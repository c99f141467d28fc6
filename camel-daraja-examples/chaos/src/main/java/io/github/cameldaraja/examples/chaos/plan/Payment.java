package io.github.cameldaraja.examples.chaos.plan;

/**
 * An order of a run.
 *
 * @param number  from 0 on
 * @param product of a payout; null otherwise
 * @param phone   254…; each order has a customer of its own
 * @param amount  whole shillings
 * @param waits   whether the exchange that begins it waits for the outcome
 * @param twice   whether the client sends it to both nodes at once
 */
public record Payment(int number, Kind kind, Product product, String phone, long amount, boolean waits, boolean twice) {

    private static final long FIRST_PHONE = 254_720_000_000L;

    /** The phone of the customer of that order. */
    public static String phone(int number) {
        return Long.toString(FIRST_PHONE + number);
    }

    /** The order's id: idempotency key, and account reference where there is one. */
    public static String id(int number) {
        return String.format("C%07d", number);
    }

    public String id() {
        return id(number);
    }

    /** What the customer types at his phone, or the prompt shows: the id, and with an R in front for what goes back. */
    public String accountReference() {
        return kind == Kind.RETURN ? id().replace('C', 'R') : id();
    }
}
