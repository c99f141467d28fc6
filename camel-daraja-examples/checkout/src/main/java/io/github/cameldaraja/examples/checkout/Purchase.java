package io.github.cameldaraja.examples.checkout;

/**
 * What the browser sends. Phone and amount stay the text that was typed: the component knows the rules and says what is wrong.
 *
 * @param id     chosen by the browser so that sending twice buys once; null: the shop chooses
 * @param phone  in any Kenyan form
 * @param amount whole shillings
 * @param item   what is bought
 */
public record Purchase(String id, String phone, String amount, String item) {
}
