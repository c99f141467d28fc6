package io.github.cameldaraja.examples.payroll;

import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.Field;
import io.github.cameldaraja.api.InvalidFieldException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks one line after the other and remembers all that is wrong. Phone, amount and reason obey M-Pesa's own rules. */
final class LineRules {

    static final List<String> COLUMNS = List.of("id", "name", "phone", "amount", "reason");

    private static final B2c API = new B2c();
    private static final Map<String, Field> RULES = Map.of(
            "id", Field.id("id", 1, 20),
            "name", Field.freeText("name", 1, 60),
            "phone", API.field("phoneNumber"),
            "amount", API.field("Amount"),
            "reason", API.field("Remarks"));

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();

    /** The line with what M-Pesa takes, or null if something is wrong with it. */
    Line check(String month, int number, Map<String, String> texts) {
        int before = problems.size();
        Map<String, String> valid = new HashMap<>();
        COLUMNS.forEach(column -> valid.put(column, apply(number, column, texts.get(column))));
        String id = valid.get("id");
        Integer first = id == null ? null : seen.putIfAbsent(id, number);
        if (first != null) {
            add(number, "id: is that of line " + first + ", too; one id is paid once a month, so take out one of the two");
        }
        return problems.size() > before ? null : new Line(month + "/" + id, number, id, valid.get("name"), valid.get("phone"),
                Long.parseLong(valid.get("amount")), valid.get("reason"));
    }

    void add(int number, String text) {
        problems.add(new Problem(number, text));
    }

    boolean areKept() {
        return problems.isEmpty();
    }

    void throwIfAny() throws InvalidPayrollException {
        if (!problems.isEmpty()) {
            throw new InvalidPayrollException(problems);
        }
    }

    private String apply(int number, String column, String text) {
        if (text == null || text.isBlank()) {
            add(number, column + ": is missing; fill it in");
            return null;
        }
        try {
            return RULES.get(column).rule().apply(column, text).toString();
        } catch (InvalidFieldException e) {
            add(number, e.getMessage());
            return null;
        }
    }
}
