package io.github.cameldaraja.examples.reconciliation;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PhoneNumbers;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Takes the day's ledger out of the component's store, page by page. */
class LedgerCopy {

    /** What M-Pesa's statement lists: customers who have paid us. */
    private static final Set<String> PAID_IN = Set.of("stkPush", "c2bConfirmation", "pullTransactions", "billPayment");
    /** What it does not list, and balances show. */
    private static final Set<String> PAID_OUT = Set.of("b2c", "b2pochi", "b2b", "taxRemittance", "reversal");

    private final TransactionRepository payments;
    private final String shortCode;
    private final WorkTables tables;

    LedgerCopy(TransactionRepository payments, String shortCode, WorkTables tables) {
        this.payments = payments;
        this.shortCode = shortCode;
        this.tables = tables;
    }

    /** Copies what was booked in that period, and some hours around it. */
    void copy(Period period) {
        Transaction last = null;
        List<Transaction> page;
        do {
            page = payments.findBooked(shortCode, period.from().minus(Period.MARGIN), period.until().plus(Period.MARGIN), last,
                    WorkTables.PAGE).join();
            tables.add(page.stream().map(this::entry).filter(Objects::nonNull).toList());
            last = page.isEmpty() ? null : page.get(page.size() - 1);
        } while (page.size() == WorkTables.PAGE);
    }

    /** The payment with that receipt, whenever it was; null if there is none. */
    Entry find(String receipt) {
        Transaction payment = payments.find(shortCode, PaymentIds.receipt(receipt)).join();
        return payment == null || payment.status() != PaymentStatus.COMPLETED ? null : entry(payment);
    }

    // null for what is no money: a standing order, for instance
    private Entry entry(Transaction payment) {
        Side side = PAID_IN.contains(payment.operation()) ? payment.status() == PaymentStatus.COMPLETED ? Side.HERE : Side.NOT_PAID
                : !PAID_OUT.contains(payment.operation()) ? null
                : payment.status() == PaymentStatus.COMPLETED ? Side.PAID_OUT
                : payment.status().isFinal() ? null : Side.PAYOUT_OPEN;
        Outcome known = payment.toOutcome();
        return side == null ? null : new Entry(side, tables.nextNumber(), known.receiptNumber(), payment.reference(), payment.operation(),
                payment.disputed() ? Entry.DISPUTED : payment.status().name(), payment.amount(), payment.bookedAt(), PhoneNumbers.mask(payment.phoneNumber()),
                payment.accountReference());
    }
}
