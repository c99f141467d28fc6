package io.github.cameldaraja.examples.chaos.audit;

import java.util.Optional;

/** Why an order may be open at the end. Comes from the plan and from what Safaricom has delivered, never from the component. */
@FunctionalInterface
public interface Excuses {

    /** Every order must be decided. */
    Excuses NONE = number -> Optional.empty();

    /** What kept all true words about that order's money from the application; empty if one of them could get through. */
    Optional<String> of(int number);

    /** Why that payment of the order may be open: it never left, for instance. Asked if the order itself has no excuse. */
    default Optional<String> of(int number, String reference) {
        return Optional.empty();
    }

    /**
     * How Safaricom has contradicted itself about that order's money; empty if it has not. It excuses a last word that is a failure if a
     * person was told of the contradiction; nothing excuses a wrong booking.
     */
    default Optional<String> contradiction(int number) {
        return Optional.empty();
    }
}
