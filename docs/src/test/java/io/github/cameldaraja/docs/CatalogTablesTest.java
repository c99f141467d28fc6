package io.github.cameldaraja.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of the component page are the catalog's. */
class CatalogTablesTest {

    private static final Path PAGE = Project.ROOT.resolve("docs/daraja-component.adoc");

    @BeforeAll
    static void update() {
        if (System.getProperty("docs.update") != null) {
            String page = Project.read(PAGE);
            for (var table : Tables.all().entrySet()) {
                page = with(page, table.getKey(), table.getValue());
            }
            Project.write(PAGE, page);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "component options", "path parameters", "query parameters", "message headers", "result codes" })
    void thePageSaysWhatTheCodeSays(String table) {
        assertThat(between(Project.read(PAGE), table))
                .as("the table '%s' of docs/daraja-component.adoc is not what the code says; run mvn -pl docs -am test"
                        + " -Dtest=CatalogTablesTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update to write it anew", table)
                .isEqualTo(Tables.all().get(table));
    }

    @Test
    void aDifferenceIsSeen() {
        String page = "// a: START\nold\n// a: END\n";

        assertThat(between(page, "a")).isEqualTo("old\n");
        assertThat(with(page, "a", "new\n")).isEqualTo("// a: START\nnew\n// a: END\n");
    }

    private static String between(String page, String table) {
        return page.substring(begin(page, table), end(page, table));
    }

    private static String with(String page, String table, String content) {
        return page.substring(0, begin(page, table)) + content + page.substring(end(page, table));
    }

    private static int begin(String page, String table) {
        String mark = "// " + table + ": START\n";
        assertThat(page).as("marks of the table '%s'", table).containsOnlyOnce(mark);
        return page.indexOf(mark) + mark.length();
    }

    private static int end(String page, String table) {
        int end = page.indexOf("// " + table + ": END\n");
        assertThat(end).as("end mark of the table '%s'", table).isGreaterThanOrEqualTo(begin(page, table));
        return end;
    }
}
