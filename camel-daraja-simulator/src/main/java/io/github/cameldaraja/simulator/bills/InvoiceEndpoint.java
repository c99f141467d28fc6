package io.github.cameldaraja.simulator.bills;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.cameldaraja.simulator.BillInvoice;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Refused;

/**
 * Single and bulk invoicing; a bulk is sent as a whole or not at all.
 */
final class InvoiceEndpoint {

    private static final int LARGEST_BULK = 1000;

    private final Inside inside;
    private final BillBook book;
    private final BillAnswers answers;
    private final AppKeys keys;
    private final InvoiceReader reader;
    private final Reminders reminders;

    InvoiceEndpoint(Inside inside, BillBook book, BillAnswers answers, AppKeys keys, Reminders reminders) {
        this.inside = inside;
        this.book = book;
        this.answers = answers;
        this.keys = keys;
        this.reader = new InvoiceReader(inside, answers);
        this.reminders = reminders;
    }

    Answer single(Exchange exchange) {
        Biller biller = keys.required(exchange);
        return send(biller, List.of(inside.fields(exchange, InvoiceReader.FIRST_FIELD)));
    }

    Answer bulk(Exchange exchange) {
        Biller biller = keys.required(exchange);
        List<Fields> all = Fields.listOf(exchange, InvoiceReader.FIRST_FIELD, inside.settings().strict(),
                inside.json(), inside.answers().fieldRefusal());
        if (all.size() > LARGEST_BULK) {
            throw new Refused(inside.answers().fieldRefusal().unreadable());
        }
        return send(biller, all);
    }

    private Answer send(Biller biller, List<Fields> all) {
        List<BillInvoice> invoices = new ArrayList<>();
        Set<String> references = new HashSet<>();
        for (Fields fields : all) {
            BillInvoice invoice = reader.read(fields, biller);
            if (book.knows(invoice.externalReference()) || !references.add(invoice.externalReference())) {
                throw answers.conflict("Duplicate external reference " + invoice.externalReference());
            }
            invoices.add(invoice);
        }
        invoices.forEach(invoice -> {
            book.keep(invoice);
            inside.counters().increment("bills.invoices");
            reminders.plan(biller, invoice);
        });
        return answers.invoiced();
    }
}
