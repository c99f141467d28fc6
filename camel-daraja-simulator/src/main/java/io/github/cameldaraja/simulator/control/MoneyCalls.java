package io.github.cameldaraja.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.Customer;
import io.github.cameldaraja.simulator.Customers;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.simulator.money.Account;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.wire.Call;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Times;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Shows the books and brings in customers and money.
 */
public final class MoneyCalls {

    private final Ledger ledger;
    private final Customers customers;
    private final long defaultBalance;
    private final Json json;

    public MoneyCalls(Ledger ledger, Customers customers, long defaultBalance, Json json) {
        this.ledger = ledger;
        this.customers = customers;
        this.defaultBalance = defaultBalance;
        this.json = json;
    }

    /** Names its calls. */
    public void mount(ControlPaths paths) {
        paths.get("/books", call -> books());
        paths.get("/customers", call -> customers());
        paths.post("/customers", this::add);
        paths.post("/deposits", this::deposit);
    }

    private ObjectNode books() {
        ObjectNode view = json.object();
        ObjectNode merchants = view.putObject("merchants");
        ObjectNode organisations = view.putObject("organisations");
        ledger.organisations().forEach((shortCode, kind) -> {
            merchants.put(shortCode, ledger.received(shortCode));
            organisations.set(shortCode, accounts(shortCode));
        });
        view.set("customers", customers());
        ArrayNode entries = view.putArray("entries");
        ledger.payments().forEach(entry -> write(entry, entries.addObject()));
        ArrayNode transfers = view.putArray("transfers");
        ledger.transfers().forEach(transfer -> write(transfer, transfers.addObject()));
        return view;
    }

    private ObjectNode accounts(String shortCode) {
        ObjectNode view = json.object();
        ledger.kind(shortCode).accounts()
                .forEach(account -> view.put(account.text(), ledger.balance(shortCode, account)));
        return view;
    }

    private ArrayNode customers() {
        ArrayNode list = json.array();
        customers.all().forEach(customer -> list.add(view(customer)));
        return list;
    }

    private JsonNode add(Call call) {
        long balance = call.body().has("balance") ? Values.whole(call, "balance") : defaultBalance;
        return view(customers.add(call.body().path("phone").asText(), balance,
                call.body().path("pin").asText(Customers.DEFAULT_PIN)));
    }

    private JsonNode deposit(Call call) {
        String shortCode = call.body().path("shortCode").asText();
        ledger.deposit(shortCode, Account.named(call.body().path("account").asText()),
                Values.whole(call, "amount"));
        return accounts(shortCode);
    }

    private ObjectNode view(Customer customer) {
        return json.object()
                .put("phone", customer.phone())
                .put("name", customer.name())
                .put("balance", customer.balance())
                .put("pin", customer.pin());
    }

    private static void write(LedgerEntry entry, ObjectNode view) {
        view.put("receipt", entry.receipt())
                .put("at", Times.iso(entry.at()))
                .put("payerPhone", entry.payerPhone())
                .put("shortCode", entry.shortCode())
                .put("partyB", entry.partyB())
                .put("amount", entry.amount())
                .put("accountReference", entry.accountReference())
                .put("checkoutRequestId", entry.checkoutRequestId())
                .put("merchantRequestId", entry.merchantRequestId());
    }

    private static void write(Transfer transfer, ObjectNode view) {
        view.put("receipt", transfer.receipt())
                .put("at", Times.iso(transfer.at()))
                .put("operation", transfer.operation())
                .put("from", transfer.from())
                .put("fromAccount", transfer.fromAccount())
                .put("to", transfer.to())
                .put("toAccount", transfer.toAccount())
                .put("amount", transfer.amount())
                .put("reference", transfer.reference())
                .put("originatorConversationId", transfer.originatorConversationId())
                .put("conversationId", transfer.conversationId())
                .put("reverses", transfer.reverses());
    }
}
