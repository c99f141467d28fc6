package io.github.cameldaraja.examples.payroll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes the account of each run that has changed: a row for every line of its file, and the sums, as CSV. It is {@code .interim.csv}
 * as long as a line is open, then {@code .result.csv}.
 */
public class Reports {

    static final String INTERIM = ".interim.csv";
    static final String RESULT = ".result.csv";
    /** Instead of a status, of a line that cannot be paid as it stands. */
    static final String INVALID = "INVALID";

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    private static final String CHANGES = "select r.run, r.state || ' ' || coalesce(r.reason, '') || ' '"
            + " || (select count(*) from payroll_problem p where p.run = r.run) || ' '"
            + " || coalesce((select listagg(s.status || ' ' || s.number || ' ' || s.receipts || ' ' || s.attempts, ', ')"
            + " within group (order by s.status) from (select run, status, count(*) as number, count(receipt) as receipts,"
            + " sum(attempt) as attempts from payroll_line group by run, status) s where s.run = r.run), '') from payroll_run r";
    private static final String ROWS = "select line_number, id, status, receipt, amount, code, description, happened_at"
            + " from payroll_line where run = ? union all select line_number, null, '" + INVALID + "', null, null, null, text, null"
            + " from payroll_problem where run = ? order by 1, 2";

    private final JdbcTemplate sql;
    private final Path folder;
    // as they were when they were written last; a new process writes all of them once
    private final Map<String, String> written = new ConcurrentHashMap<>();

    Reports(JdbcTemplate sql, Path folder) {
        this.sql = sql;
        this.folder = folder;
    }

    /** Writes what has changed. */
    public void write() throws IOException {
        for (String[] run : sql.query(CHANGES, (row, number) -> new String[] { row.getString(1), row.getString(2) })) {
            if (!run[1].equals(written.get(run[0]))) {
                write(run[0]);
                written.put(run[0], run[1]);
            }
        }
    }

    private void write(String run) throws IOException {
        Path draft = Files.createDirectories(folder).resolve("." + run + ".draft");
        Sums sums = new Sums();
        try (Writer text = Files.newBufferedWriter(draft); CSVPrinter csv = new CSVPrinter(text, FORMAT)) {
            csv.printRecord("line", "id", "status", "receipt", "amount", "code", "description", "when");
            // row by row: a run may be longer than memory
            sql.query(ROWS, row -> {
                write(csv, row);
                sums.add(row.getString("status"), row.getLong("amount"));
            }, run, run);
            text.append(sums.text(reason(run)));
        }
        Files.move(draft, folder.resolve(run + (sums.areFinal() ? RESULT : INTERIM)), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(folder.resolve(run + (sums.areFinal() ? INTERIM : RESULT)));
    }

    private static void write(CSVPrinter csv, ResultSet row) throws SQLException {
        try {
            csv.printRecord(row.getInt(1), row.getString(2), row.getString(3), row.getString(4), row.getObject(5), row.getString(6),
                    row.getString(7), row.getObject(8, OffsetDateTime.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String reason(String run) {
        List<String> reason = sql.queryForList("select state || ': ' || reason from payroll_run where run = ? and reason is not null",
                String.class, run);
        return reason.isEmpty() ? null : reason.get(0);
    }

    /** What the rows come to. */
    private static final class Sums {

        private final Map<LineStatus, long[]> sums = new EnumMap<>(LineStatus.class);
        private long invalid;

        void add(String status, long amount) {
            if (INVALID.equals(status)) {
                invalid++;
                return;
            }
            long[] sum = sums.computeIfAbsent(LineStatus.valueOf(status), any -> new long[2]);
            sum[0]++;
            sum[1] += amount;
        }

        boolean areFinal() {
            return sums.keySet().stream().allMatch(LineStatus::isFinal);
        }

        String text(String reason) {
            StringBuilder text = new StringBuilder();
            long[] total = new long[2];
            for (LineStatus status : LineStatus.values()) {
                long[] sum = sums.getOrDefault(status, new long[2]);
                total[0] += sum[0];
                total[1] += sum[1];
                if (sum[0] > 0 || status == LineStatus.PAID || status == LineStatus.FAILED || status == LineStatus.UNKNOWN) {
                    text.append("# ").append(status).append(',').append(sum[0]).append(',').append(sum[1]).append('\n');
                }
            }
            text.append("# TOTAL,").append(total[0]).append(',').append(total[1]).append('\n');
            if (invalid > 0) {
                text.append("# ").append(INVALID).append(',').append(invalid).append('\n');
            }
            if (reason != null && !areFinal()) {
                text.append("# ").append(reason.replaceAll("\\s+", " ")).append('\n');
            }
            return text.toString();
        }
    }
}
