package io.github.cameldaraja.simulator.stk;

import java.math.BigDecimal;

/**
 * What the callback of a push looks like.
 *
 * @param amountSample  a sample of the number format of the amount, in quotes for a string
 * @param wrongAmount   an amount that was never paid, or null
 * @param body          a text that replaces the whole callback, or null
 */
public record CallbackLook(
        boolean maskedPhone,
        BalanceItem balance,
        String amountSample,
        boolean prefixed,
        BigDecimal wrongAmount,
        String body,
        boolean receipt,
        boolean stringCode) {

    /** The forms in which the Balance item appears. */
    public enum BalanceItem {
        WITH_VALUE, WITHOUT_VALUE, ABSENT
    }

    public static final CallbackLook USUAL =
            new CallbackLook(false, BalanceItem.WITH_VALUE, "1.00", false, null, null, true, false);

    public CallbackLook masked() {
        return new CallbackLook(true, balance, amountSample, prefixed, wrongAmount, body, receipt, stringCode);
    }

    public CallbackLook balance(BalanceItem form) {
        return new CallbackLook(maskedPhone, form, amountSample, prefixed, wrongAmount, body, receipt, stringCode);
    }

    public CallbackLook amountLike(String sample) {
        return new CallbackLook(maskedPhone, balance, sample, prefixed, wrongAmount, body, receipt, stringCode);
    }

    public CallbackLook prefixText() {
        return new CallbackLook(maskedPhone, balance, amountSample, true, wrongAmount, body, receipt, stringCode);
    }

    public CallbackLook wrong(BigDecimal amount) {
        return new CallbackLook(maskedPhone, balance, amountSample, prefixed, amount, body, receipt, stringCode);
    }

    public CallbackLook replacedBy(String text) {
        return new CallbackLook(maskedPhone, balance, amountSample, prefixed, wrongAmount, text, receipt, stringCode);
    }

    public CallbackLook withoutReceipt() {
        return new CallbackLook(maskedPhone, balance, amountSample, prefixed, wrongAmount, body, false, stringCode);
    }

    public CallbackLook codeAsString() {
        return new CallbackLook(maskedPhone, balance, amountSample, prefixed, wrongAmount, body, receipt, true);
    }
}
