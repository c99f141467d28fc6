package io.github.cameldaraja.docs;

import io.github.cameldaraja.api.Catalogue;
import io.github.cameldaraja.api.CodeSource;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.ErrorKind;
import io.github.cameldaraja.api.OutcomeApi;
import io.github.cameldaraja.api.ResultCategory;
import io.github.cameldaraja.api.Retry;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes the tables of result codes and errors. */
final class CodeTables {

    private static final String END = "|===\n";
    // 2 before 17 before 1001 before R000001
    private static final Comparator<String> AS_PEOPLE_COUNT = Comparator.<String>comparingInt(code ->
            code.matches("[0-9]+") ? code.length() : Integer.MAX_VALUE).thenComparing(Comparator.naturalOrder());

    private CodeTables() {
    }

    /** The tables of the page of codes, by the name in their marks. */
    static Map<String, String> all(Collection<? extends DarajaApi> apis) {
        List<Catalogue.Row> rows = Catalogue.of(apis);
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("result codes", results(rows.stream().filter(row -> row.kind() == Catalogue.Kind.RESULT).toList()));
        tables.put("errors", errors(rows.stream().filter(row -> row.kind() == Catalogue.Kind.ERROR).toList()));
        return tables;
    }

    /** The result codes of one operation. */
    static String results(OutcomeApi api) {
        return "[cols=\"2,2,2,1,5,2\",options=\"header\"]\n|===\n| Code | Status | Category | Retriable | Meaning | Source\n\n"
                + Catalogue.of(List.of(api)).stream().filter(row -> row.kind() == Catalogue.Kind.RESULT)
                        .map(row -> "| `" + row.code() + "` | " + row.status() + " | " + row.category() + " | " + yes(row.retriable())
                                + " | " + cell(row.meaning()) + " | " + source(row.source()) + "\n").collect(Collectors.joining())
                + END;
    }

    /** The errors that are said of this operation; empty for none. */
    static String errors(DarajaApi api) {
        List<Catalogue.Row> rows = Catalogue.of(List.of(api)).stream()
                .filter(row -> row.kind() == Catalogue.Kind.ERROR && row.operation() != null).toList();
        return rows.isEmpty() ? "None is known that is said of this operation alone.\n"
                : "[cols=\"1,2,3,3,1,4\",options=\"header\"]\n|===\n| HTTP | Code | Text | Exception | Repeat | What to do\n\n" + rows.stream()
                        .map(row -> "| " + http(row) + " | " + code(row) + " | " + text(row) + " | " + exception(row) + " | "
                                + repeat(row.retry()) + " | " + cell(row.meaning()) + "\n").collect(Collectors.joining()) + END;
    }

    // one row for all operations that understand a code in the same way
    private static String results(List<Catalogue.Row> rows) {
        Map<List<Object>, List<Catalogue.Row>> same = rows.stream().collect(Collectors.groupingBy(row -> List.of(row.code(),
                row.status(), row.category(), row.retriable(), row.meaning(), row.source()), LinkedHashMap::new, Collectors.toList()));
        return "[cols=\"2,4,2,2,1,4,2\",options=\"header\"]\n|===\n| Code | Said by | Status | Category | Retriable | Meaning | Source\n\n"
                + same.values().stream().sorted(Comparator.comparing(all -> all.get(0).code(), AS_PEOPLE_COUNT))
                        .map(all -> {
                            Catalogue.Row row = all.get(0);
                            return "| `" + row.code() + "`\n| " + operations(all) + "\n| " + row.status() + "\n| " + row.category()
                                    + "\n| " + yes(row.retriable()) + "\n| " + cell(row.meaning()) + "\n| " + source(row.source()) + "\n";
                        }).collect(Collectors.joining("\n")) + END;
    }

    private static String errors(List<Catalogue.Row> rows) {
        Map<List<Object>, List<Catalogue.Row>> same = rows.stream().collect(Collectors.groupingBy(row -> List.of(row.http(),
                row.code(), row.text(), row.error(), row.retry(), row.meaning()), LinkedHashMap::new, Collectors.toList()));
        return "[cols=\"1,2,3,3,2,1,4,3,2\",options=\"header\"]\n|===\n"
                + "| HTTP | Code | Text | Exception | Category | Repeat | What to do | Said of | Source\n\n"
                + same.values().stream().map(all -> {
                    Catalogue.Row row = all.get(0);
                    return "| " + http(row) + "\n| " + code(row) + "\n| " + text(row) + "\n| " + exception(row) + "\n| " + row.category()
                            + "\n| " + repeat(row.retry()) + "\n| " + cell(row.meaning()) + "\n| " + operations(all) + "\n| "
                            + source(row.source()) + "\n";
                }).collect(Collectors.joining("\n")) + END;
    }

    private static String operations(List<Catalogue.Row> rows) {
        return rows.stream().map(Catalogue.Row::operation).filter(Objects::nonNull)
                .map(name -> "link:apis/" + name + ".adoc[" + name + "]").collect(Collectors.joining(", "));
    }

    private static String http(Catalogue.Row row) {
        return row.http().isEmpty() ? "any" : row.http();
    }

    private static String code(Catalogue.Row row) {
        return row.code().isEmpty() ? "any" : row.code().equals("-") ? "none of Daraja's" : "`+" + row.code() + "+`";
    }

    private static String text(Catalogue.Row row) {
        return row.text().isEmpty() ? "any" : row.text().startsWith("~") ? "has \"" + cell(row.text().substring(1)) + "\""
                : "\"" + cell(row.text()) + " …\"";
    }

    private static String exception(Catalogue.Row row) {
        return row.category() == ResultCategory.PENDING && row.error() == ErrorKind.UNKNOWN
                && row.retry() == Retry.WAIT ? "none: \"not yet\"" : "`" + row.error().exception("", ErrorDetails.local("", ""), null)
                .getClass().getSimpleName() + "`";
    }

    private static String repeat(Retry retry) {
        return switch (retry) {
            case TOKEN -> "by itself, once, with a new token";
            case FIX -> "never";
            case WAIT -> "later";
            case QUERY -> "never: ask";
        };
    }

    private static String source(CodeSource source) {
        return switch (source) {
            case DOCUMENTED -> "documented";
            case OBSERVED -> "observed";
            case FORMERLY_DOCUMENTED -> "formerly documented";
            case TRANSCRIBED -> "transcribed";
            case THIRD_PARTY -> "third party";
            case NONE -> "ours";
        };
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
