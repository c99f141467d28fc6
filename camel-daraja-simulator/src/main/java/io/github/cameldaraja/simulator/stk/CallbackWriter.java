package io.github.cameldaraja.simulator.stk;

import java.math.BigDecimal;
import java.time.Clock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.wire.Ids;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * Writes STK callbacks.
 */
final class CallbackWriter {

    private static final String PAID = "0";

    private final Json json;
    private final Ids ids;
    private final Clock clock;
    private final Ledger ledger;

    CallbackWriter(Json json, Ids ids, Clock clock, Ledger ledger) {
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.ledger = ledger;
    }

    /** The callback that belongs to the outcome, unless its script replaces it. */
    String truth(Push push) {
        String replaced = push.fate().look().body();
        if (replaced != null) {
            return replaced;
        }
        LedgerEntry entry = push.entry();
        return write(push, push.code(), entry == null ? null : entry.receipt());
    }

    /** A callback that claims another result code. */
    String lie(Push push, String code) {
        return write(push, code, PAID.equals(code) ? ids.receipt() : null);
    }

    private String write(Push push, String code, String receipt) {
        CallbackLook look = push.fate().look();
        ObjectNode body = json.object();
        ObjectNode callback = body.putObject("Body").putObject("stkCallback");
        callback.put("MerchantRequestID", push.merchantRequestId());
        callback.put("CheckoutRequestID", push.checkoutRequestId());
        if (look.stringCode() || !code.chars().allMatch(Character::isDigit)) {
            callback.put("ResultCode", code);
        } else {
            callback.put("ResultCode", Long.parseLong(code));
        }
        callback.put("ResultDesc", (look.prefixed() ? "[STK_CB - ]" : "") + ResultTexts.of(code));
        if (PAID.equals(code)) {
            metadata(push, look, receipt, callback.putObject("CallbackMetadata").putArray("Item"));
        }
        return json.write(body);
    }

    private void metadata(Push push, CallbackLook look, String receipt, ArrayNode items) {
        amount(push, look, items.addObject().put("Name", "Amount"));
        if (look.receipt()) {
            items.addObject().put("Name", "MpesaReceiptNumber").put("Value", receipt);
        }
        switch (look.balance()) {
            case WITH_VALUE -> items.addObject().put("Name", "Balance")
                    .put("Value", BigDecimal.valueOf(ledger.received(push.request().partyB())).setScale(2));
            case WITHOUT_VALUE -> items.addObject().put("Name", "Balance");
            default -> { }
        }
        String date = Times.compact(clock.instant());
        items.addObject().put("Name", "TransactionDate").put("Value", Long.parseLong(date));
        String phone = push.request().partyA();
        ObjectNode item = items.addObject().put("Name", "PhoneNumber");
        if (look.maskedPhone()) {
            item.put("Value", phone.substring(0, 5) + "****" + phone.substring(9));
        } else {
            item.put("Value", Long.parseLong(phone));
        }
    }

    private static void amount(Push push, CallbackLook look, ObjectNode item) {
        BigDecimal amount = look.wrongAmount() == null
                ? BigDecimal.valueOf(push.request().amount())
                : look.wrongAmount();
        String sample = look.amountSample();
        boolean quoted = sample.startsWith("\"");
        int scale = new BigDecimal(sample.replace("\"", "")).scale();
        BigDecimal written = amount.setScale(Math.max(scale, amount.stripTrailingZeros().scale()));
        if (quoted) {
            item.put("Value", written.toPlainString());
        } else {
            item.put("Value", written);
        }
    }
}
