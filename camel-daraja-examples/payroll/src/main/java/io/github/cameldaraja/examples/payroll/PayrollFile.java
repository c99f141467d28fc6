package io.github.cameldaraja.examples.payroll;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * One payroll, read and found in order to the last line.
 *
 * @param run the file's name without its ending: names the run for ever
 */
public record PayrollFile(String run, List<Line> lines) {

    private static final Pattern NAME = Pattern.compile("(payroll-([0-9]{4}-(?:0[1-9]|1[0-2]))(?:-[a-z0-9]{1,20})?)[.]csv");
    private static final String NAME_RULE =
            "its name must tell the month; write payroll-2026-11.csv, or payroll-2026-11-late.csv for more of the same month";
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setTrim(true).get();
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Reads a file.
     *
     * @throws InvalidPayrollException if anything in it is wrong; names all of it
     */
    public static PayrollFile read(String fileName, byte[] content) throws InvalidPayrollException {
        Matcher name = NAME.matcher(fileName);
        if (!name.matches()) {
            throw new InvalidPayrollException(List.of(Problem.ofFile(NAME_RULE)));
        }
        LineRules rules = new LineRules();
        List<Line> lines = lines(name.group(2), text(content), rules);
        rules.throwIfAny();
        return new PayrollFile(name.group(1), lines);
    }

    private static List<Line> lines(String month, String text, LineRules rules) {
        List<Line> lines = new ArrayList<>();
        int number = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), FORMAT)) {
            List<String> columns = null;
            for (CSVRecord row : parser) {
                number = (int) parser.getCurrentLineNumber();
                if (columns == null) {
                    columns = row.stream().map(title -> title.toLowerCase(Locale.ROOT)).toList();
                    if (!columns.containsAll(LineRules.COLUMNS) || columns.size() != LineRules.COLUMNS.size()) {
                        rules.add(number, "the titles must be " + String.join(",", LineRules.COLUMNS) + "; write them so");
                        return lines;
                    }
                } else if (row.size() != columns.size()) {
                    rules.add(number, "has " + row.size() + " columns instead of " + columns.size()
                            + "; put a text with commas into quotation marks");
                } else {
                    lines.add(rules.check(month, number, byTitle(columns, row)));
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            rules.add(number, "what follows cannot be read; look for a quotation mark that is not closed");
            return lines;
        }
        if (lines.isEmpty() && rules.areKept()) {
            rules.add(number, "nobody is to be paid; write a line for each person below the titles");
        }
        return lines;
    }

    private static Map<String, String> byTitle(List<String> columns, CSVRecord row) {
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            texts.put(columns.get(i), row.get(i));
        }
        return texts;
    }

    // a wrong byte would become a wrong name in silence
    private static String text(byte[] content) throws InvalidPayrollException {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidPayrollException(List.of(Problem.ofFile("it is not UTF-8; save it as \"CSV UTF-8\"")));
        }
    }
}
