package io.github.cameldaraja.simulator.c2b;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The appearances that confirmations are known to have.
 */
public final class Looks {

    private static final List<String> NAMES = List.of("FirstName", "MiddleName", "LastName");
    private static final String PHONE = "MSISDN";
    private static final String AMOUNT = "TransAmount";

    private Looks() {
    }

    public static Look clearPhone() {
        return (message, entry) -> message.put(PHONE, entry.payerPhone());
    }

    public static Look hashedPhone() {
        return (message, entry) -> message.put(PHONE, Masks.hash(entry.payerPhone()));
    }

    public static Look starredPhone() {
        return (message, entry) -> message.put(PHONE, Masks.stars(entry.payerPhone()));
    }

    public static Look emptyNames() {
        return (message, entry) -> NAMES.forEach(name -> message.put(name, ""));
    }

    public static Look nullNames() {
        return (message, entry) -> NAMES.forEach(message::putNull);
    }

    public static Look withoutNames() {
        return (message, entry) -> message.remove(NAMES);
    }

    public static Look firstNameOnly() {
        return (message, entry) -> message.put(NAMES.get(2), "");
    }

    /** null where others have an empty text. */
    public static Look nulls() {
        return (message, entry) -> message.fieldNames().forEachRemaining(name -> {
            if (message.get(name).asText().isEmpty()) {
                message.putNull(name);
            }
        });
    }

    public static Look wholeAmount() {
        return (message, entry) -> message.put(AMOUNT, entry.amount().toPlainString());
    }

    public static Look numericAmount() {
        return (message, entry) -> message.put(AMOUNT, entry.amount().setScale(2));
    }

    public static Look wrongAmount(BigDecimal amount) {
        return (message, entry) -> message.put(AMOUNT, amount.toPlainString());
    }

    public static Look transactionType(String type) {
        return (message, entry) -> message.put("TransactionType", type);
    }

    public static Look withoutTime() {
        return (message, entry) -> message.remove("TransTime");
    }

    /** The fields from last to first. */
    public static Look permuted() {
        return (message, entry) -> {
            List<String> names = new ArrayList<>();
            message.fieldNames().forEachRemaining(names::add);
            Collections.reverse(names);
            for (String name : names) {
                JsonNode value = message.remove(name);
                message.set(name, value);
            }
        };
    }
}
