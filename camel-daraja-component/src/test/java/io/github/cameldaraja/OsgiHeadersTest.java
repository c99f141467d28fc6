package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an OSGi container is told of the jar: what others may use of it, and what must be there. */
class OsgiHeadersTest {

    private static final String OPTIONAL = "(org[.]springframework|org[.]flywaydb|org[.]quartz|org[.]apache[.]camel[.].*quartz"
            + "|org[.]apache[.]camel[.](builder[.]endpoint|main)|io[.]micrometer|io[.]opentelemetry).*";

    private static Attributes headers;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream manifest = Files.newInputStream(Path.of("target", "classes", "META-INF", "MANIFEST.MF"))) {
            headers = new Manifest(manifest).getMainAttributes();
        }
    }

    @Test
    void itIsABundle() {
        assertThat(headers.getValue("Bundle-ManifestVersion")).isEqualTo("2");
        assertThat(headers.getValue("Bundle-SymbolicName")).isEqualTo("io.github.cameldaraja");
        assertThat(headers.getValue("Bundle-Version")).matches("[0-9]+[.][0-9]+[.][0-9]+([.].+)?");
        assertThat(headers.getValue("Require-Capability")).contains("(version=17)");
    }

    // the rooms that are the component's own business stay closed
    @Test
    void exportedIsWhatUsersAndRepositoriesUse() {
        assertThat(clauses("Export-Package").keySet()).containsExactly("io.github.cameldaraja", "io.github.cameldaraja.account",
                "io.github.cameldaraja.api", "io.github.cameldaraja.builder", "io.github.cameldaraja.builder.dsl",
                "io.github.cameldaraja.management",
                "io.github.cameldaraja.transaction", "io.github.cameldaraja.transaction.jdbc");
    }

    @Test
    void importedIsWhatMustBeThere() {
        Map<String, String> imports = clauses("Import-Package");
        assertThat(imports).containsKeys("org.apache.camel", "org.apache.camel.support", "org.apache.camel.component.http",
                "org.apache.camel.component.netty.http", "com.fasterxml.jackson.databind", "io.github.bucket4j",
                "inet.ipaddr", "org.slf4j");
        // neither its own rooms nor what only tests use
        assertThat(imports.keySet()).noneMatch(name -> name.matches("(org[.]junit|org[.]assertj|io[.]github[.]cameldaraja).*"));
        assertThat(imports.get("org.apache.camel")).contains("[4.18,5)").doesNotContain("optional");
    }

    @Test
    void whatOnlySomeSettingsNeedMayBeMissing() {
        Map<String, String> imports = clauses("Import-Package");
        assertThat(imports.keySet()).anyMatch(name -> name.startsWith("org.springframework."))
                .anyMatch(name -> name.startsWith("org.flywaydb.")).anyMatch(name -> name.startsWith("org.quartz"));
        imports.forEach((name, more) -> {
            if (name.matches(OPTIONAL)) {
                assertThat(more).as(name).contains("resolution:=optional");
            } else {
                assertThat(more).as(name).doesNotContain("optional");
            }
        });
    }

    // packages, and what is said of each; commas within quotes belong to it
    private static Map<String, String> clauses(String header) {
        Map<String, String> clauses = new TreeMap<>();
        for (String clause : headers.getValue(header).split(",(?=([^\"]*\"[^\"]*\")*[^\"]*$)")) {
            String[] parts = clause.split(";", 2);
            clauses.put(parts[0].strip(), parts.length < 2 ? "" : parts[1]);
        }
        return clauses;
    }
}
