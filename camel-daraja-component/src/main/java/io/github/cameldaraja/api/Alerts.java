package io.github.cameldaraja.api;

/** Alerts: what a person must look at, for a route that brings it to one. */
public final class Alerts implements ReportApi {

    /** The operation's name in URIs. */
    public static final String NAME = "alerts";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<Alert> body() {
        return Alert.class;
    }

    @Override
    public boolean isScheduled() {
        return false;
    }
}
