package io.github.cameldaraja.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links inside the project lead somewhere. */
class DocsLinksTest {

    private static final Pattern MARKDOWN = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ASCIIDOC = Pattern.compile("(?:link:|xref:)([^\\[\\s]+)\\[");
    private static final Pattern INSIDE = Pattern.compile("<<([\\w-]+)");
    /** Pages of other modules, which may not be there yet. */
    private static final Set<String> LATER = Set.of("camel-daraja-simulator/README.md", "camel-daraja-examples/checkout/README.md");

    record Link(Path page, String target) {

        /** What is wrong with it, or null. */
        String fault() {
            String path = target.replaceAll("#.*", "");
            String anchor = target.contains("#") ? target.substring(target.indexOf('#') + 1) : "";
            Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
            if (!Files.exists(file)) {
                return LATER.contains(Project.name(file)) ? null : "no such file";
            }
            return anchor.isEmpty() || !file.toString().endsWith(".adoc") || Project.read(file).contains("[[" + anchor + "]]")
                    ? null : "no such place in the file";
        }
    }

    @Test
    void allLeadSomewhere() {
        List<Link> links = Project.pages().stream().flatMap(page -> links(page, Project.read(page)).stream()).toList();

        assertThat(links).hasSizeGreaterThan(15);
        assertThat(links).allSatisfy(link -> assertThat(link.fault()).as("%s in %s", link.target(), Project.name(link.page())).isNull());
    }

    @Test
    void aWrongLinkIsCaught() {
        Path readme = Project.ROOT.resolve("README.md");

        assertThat(links(readme, "see [this](docs/none.adoc)")).extracting(Link::fault).containsExactly("no such file");
        assertThat(links(Project.ROOT.resolve("docs/x.adoc"), "see xref:daraja-component.adoc#none[this] and <<that,that>>"))
                .extracting(Link::fault).containsExactly("no such place in the file", "no such file");
    }

    private static List<Link> links(Path page, String text) {
        List<Link> links = new ArrayList<>();
        boolean markdown = page.toString().endsWith(".md");
        for (Matcher link = (markdown ? MARKDOWN : ASCIIDOC).matcher(text); link.find();) {
            if (!link.group(1).matches("[a-z]+://.*|mailto:.*")) {
                links.add(new Link(page, link.group(1)));
            }
        }
        for (Matcher link = INSIDE.matcher(markdown ? "" : text); link.find();) {
            links.add(new Link(page, "#" + link.group(1)));
        }
        return links;
    }
}
