package io.github.cameldaraja.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the pages are what they claim to be: Java that compiles, YAML routes that Camel can read. */
class DocsExamplesTest {

    private static final String IMPORTS = "import io.github.cameldaraja.*; import io.github.cameldaraja.account.*;"
            + " import io.github.cameldaraja.api.*; import io.github.cameldaraja.transaction.jdbc.*;"
            + " import java.math.BigDecimal; import java.time.*; import java.util.*; import javax.sql.DataSource; import org.apache.camel.*; import org.apache.camel.builder.RouteBuilder; ";

    @TempDir
    static Path classes;

    static Stream<CodeBlock> yaml() {
        return blocks("yaml");
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void yamlCanBeRead(CodeBlock block) throws Exception {
        Object content = CodeBlock.yaml(block.text());

        assertThat(content).isInstanceOfAny(Map.class, List.class);
        if (content instanceof List<?>) {
            readRoutes(block.text());
        }
    }

    @Test
    void wrongYamlIsCaught() {
        assertThatThrownBy(() -> readRoutes("- route:\n    from:\n      uri: direct:a\n      step:\n        - to: direct:b\n"))
                .hasStackTraceContaining("step");
    }

    @Test
    void javaCompiles() {
        // Spring is not on the class path
        List<CodeBlock> java = blocks("java").filter(block -> !block.text().contains("org.springframework")).toList();

        assertThat(java).hasSizeGreaterThan(10);
        assertThat(compile(java)).isEmpty();
    }

    @Test
    void wrongJavaIsCaught() {
        assertThat(compile(List.of(new CodeBlock("here", "java", "from(\"direct:a\").too(\"direct:b\");"))))
                .singleElement().asString().startsWith("java at here: ").contains("too");
    }

    @Test
    void javaAndYamlGoTogether() {
        Project.pages().stream().filter(page -> Project.name(page).endsWith("daraja-component.adoc")
                || Project.name(page).equals("README.md") || Project.name(page).startsWith("docs/apis/")).forEach(page -> {
                    List<CodeBlock> blocks = CodeBlock.of(page);
                    for (int i = 0; i < blocks.size(); i++) {
                        if (blocks.get(i).language().equals("java") && blocks.get(i).text().contains("daraja:")) {
                            assertThat(i + 1 < blocks.size() ? blocks.get(i + 1).language() : "nothing")
                                    .as("what follows the %s", blocks.get(i)).isEqualTo("yaml");
                        }
                    }
                });
    }

    private static List<String> compile(List<CodeBlock> blocks) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<Source> sources = blocks.stream().map(block -> new Source(block, blocks.indexOf(block))).toList();
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, List.of("-proc:none", "-d", classes.toString(), "-Xlint:none"), null, sources).call();
        return problems.getDiagnostics().stream().filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(problem -> ((Source) problem.getSource()).block + ": " + problem.getMessage(Locale.ROOT)).toList();
    }

    private static void readRoutes(String yaml) throws Exception {
        try (SimpleCamelContext context = new SimpleCamelContext()) {
            context.build();
            Resource resource = ResourceHelper.fromString("page.yaml", yaml);
            var builders = PluginHelper.getRoutesLoader(context).findRoutesBuilders(List.of(resource));
            assertThat(builders).isNotEmpty();
            for (var builder : builders) {
                // makes the model and no endpoints
                ((RouteBuilder) builder).setCamelContext(context);
                ((RouteBuilder) builder).configure();
            }
        }
    }

    private static Stream<CodeBlock> blocks(String language) {
        return Project.pages().stream().flatMap(page -> CodeBlock.of(page).stream())
                .filter(block -> block.language().equals(language));
    }

    /** A block as a compilation unit: a class as it is, statements within a route builder. */
    private static final class Source extends SimpleJavaFileObject {

        private final CodeBlock block;
        private final String name;

        Source(CodeBlock block, int number) {
            super(URI.create("string:///Example" + number + ".java"), Kind.SOURCE);
            this.block = block;
            this.name = "Example" + number;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            boolean members = block.text().matches("(?s)(@|(public |class ).*).*");
            String inside = members ? block.text() : "public void configure() throws Exception { " + block.text() + "\n}";
            return "package pages; " + IMPORTS + "abstract class " + name + " extends RouteBuilder { CamelContext camelContext;"
                    + " ProducerTemplate template; Exchange exchange; " + inside + "\n}";
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return true;
        }
    }
}
