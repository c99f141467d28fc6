package io.github.cameldaraja.examples.paybill;

/**
 * A clerk's wish to ask a customer for money.
 *
 * @param id      chosen by the clerk's page, so that sending twice asks once
 * @param account as people write it
 * @param phone   in any Kenyan form
 * @param amount  whole shillings
 */
public record Prompt(String id, String account, String phone, String amount) {
}
