package io.github.cameldaraja.examples.wallet;

/**
 * A customer's wish to top up a wallet. The amount stays the text that was typed: the component knows the rules and says what is
 * wrong.
 *
 * @param orderId chosen by the customer's app, so that sending twice asks once
 * @param amount  whole shillings
 */
public record TopUp(String orderId, String amount) {
}
