package io.github.cameldaraja.simulator;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An invoice that Bill Manager has sent to a customer.
 *
 * @param shortCode         who bills
 * @param externalReference the biller's own name of the invoice
 * @param fullName          who is billed
 * @param phone             254… to which the invoice was sent
 * @param period            e.g. {@code August 2026}
 * @param name              what is billed
 * @param dueDate           when it is to be paid
 * @param accountReference  the account number that the customer types
 * @param amount            shillings
 * @param paid              shillings paid so far
 * @param cancelled         whether the biller has taken it back
 * @param receiptSent       whether the customer has got an e-receipt
 */
public record BillInvoice(
        String shortCode,
        String externalReference,
        String fullName,
        String phone,
        String period,
        String name,
        LocalDate dueDate,
        String accountReference,
        BigDecimal amount,
        BigDecimal paid,
        boolean cancelled,
        boolean receiptSent) {

    /** Whether there is still something to be paid. */
    public boolean open() {
        return !cancelled && paid.compareTo(amount) < 0;
    }

    /** The same after another payment. */
    public BillInvoice plus(BigDecimal payment) {
        return new BillInvoice(shortCode, externalReference, fullName, phone, period, name, dueDate, accountReference,
                amount, paid.add(payment), cancelled, receiptSent);
    }

    /** The same taken back. */
    public BillInvoice cancel() {
        return new BillInvoice(shortCode, externalReference, fullName, phone, period, name, dueDate, accountReference,
                amount, paid, true, receiptSent);
    }

    /** The same with an e-receipt. */
    public BillInvoice acknowledge() {
        return new BillInvoice(shortCode, externalReference, fullName, phone, period, name, dueDate, accountReference,
                amount, paid, cancelled, true);
    }
}
