package io.github.cameldaraja.examples.payroll;

import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.Field;
import io.github.cameldaraja.api.InvalidFieldException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a line must look like. Phone, amount and reason obey M-Pesa's own rules. */
final class LineRules {

    /** Either a line with what M-Pesa takes, or all that is wrong with it. */
    record Verdict(Line line, List<Problem> problems) {
    }

    static final List<String> COLUMNS = List.of("id", "name", "phone", "amount", "reason");

    private static final B2c API = new B2c();
    private static final Map<String, Field> RULES = Map.of(
            "id", Field.id("id", 1, 20),
            "name", Field.freeText("name", 1, 60),
            "phone", API.field("phoneNumber"),
            "amount", API.field("Amount"),
            "reason", API.field("Remarks"));

    private LineRules() {
    }

    /**
     * Checks one line.
     *
     * @param month such as 2026-11
     * @param texts by column
     */
    static Verdict check(String month, int number, Map<String, String> texts) {
        Map<String, String> valid = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String column : COLUMNS) {
            String text = texts.get(column);
            if (text == null || text.isBlank()) {
                problems.add(new Problem(number, column + ": is missing; fill it in"));
                continue;
            }
            try {
                valid.put(column, RULES.get(column).rule().apply(column, text).toString());
            } catch (InvalidFieldException e) {
                problems.add(new Problem(number, e.getMessage()));
            }
        }
        return new Verdict(problems.isEmpty() ? line(month, number, valid) : null, problems);
    }

    private static Line line(String month, int number, Map<String, String> valid) {
        String id = valid.get("id");
        return new Line(month + "/" + id, 1, number, id, valid.get("name"), valid.get("phone"),
                Long.parseLong(valid.get("amount")), valid.get("reason"));
    }
}
