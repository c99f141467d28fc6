package io.github.cameldaraja.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The log lines that operators are told to watch are the ones that the component writes, at that level. */
class DocsLogLinesTest {

    private static final Pattern ROW = Pattern.compile("\\| (ERROR|WARN|INFO)\\n\\| `([^`]+)`");
    private static final Pattern STATEMENT = Pattern.compile("LOG\\.(error|warn|info)\\(\"((?:[^\"\\\\]|\\\\.)*)\"");

    @Test
    void theyAreWritten() {
        String page = Project.read(Project.ROOT.resolve("docs/operations.adoc"));
        String table = page.substring(page.indexOf("// log lines: START"), page.indexOf("// log lines: END"));
        List<String> written = STATEMENT.matcher(Project.find("camel-daraja-component/src/main/java", ".java").stream()
                .map(Project::read).collect(Collectors.joining())).results()
                .map(line -> line.group(1).toUpperCase() + " " + line.group(2)).toList();

        List<MatchResult> rows = ROW.matcher(table).results().toList();

        assertThat(rows).hasSizeGreaterThan(8).allSatisfy(row -> assertThat(written)
                .as("log statements that say '%s'", row.group(2))
                .anyMatch(line -> line.startsWith(row.group(1)) && line.contains(row.group(2))));
        assertThat(written).filteredOn(line -> line.startsWith("ERROR"))
                .as("errors that the page does not mention")
                .allMatch(line -> rows.stream().anyMatch(row -> line.contains(row.group(2))));
    }
}
