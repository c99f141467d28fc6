package io.github.cameldaraja.simulator.stk;

/**
 * A well-formed STK push request.
 *
 * @param amount    whole shillings
 * @param partyA    who pays
 * @param phone     who gets the prompt
 */
public record PushRequest(
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

    static final String PAY_BILL = "CustomerPayBillOnline";
    static final String BUY_GOODS = "CustomerBuyGoodsOnline";

    public boolean buyGoods() {
        return BUY_GOODS.equals(transactionType);
    }
}
