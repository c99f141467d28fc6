package io.github.cameldaraja.examples.chaos.node;

import io.github.cameldaraja.examples.chaos.plan.Payment;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which order something is about, by what it carries. */
final class OrderId {

    /** No order's number. */
    static final int NONE = -1;

    // C0000012, of a return R0000012 as account and RC0000012 as key
    private static final Pattern ORDER = Pattern.compile("(?:C|R|RC)(\\d{7})");

    private OrderId() {
    }

    /** The order's number, by its key or else by its account reference; or {@link #NONE}. */
    static int number(String key, String accountReference) {
        int byKey = number(key);
        return byKey == NONE ? number(accountReference) : byKey;
    }

    /** The order's id, or null. */
    static String of(String key, String accountReference) {
        int number = number(key, accountReference);
        return number == NONE ? null : Payment.id(number);
    }

    /** Whether what is paid to that account goes back. */
    static boolean isReturn(String accountReference) {
        return accountReference != null && accountReference.startsWith("R") && number(accountReference) != NONE;
    }

    private static int number(String text) {
        Matcher order = text == null ? null : ORDER.matcher(text);
        return order != null && order.matches() ? Integer.parseInt(order.group(1)) : NONE;
    }
}
