package io.github.cameldaraja.examples.payroll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The account of a run: a row for every line of its file and the sums, as CSV.
 *
 * @param changes how often the run had changed when this was read
 * @param stopped why nothing more is sent, or null
 */
public record Report(String run, long changes, String stopped, List<Standing> lines) {

    static final String INTERIM = ".interim.csv";
    static final String RESULT = ".result.csv";

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

    /** Whether no line is open any more. */
    public boolean isFinal() {
        return lines.stream().allMatch(line -> line.status().isFinal());
    }

    public String fileName() {
        return run + (isFinal() ? RESULT : INTERIM);
    }

    /** How many lines have that status. */
    public long count(LineStatus status) {
        return lines.stream().filter(line -> line.status() == status).count();
    }

    /** Shillings of the lines with that status. */
    public long sum(LineStatus status) {
        return lines.stream().filter(line -> line.status() == status).mapToLong(Standing::amount).sum();
    }

    /** The file: the rows, then the sums behind {@code #}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, FORMAT)) {
            csv.printRecord("line", "id", "status", "receipt", "amount", "code", "description", "when");
            for (Standing line : lines) {
                csv.printRecord(line.number(), line.id(), line.status(), line.receipt(), line.amount(), line.code(),
                        line.description(), line.when());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (LineStatus status : LineStatus.values()) {
            if (count(status) > 0 || status.isFinal() || status == LineStatus.UNKNOWN) {
                text.append("# ").append(status).append(',').append(count(status)).append(',').append(sum(status)).append('\n');
            }
        }
        text.append("# TOTAL,").append(lines.size()).append(',').append(lines.stream().mapToLong(Standing::amount).sum());
        text.append('\n');
        if (stopped != null) {
            text.append("# STOPPED: ").append(stopped.replaceAll("\\s+", " ")).append('\n');
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "Report[" + run + ", paid " + sum(LineStatus.PAID) + "]";
    }
}
