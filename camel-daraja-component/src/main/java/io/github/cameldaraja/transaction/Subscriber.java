package io.github.cameldaraja.transaction;

/** A consumer. */
public interface Subscriber extends Taker {

    Interest interest();

    /** Whether it takes outcomes now; a suspended one does not, and its group's copies wait. */
    boolean isTaking();
}
