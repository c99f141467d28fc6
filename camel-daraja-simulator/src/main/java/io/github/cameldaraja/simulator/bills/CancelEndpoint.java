package io.github.cameldaraja.simulator.bills;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.cameldaraja.simulator.BillInvoice;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;

/**
 * Takes invoices back; a bulk as a whole or not at all.
 */
final class CancelEndpoint {

    private static final String FIELD = InvoiceReader.FIRST_FIELD;

    private final Inside inside;
    private final BillBook book;
    private final BillAnswers answers;
    private final AppKeys keys;

    CancelEndpoint(Inside inside, BillBook book, BillAnswers answers, AppKeys keys) {
        this.inside = inside;
        this.book = book;
        this.answers = answers;
        this.keys = keys;
    }

    Answer single(Exchange exchange) {
        Optional<Biller> biller = keys.given(exchange);
        return cancel(biller, List.of(inside.fields(exchange, FIELD)));
    }

    Answer bulk(Exchange exchange) {
        Optional<Biller> biller = keys.given(exchange);
        return cancel(biller, Fields.listOf(exchange, FIELD, inside.settings().strict(), inside.json(),
                inside.answers().fieldRefusal()));
    }

    private Answer cancel(Optional<Biller> biller, List<Fields> all) {
        List<BillInvoice> invoices = new ArrayList<>();
        for (Fields fields : all) {
            invoices.add(cancellable(biller, fields.required(FIELD, Type.TEXT, text -> true)));
        }
        invoices.stream().distinct().forEach(invoice -> {
            book.keep(invoice.cancel());
            inside.counters().increment("bills.cancelled");
        });
        return answers.cancelled();
    }

    private BillInvoice cancellable(Optional<Biller> biller, String externalReference) {
        BillInvoice invoice = book.invoice(externalReference)
                .filter(found -> !found.cancelled()
                        && biller.map(owner -> owner.shortCode().equals(found.shortCode())).orElse(true))
                .orElseThrow(() -> answers.notCancelled("Invoice does not exist."));
        if (invoice.paid().signum() > 0) {
            throw answers.notCancelled("partially or fully paid invoices cannot be cancelled.");
        }
        return invoice;
    }
}
