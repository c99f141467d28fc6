package io.github.cameldaraja.api;

/** What the component itself tells a route: nobody is called, and nobody calls. */
public non-sealed interface ReportApi extends DarajaApi {

    /** The record that is the body. */
    Class<? extends Record> body();

    /** Whether it is told at times that the route sets; else when it happens. */
    boolean isScheduled();
}
