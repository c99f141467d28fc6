package io.github.cameldaraja.simulator.c2b;

import java.math.BigDecimal;
import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.Customers;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.family.Merchant;
import io.github.cameldaraja.simulator.money.Kind;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * Writes validations and confirmations.
 */
final class MessageWriter {

    private final Json json;
    private final Ledger ledger;
    private final Customers customers;
    private final Merchant merchant;

    MessageWriter(Json json, Ledger ledger, Customers customers, Merchant merchant) {
        this.json = json;
        this.ledger = ledger;
        this.customers = customers;
        this.merchant = merchant;
    }

    /** The question about an attempt: no balance, whole shillings without decimals. */
    ObjectNode validation(Version version, Attempt attempt) {
        return message(version, attempt.receipt(), attempt.at(), Long.toString(attempt.amount()), attempt.partyB(),
                attempt.reference(), "", "", attempt.phone());
    }

    /** The news of a payment. */
    ObjectNode confirmation(Version version, LedgerEntry entry, String thirdPartyId) {
        return message(version, entry.receipt(), entry.at(), decimal(entry.amount()), entry.partyB(),
                entry.accountReference(), decimal(BigDecimal.valueOf(ledger.received(entry.partyB()))), thirdPartyId,
                entry.payerPhone());
    }

    private ObjectNode message(Version version, String receipt, Instant at, String amount, String partyB,
            String reference, String balance, String thirdPartyId, String phone) {
        boolean till = ledger.kind(partyB) == Kind.TILL;
        String name = customers.get(phone).name();
        int blank = name.indexOf(' ');
        return json.object()
                .put("TransactionType", till ? "Customer Merchant Payment" : "Pay Bill")
                .put("TransID", receipt)
                .put("TransTime", Times.compact(at))
                .put("TransAmount", amount)
                .put("BusinessShortCode", merchant.calledBack(partyB))
                .put("BillRefNumber", till ? "" : reference)
                .put("InvoiceNumber", "")
                .put("OrgAccountBalance", balance)
                .put("ThirdPartyTransID", thirdPartyId)
                .put("MSISDN", Masks.of(version, phone))
                .put("FirstName", blank < 0 ? name : name.substring(0, blank))
                .put("MiddleName", "")
                .put("LastName", blank < 0 ? "" : name.substring(blank + 1));
    }

    private static String decimal(BigDecimal shillings) {
        return shillings.setScale(2).toPlainString();
    }
}
