package io.github.cameldaraja.examples.marketplace;

import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.Field;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.StkPush;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A buyer's wish, as the shop window sends it. All of it stays the text that was typed: M-Pesa's own rules say what is wrong.
 *
 * @param orderId chosen by the shop window, so that sending twice asks once
 * @param buyer   phone that is asked and pays, in any Kenyan form
 * @param seller  phone that is paid after the delivery
 * @param amount  whole shillings
 */
public record NewOrder(String orderId, String buyer, String seller, String amount) {

    static final String EXAMPLE =
            "send JSON such as {\"orderId\": \"A1042\", \"buyer\": \"0722000001\", \"seller\": \"0733000001\", \"amount\": 900}";

    // an account reference of M-Pesa has at most 12 characters
    private static final Field ID = Field.id("orderId", 1, 12);
    private static final Field PHONE = Field.phone("phone");
    private static final Field PRICE = new StkPush().field("Amount");
    private static final Field PAYOUT = new B2c().field("Amount");
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    /**
     * The order that is meant.
     *
     * @param commission what the marketplace keeps, in percent
     * @throws InvalidFieldException naming field, rule and cure
     */
    Order order(BigDecimal commission) {
        BigDecimal price = new BigDecimal(apply(PRICE, "amount", amount));
        BigDecimal payout = price.subtract(price.multiply(commission).divide(PERCENT, 0, RoundingMode.DOWN));
        try {
            apply(PAYOUT, "amount", payout.toPlainString());
        } catch (InvalidFieldException e) {
            throw new InvalidFieldException("amount", "would leave the seller KES " + payout + ", and M-Pesa pays out "
                    + PAYOUT.says(), "choose another one");
        }
        return new Order(apply(ID, "orderId", orderId), apply(PHONE, "buyer", buyer), apply(PHONE, "seller", seller), price, payout,
                OrderState.AWAITING_PAYMENT);
    }

    private static String apply(Field field, String name, String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidFieldException(name, "is missing", EXAMPLE);
        }
        return field.rule().apply(name, text).toString();
    }
}
