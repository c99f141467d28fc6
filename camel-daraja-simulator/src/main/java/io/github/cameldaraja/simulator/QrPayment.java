package io.github.cameldaraja.simulator;

/**
 * What a QR code asks for.
 *
 * @param trxCode      BG, WA, PB, SM or SB
 * @param cpi          till, pay bill, agent or phone number that is to receive
 * @param amount       whole shillings
 * @param reference    what the payment is for
 * @param merchantName who asks
 */
public record QrPayment(String trxCode, String cpi, long amount, String reference, String merchantName) {
}
