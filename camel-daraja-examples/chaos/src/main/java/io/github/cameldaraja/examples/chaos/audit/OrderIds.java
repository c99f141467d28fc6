package io.github.cameldaraja.examples.chaos.audit;

import io.github.cameldaraja.examples.chaos.plan.Payment;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the order that a text speaks of: C0000012; R0000012, which is paid back; RC0000012, the paying back. */
final class OrderIds {

    private static final Pattern ID = Pattern.compile("(?:C|R|RC|RR)([0-9]{7,9})");
    private static final long FIRST_PHONE = Long.parseLong(Payment.phone(0));

    private OrderIds() {
    }

    static OptionalInt ofId(String id) {
        if (id == null) {
            return OptionalInt.empty();
        }
        Matcher matcher = ID.matcher(id);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** All ids of that order. */
    static List<String> of(int number) {
        String digits = Payment.id(number).substring(1);
        return List.of("C" + digits, "R" + digits, "RC" + digits, "RR" + digits);
    }

    /** The customer's number tells his order. */
    static OptionalInt ofPhone(String phone, int payments) {
        long number;
        try {
            number = Long.parseLong(phone) - FIRST_PHONE;
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
        return number >= 0 && number < payments ? OptionalInt.of((int) number) : OptionalInt.empty();
    }
}
