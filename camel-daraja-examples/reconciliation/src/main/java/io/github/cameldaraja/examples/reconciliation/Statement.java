package io.github.cameldaraja.examples.reconciliation;

import io.github.cameldaraja.api.PhoneNumbers;
import io.github.cameldaraja.api.PullTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Takes M-Pesa's statement in, page by page. */
public class Statement {

    private final WorkTables tables;

    Statement(WorkTables tables) {
        this.tables = tables;
    }

    /**
     * Takes a page in.
     *
     * @return the one to ask for next
     */
    public StatementPage add(@Body PullTransactions.Answer answer, @Variable("page") StatementPage page) {
        List<Entry> payments = new ArrayList<>();
        List<String> receipts = new ArrayList<>();
        for (PullTransactions.Row row : answer.rows()) {
            receipts.add(String.valueOf(row.transactionId()));
            if (isPayment(row)) {
                payments.add(new Entry(Side.THERE, tables.nextNumber(), row.transactionId(), null, null, null, row.amount(),
                        page.time(row), PhoneNumbers.mask(row.phoneNumber()), row.accountReference()));
            }
        }
        tables.add(payments);
        return page.next(receipts);
    }

    // only payments are documented; should a reversal ever be listed, it is none
    private static boolean isPayment(PullTransactions.Row row) {
        return row.amount() != null && row.amount().signum() > 0
                && (row.transactionType() == null || !row.transactionType().toLowerCase(Locale.ROOT).contains("revers"));
    }
}
