package io.github.cameldaraja.api;

import java.util.Optional;

/**
 * One operation: something that Daraja does for us, tells us or asks us.
 *
 * <p>Adding an API to the component is one class that implements one of the roles below, and one line in the table of operations.
 */
public sealed interface DarajaApi permits RequestApi, NoticeApi, ConsultationApi, ReportApi {

    /** The operation's name in URIs. */
    String name();

    /** How Safaricom is asked what became of a payment of this kind; empty if there is no question, or nothing to ask with. */
    default Optional<Inquiry> inquiry(PaymentIds ids) {
        return Optional.empty();
    }
}
