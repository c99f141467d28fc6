package io.github.cameldaraja.api;

/** Reconciliation: at hours that a route sets it looks at every payment that is open, asks about it, and tells what it found. */
public final class Reconcile implements ReportApi {

    /** The operation's name in URIs. */
    public static final String NAME = "reconcile";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<ReconcileSummary> body() {
        return ReconcileSummary.class;
    }

    @Override
    public boolean isScheduled() {
        return true;
    }
}
