package io.github.cameldaraja.examples.reconciliation;

import io.github.cameldaraja.api.NairobiTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The report of a run: every payment as a row of CSV, and a page for people. Both appear when they are whole, or not at all. */
final class Report implements AutoCloseable {

    /** How many differences the page shows; the CSV has all. */
    static final int SHOWN = 1_000;
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setRecordSeparator("\n")
            .setHeader("kind", "receipt_there", "receipt_here", "amount_there", "amount_here", "time_there", "time_here", "reference",
                    "operation", "account", "phone", "note").get();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(NairobiTime.ZONE);

    private final Path folder;
    private final Period period;
    private final String shortCode;
    private final Instant now;
    private final Path table;
    private final CSVPrinter csv;
    private final List<Finding> differences = new ArrayList<>();

    Report(Path folder, Period period, String shortCode, Instant now) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.period = period;
        this.shortCode = shortCode;
        this.now = now;
        table = part("csv");
        csv = new CSVPrinter(Files.newBufferedWriter(table), FORMAT);
    }

    void add(Finding finding) {
        Entry here = finding.here();
        Entry there = finding.there();
        Entry known = there == null ? here : there;
        try {
            csv.printRecord(finding.kind(), there == null ? null : text(there.receipt()), here == null ? null : text(here.receipt()),
                    there == null ? null : amount(there.amount()), here == null ? null : amount(here.amount()), time(there), time(here),
                    here == null ? null : here.reference(), here == null ? null : here.operation(), text(known.accountReference()),
                    text(known.phone()), finding.note());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (finding.kind() != Kind.AGREES && differences.size() < SHOWN) {
            differences.add(finding);
        }
    }

    /** Puts both in place. */
    void finish(Summary summary) throws IOException {
        csv.close(true);
        Path page = part("html");
        try (Writer out = Files.newBufferedWriter(page, StandardCharsets.UTF_8)) {
            new ReportPage(out, period, shortCode, now).write(summary, differences, name("csv"));
        }
        Files.move(table, folder.resolve(name("csv")), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.move(page, folder.resolve(name("html")), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        csv.close();
        Files.deleteIfExists(table);
        Files.deleteIfExists(part("html"));
    }

    static String time(Entry entry) {
        return entry == null ? null : TIME.format(entry.at());
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static String amount(BigDecimal amount) {
        return amount.setScale(2).toPlainString();
    }

    // customers type it, and spreadsheets calculate what begins like that
    private static String text(String typed) {
        return typed == null || typed.isEmpty() || "=+-@\t\r".indexOf(typed.charAt(0)) < 0 ? typed : "'" + typed;
    }

    private Path part(String type) {
        return folder.resolve("." + name(type) + ".part");
    }

    private String name(String type) {
        return period.day() + "." + type;
    }
}
