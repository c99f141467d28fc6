package io.github.cameldaraja.examples.chaos.audit;

import java.util.Set;

/** All that is known of an order, from every source. */
final class Order {

    // the application has told its client that nothing was sent, or that Safaricom has refused
    private static final Set<String> REFUSALS = Set.of("DarajaRequestException", "InvalidFieldException", "DarajaNotSentException",
            "DarajaThrottledException", "DarajaAuthenticationException");

    private Side in;
    private Side out;
    private String answered;

    Side side(Direction direction) {
        if (direction == Direction.IN) {
            return in == null ? in = new Side() : in;
        }
        return out == null ? out = new Side() : out;
    }

    void answers(String answer) {
        answered = answer == null ? null : answer.intern();
    }

    /** What the client was told; null if nothing. */
    String answered() {
        return answered;
    }

    boolean isRefused() {
        return answered != null && REFUSALS.contains(answered);
    }
}
