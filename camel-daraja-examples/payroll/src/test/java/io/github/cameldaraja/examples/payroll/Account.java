package io.github.cameldaraja.examples.payroll;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
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
 * @param sums by their title, such as {@code # PAID}, number and shillings as they are written
 */
record Account(boolean isFinal, List<Row> rows, Map<String, String> sums) {

    /** One row, as it is written. */
    record Row(int line, String id, LineStatus status, String receipt, long amount, String code, String description,
               String when) {
    }

    static Account read(Path file) throws IOException {
        String text = Files.readString(file);
        List<Row> rows = new ArrayList<>();
        Map<String, String> sums = new LinkedHashMap<>();
        text.lines().filter(line -> line.startsWith("#")).map(line -> line.split("[,:] ?", 2))
                .forEach(sum -> sums.put(sum[0], sum[1]));
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setCommentMarker('#').get();
        for (CSVRecord row : format.parse(new StringReader(text))) {
            rows.add(new Row(Integer.parseInt(row.get("line")), row.get("id"), LineStatus.valueOf(row.get("status")),
                    row.get("receipt"), Long.parseLong(row.get("amount")), row.get("code"), row.get("description"),
                    row.get("when")));
        }
        return new Account(file.toString().endsWith(Report.RESULT), rows, sums);
    }

    List<Row> with(LineStatus status) {
        return rows.stream().filter(row -> row.status() == status).toList();
    }

    long sum(LineStatus status) {
        return with(status).stream().mapToLong(Row::amount).sum();
    }

    Row row(String id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
    }

    String stopped() {
        return sums.get("# STOPPED");
    }
}
