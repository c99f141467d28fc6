package io.github.cameldaraja.simulator;

/**
 * A well-formed STK push request.
 *
 * @param amount    whole shillings
 * @param partyA    who pays
 * @param phone     who gets the prompt
 */
record PushRequest(
        String shortCode,
        String password,
        String timestamp,
        String transactionType,
        long amount,
        String partyA,
        String partyB,
        String phone,
        String callbackUrl,
        String accountReference,
        String description) {

    boolean buyGoods() {
        return PushReader.BUY_GOODS.equals(transactionType);
    }
}
