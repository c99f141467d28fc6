package io.github.cameldaraja.examples.subscription;

/** Where a standing order stands. None of these is a payment. */
public enum OrderStatus {
    /** The customer is asked, or nobody knows what became of it: asked again, he could pay twice a month. */
    ASKED,
    /** It exists. Each debit is a payment of its own, if it happens. */
    AGREED,
    /** It does not exist: the customer said no, or was never asked. */
    DECLINED
}
