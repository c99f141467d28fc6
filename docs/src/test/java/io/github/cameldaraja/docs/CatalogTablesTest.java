package io.github.cameldaraja.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated parts of the pages are what catalog, APIs and tables of codes say. */
class CatalogTablesTest {

    @BeforeAll
    static void update() {
        if (System.getProperty("docs.update") != null) {
            Part.all().forEach(Part::write);
        }
    }

    static List<Part> parts() {
        return Part.all();
    }

    @ParameterizedTest
    @MethodSource("parts")
    void thePageSaysWhatTheCodeSays(Part part) {
        assertThat(part.written())
                .as("the %s is not what the code says; run mvn -pl docs -am test -Dtest=CatalogTablesTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update to write it anew", part)
                .isEqualTo(part.text());
    }

    @Test
    void aDifferenceIsSeen() {
        String page = "// a: START\nold\n// a: END\n";

        assertThat(Marks.between(page, "a")).isEqualTo("old\n");
        assertThat(Marks.with(page, "a", "new\n")).isEqualTo("// a: START\nnew\n// a: END\n");
    }
}
