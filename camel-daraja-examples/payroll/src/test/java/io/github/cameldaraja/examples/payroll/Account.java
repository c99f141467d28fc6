package io.github.cameldaraja.examples.payroll;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * The account of a run as people and programs read it: the rows of the file and the sums behind them.
 *
 * @param sums    by their title, such as {@code # PAID}, number and shillings as they are written
 * @param invalid what is wrong with the lines that cannot be paid, by line
 */
record Account(boolean isFinal, List<Row> rows, Map<String, String> sums, Map<Integer, String> invalid) {

    /** One row of a line that can be paid, as it is written. */
    record Row(int line, String id, LineStatus status, String receipt, long amount, String code, String description,
               String when) {
    }

    /** The newest account of a run, or null. */
    static Account read(Path folder, String run) {
        for (String kind : List.of(Reports.RESULT, Reports.INTERIM)) {
            try {
                return read(folder.resolve("out").resolve(run + kind));
            } catch (NoSuchFileException e) {
                // the other kind, or none yet
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return null;
    }

    private static Account read(Path file) throws IOException {
        String text = Files.readString(file);
        List<Row> rows = new ArrayList<>();
        Map<Integer, String> invalid = new LinkedHashMap<>();
        Map<String, String> sums = new LinkedHashMap<>();
        text.lines().filter(line -> line.startsWith("#")).map(line -> line.split("[,:] ?", 2))
                .forEach(sum -> sums.put(sum[0], sum[1]));
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setCommentMarker('#').get();
        for (CSVRecord row : format.parse(new StringReader(text))) {
            int line = Integer.parseInt(row.get("line"));
            if (row.get("status").equals(Reports.INVALID)) {
                invalid.merge(line, row.get("description"), (one, more) -> one + "\n" + more);
            } else {
                rows.add(new Row(line, row.get("id"), LineStatus.valueOf(row.get("status")), row.get("receipt"),
                        Long.parseLong(row.get("amount")), row.get("code"), row.get("description"), row.get("when")));
            }
        }
        return new Account(file.toString().endsWith(Reports.RESULT), rows, sums, invalid);
    }

    List<Row> with(LineStatus status) {
        return rows.stream().filter(row -> row.status() == status).toList();
    }

    List<String> ids(LineStatus status) {
        return with(status).stream().map(Row::id).toList();
    }

    long sum(LineStatus status) {
        return with(status).stream().mapToLong(Row::amount).sum();
    }

    Row row(String id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
    }

    /** Why nothing is sent until something else happens by itself, or null. */
    String waiting() {
        return sums.get("# WAITING");
    }

    /** Why nothing is sent until a person puts the file in again, or null. */
    String stopped() {
        return sums.get("# STOPPED");
    }
}
