package io.github.cameldaraja.simulator.bills;

import io.github.cameldaraja.simulator.BillInvoice;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;

/**
 * The biller acknowledges a payment, and the customer gets an e-receipt.
 */
final class ReconciliationEndpoint {

    private static final String FIRST_FIELD = "paymentDate";

    private final Inside inside;
    private final BillBook book;
    private final BillAnswers answers;
    private final AppKeys keys;

    ReconciliationEndpoint(Inside inside, BillBook book, BillAnswers answers, AppKeys keys) {
        this.inside = inside;
        this.book = book;
        this.answers = answers;
        this.keys = keys;
    }

    Answer reconcile(Exchange exchange) {
        keys.given(exchange);
        Fields fields = inside.fields(exchange, FIRST_FIELD);
        fields.required(FIRST_FIELD, Type.TEXT, BillFormats::isDay);
        fields.required("paidAmount", Type.TEXT, BillFormats::isAmount);
        fields.required("accountReference", Type.TEXT, text -> true);
        String receipt = fields.required("transactionId", Type.TEXT, text -> true);
        fields.required("phoneNumber", Type.TEXT, BillFormats::isPhone);
        fields.required("fullName", Type.TEXT, text -> true);
        fields.required("invoiceName", Type.TEXT, text -> true);
        String external = fields.required("externalReference", Type.TEXT, text -> true);
        if (inside.ledger().payment(receipt).isEmpty()) {
            throw answers.conflict("Transaction does not exist.");
        }
        BillInvoice invoice = book.invoice(external).filter(found -> !found.cancelled())
                .orElseThrow(() -> answers.conflict("Invoice does not exist."));
        book.keep(invoice.acknowledge());
        inside.counters().increment("bills.receipts");
        return answers.success();
    }
}
