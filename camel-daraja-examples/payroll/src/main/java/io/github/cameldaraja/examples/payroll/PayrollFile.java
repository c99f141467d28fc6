package io.github.cameldaraja.examples.payroll;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A payroll's file, known by its name, and read line by line: it may be longer than memory.
 *
 * @param run   the name without its ending: names the run for ever
 * @param month such as 2026-11
 */
public record PayrollFile(String run, String month) {

    private static final Pattern NAME = Pattern.compile("(payroll-([0-9]{4}-(?:0[1-9]|1[0-2]))(?:-[a-z0-9]{1,20})?)[.]csv");
    private static final String NAME_RULE =
            "its name must tell the month; write payroll-2026-11.csv, or payroll-2026-11-late.csv for more of the same month";
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setTrim(true).get();
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * The file of that name.
     *
     * @throws InvalidPayrollException if it is none of a payroll
     */
    static PayrollFile named(String fileName) throws InvalidPayrollException {
        Matcher name = NAME.matcher(fileName);
        if (!name.matches()) {
            throw new InvalidPayrollException(Problem.ofFile(NAME_RULE));
        }
        return new PayrollFile(name.group(1), name.group(2));
    }

    /**
     * Reads it to its end.
     *
     * @param lines    takes each line, or all that is wrong with it
     * @throws InvalidPayrollException if it cannot be read as a whole: then what was told of its lines does not count
     */
    void read(InputStream content, Consumer<LineRules.Verdict> lines) throws InvalidPayrollException {
        int number = 1;
        boolean empty = true;
        try (CSVParser parser = CSVParser.parse(text(content), FORMAT)) {
            List<String> columns = null;
            for (CSVRecord row : parser) {
                number = (int) parser.getCurrentLineNumber();
                if (columns == null) {
                    columns = columns(number, row);
                } else {
                    lines.accept(check(number, columns, row));
                    empty = false;
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new InvalidPayrollException(isWrongByte(e)
                    ? Problem.ofFile("it is not UTF-8; save it as \"CSV UTF-8\"")
                    : new Problem(number, "what follows cannot be read; look for a quotation mark that is not closed"));
        }
        if (empty) {
            throw new InvalidPayrollException(new Problem(number, "nobody is to be paid; write a line for each person below the"
                    + " titles"));
        }
    }

    private static List<String> columns(int number, CSVRecord row) throws InvalidPayrollException {
        List<String> columns = row.stream().map(title -> title.toLowerCase(Locale.ROOT)).toList();
        if (!columns.containsAll(LineRules.COLUMNS) || columns.size() != LineRules.COLUMNS.size()) {
            throw new InvalidPayrollException(new Problem(number, "the titles must be " + String.join(",", LineRules.COLUMNS)
                    + "; write them so"));
        }
        return columns;
    }

    private LineRules.Verdict check(int number, List<String> columns, CSVRecord row) {
        if (row.size() != columns.size()) {
            return new LineRules.Verdict(null, List.of(new Problem(number, "has " + row.size() + " columns instead of "
                    + columns.size() + "; put a text with commas into quotation marks")));
        }
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            texts.put(columns.get(i), row.get(i));
        }
        return LineRules.check(month, number, texts);
    }

    // a wrong byte would become a wrong name in silence
    private static Reader text(InputStream content) throws IOException {
        Reader text = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()));
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    private static boolean isWrongByte(Throwable failure) {
        return failure != null && (failure instanceof CharacterCodingException || isWrongByte(failure.getCause()));
    }
}
