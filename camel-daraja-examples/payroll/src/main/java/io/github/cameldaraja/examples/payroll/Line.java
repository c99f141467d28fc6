package io.github.cameldaraja.examples.payroll;

import io.github.cameldaraja.api.B2c;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one person is to get, as the file says it.
 *
 * @param payment names this payment for ever: month and id
 * @param attempt 1, and one more each time after M-Pesa has said for sure that the last one was not paid
 * @param number  in the file, the line of titles being 1
 * @param phone   254…
 * @param amount  whole shillings
 */
public record Line(String payment, int attempt, int number, String id, String name, String phone, long amount, String reason) {

    /** What an idempotency key says. */
    record Key(String payment, int attempt) {

        private static final Pattern FORM = Pattern.compile("([0-9]{4}-[0-9]{2}/[^/]+)(?:/([0-9]{1,9}))?");

        /** What that key says, or null if it is none of a line. */
        static Key of(String text) {
            Matcher form = FORM.matcher(text == null ? "" : text);
            return form.matches() ? new Key(form.group(1), form.group(2) == null ? 1 : Integer.parseInt(form.group(2))) : null;
        }
    }

    /** The idempotency key: the same for ever, so that no attempt is paid twice, whoever sends it however often. */
    public String key() {
        return attempt == 1 ? payment : payment + "/" + attempt;
    }

    /** What M-Pesa is asked for. */
    public B2c.Request request() {
        return new B2c.Request(phone, BigDecimal.valueOf(amount), "SalaryPayment", reason, null, null, null, null);
    }

    /** For logs: neither name nor phone. */
    @Override
    public String toString() {
        return "Line[" + key() + ", " + amount + "]";
    }
}
