package io.github.cameldaraja.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the two ways in which results write balances (Daraja: "Account Balance", "Business Pay Bill"): lines of columns,
 * {@code Utility Account|KES|10.00|10.00|0.00|0.00&…}, and the text of a Java map, {@code {Amount={BasicAmount=10.00, …}}}.
 */
final class Balances {

    private static final Pattern IN_MAP = Pattern.compile("([A-Za-z]{1,40}+)\\s*=\\s*([^{}=,]*)");

    private Balances() {
    }

    /**
     * The balances in a value.
     *
     * @param name of the value, which stands for the account where the text names none
     * @param text may be null
     * @return what could be read, in the order of the text; columns that are missing or no numbers are null
     */
    static List<Balance> read(String name, String text) {
        if (text == null) {
            return List.of();
        }
        return text.trim().startsWith("{") ? map(name, text) : lines(text);
    }

    /** What can be paid out of one account, where nothing else is told. */
    static Balance available(String account, BigDecimal amount) {
        return new Balance(account, null, null, amount, null, null);
    }

    private static List<Balance> lines(String text) {
        List<Balance> balances = new ArrayList<>();
        for (String line : text.split("&")) {
            String[] columns = line.split("\\|", -1);
            String account = column(columns, 0);
            if (columns.length > 1 && account != null) {
                balances.add(new Balance(account, column(columns, 1), amount(columns, 2), amount(columns, 3), amount(columns, 4),
                        amount(columns, 5)));
            }
        }
        return balances;
    }

    // BasicAmount is shillings, MinimumAmount the same in cents; published beside the columns, it is the available amount
    private static List<Balance> map(String name, String text) {
        String currency = null;
        BigDecimal amount = null;
        BigDecimal cents = null;
        for (Matcher entry = IN_MAP.matcher(text); entry.find();) {
            String value = entry.group(2).trim();
            switch (entry.group(1)) {
                case "CurrencyCode" -> currency = value.isEmpty() ? null : value;
                case "BasicAmount" -> amount = JsonObject.toDecimal(value);
                case "MinimumAmount" -> cents = JsonObject.toDecimal(value);
                default -> {
                    // tells nothing about the amount
                }
            }
        }
        BigDecimal available = amount != null || cents == null ? amount : cents.movePointLeft(2);
        return available == null ? List.of() : List.of(new Balance(name, currency, null, available, null, null));
    }

    private static String column(String[] columns, int index) {
        return index >= columns.length || columns[index].isBlank() ? null : columns[index].trim();
    }

    private static BigDecimal amount(String[] columns, int index) {
        return JsonObject.toDecimal(column(columns, index));
    }
}
