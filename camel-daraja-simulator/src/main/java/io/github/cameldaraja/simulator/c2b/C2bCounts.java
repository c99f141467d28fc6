package io.github.cameldaraja.simulator.c2b;

/**
 * The names under which C2B is counted.
 */
final class C2bCounts {

    static final String REGISTRATIONS = "c2b.registrations";
    static final String SIMULATIONS = "c2b.simulations";
    static final String ACCEPTED = "c2b.accepted";
    static final String REFUSED = "c2b.refused";
    static final String VALIDATIONS = "c2b.validations";
    static final String VALIDATION_TIMEOUTS = "c2b.validationTimeouts";
    static final String VALIDATION_REFUSALS = "c2b.validationRefusals";
    static final String UNAFFORDABLE = "c2b.unaffordable";
    static final String PAID = "c2b.paid";
    static final String CONFIRMATIONS = "c2b.confirmations";
    static final String CONFIRMATIONS_LOST = "c2b.confirmationsLost";
    static final String UNREGISTERED = "c2b.unregistered";
    static final String NAME_ENQUIRIES = "c2b.nameEnquiries";

    private C2bCounts() {
    }
}
