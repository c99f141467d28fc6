package io.github.cameldaraja.simulator.bills;

import java.math.BigDecimal;
import java.util.List;

import io.github.cameldaraja.simulator.BillInvoice;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.family.Calls;
import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.AnswerFates;
import io.github.cameldaraja.simulator.wire.CallbackFate;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.FaultQueue;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * Bill Manager.
 */
public final class BillFamily implements Family {

    private final Inside inside;
    private final Calls calls;
    private final FaultQueue<CallbackFate> notificationFates;
    private final BillBook book = new BillBook();
    private final Notifications notifications;
    private final OptInEndpoint optIn;
    private final InvoiceEndpoint invoices;
    private final CancelEndpoint cancels;
    private final ReconciliationEndpoint reconciliation;

    /** With the given plans. */
    public BillFamily(Inside inside, AnswerFates answerFates, FaultQueue<CallbackFate> notificationFates) {
        this.inside = inside;
        this.calls = new Calls(inside, answerFates, TokenRefusal.BILL_MANAGER);
        this.notificationFates = notificationFates;
        this.notifications = new Notifications(inside, notificationFates);
        BillAnswers answers = new BillAnswers(inside.answers(), inside.json());
        AppKeys keys = new AppKeys(book, answers);
        this.optIn = new OptInEndpoint(inside, book, answers);
        this.invoices = new InvoiceEndpoint(inside, book, answers, keys, new Reminders(inside, book));
        this.cancels = new CancelEndpoint(inside, book, answers, keys);
        this.reconciliation = new ReconciliationEndpoint(inside, book, answers, keys);
        inside.ledger().onPayment(this::paid);
    }

    @Override
    public void mount(Paths paths) {
        String prefix = inside.settings().billManagerPrefix();
        calls.post(paths, prefix + "/optin", "bills.optIn", optIn::optIn);
        calls.post(paths, prefix + "/change-optin-details", "bills.change", optIn::change);
        calls.post(paths, prefix + "/single-invoicing", "bills.single", invoices::single);
        calls.post(paths, prefix + "/bulk-invoicing", "bills.bulk", invoices::bulk);
        calls.post(paths, prefix + "/reconciliation", "bills.reconciliation", reconciliation::reconcile);
        calls.post(paths, prefix + "/cancel-single-invoice", "bills.cancelSingle", cancels::single);
        calls.post(paths, prefix + "/cancel-bulk-invoices", "bills.cancelBulk", cancels::bulk);
        calls.post(paths, prefix + "/cancel-bulk-invoice", "bills.cancelBulk", cancels::bulk);
    }

    @Override
    public void control(ControlPaths paths) {
        new BillControl(this, inside.json()).mount(paths);
    }

    @Override
    public void reset() {
        book.reset();
        notificationFates.reset();
    }

    /** All invoices, in the order in which they were sent. */
    public List<BillInvoice> invoices() {
        return book.invoices();
    }

    /**
     * A customer pays with an account number; throws {@link IllegalArgumentException} for odd numbers and
     * {@link IllegalStateException} if the money does not suffice.
     */
    public LedgerEntry pay(String phone, String shortCode, String accountReference, long amount) {
        if (amount <= 0) {
            throw new IllegalArgumentException("not a payment: " + amount);
        }
        inside.customers().get(phone);
        return inside.ledger().pay(phone, shortCode, amount, () -> new LedgerEntry(inside.ids().receipt(),
                inside.clock().instant(), phone, shortCode, shortCode, BigDecimal.valueOf(amount), accountReference,
                null, null)).orElseThrow(() -> new IllegalStateException(phone + " cannot afford " + amount));
    }

    /** Also payments that were asked for by a push. */
    private void paid(LedgerEntry entry) {
        book.biller(entry.partyB()).or(() -> book.biller(entry.shortCode())).ifPresent(biller -> {
            book.paid(biller.shortCode(), entry.accountReference(), entry.amount());
            notifications.tell(biller, entry);
        });
    }
}
