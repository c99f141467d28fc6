package io.github.cameldaraja.examples.payroll;

import io.github.cameldaraja.api.B2c;
import java.math.BigDecimal;

/**
 * What one person is to get, as the file says it.
 *
 * @param payment names this payment for ever: month and id; the idempotency key
 * @param number  in the file, the line of titles being 1
 * @param phone   254…
 * @param amount  whole shillings
 */
public record Line(String payment, int number, String id, String name, String phone, long amount, String reason) {

    /** What M-Pesa is asked for. */
    public B2c.Request request() {
        return new B2c.Request(phone, BigDecimal.valueOf(amount), "SalaryPayment", reason, null, null, null, null);
    }

    /** For logs: neither name nor phone. */
    @Override
    public String toString() {
        return "Line[" + payment + ", " + amount + "]";
    }
}
