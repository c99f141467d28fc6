package io.github.cameldaraja.api;

/** What to do after an error before the same request makes sense again (Daraja: the error tables of each API page). */
public enum Retry {
    /** Fetch a new token and repeat once; the component does so by itself. */
    TOKEN,
    /** Nothing helps but another request or another configuration. */
    FIX,
    /** Nothing was accepted: the same request is safe, later. */
    WAIT,
    /** Something may have been accepted: ask what became of it, do not repeat. */
    QUERY
}
