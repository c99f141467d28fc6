package io.github.cameldaraja.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A piece of code in a page.
 *
 * @param where    page and line, for messages
 * @param language as the page says: java, yaml and so on
 */
record CodeBlock(String where, String language, String text) {

    private static final Pattern ASCIIDOC = Pattern.compile("(?ms)^\\[source,\\s*(\\w+)[^\\]\\n]*]\\n(?:\\.[^\\n]*\\n)?----\\n(.*?)^----$");
    private static final Pattern MARKDOWN = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    static List<CodeBlock> of(Path page) {
        String text = Project.read(page);
        List<CodeBlock> blocks = new ArrayList<>();
        for (Matcher block = pattern(page).matcher(text); block.find();) {
            long line = text.substring(0, block.start()).lines().count() + 1;
            blocks.add(new CodeBlock(Project.name(page) + ":" + line, block.group(1), block.group(2)));
        }
        return blocks;
    }

    /** The page without its blocks of that language. */
    static String without(Path page, String language) {
        return pattern(page).matcher(Project.read(page))
                .replaceAll(block -> block.group(1).equals(language) ? "" : Matcher.quoteReplacement(block.group()));
    }

    /** The text read as YAML. */
    static Object yaml(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private static Pattern pattern(Path page) {
        return page.toString().endsWith(".md") ? MARKDOWN : ASCIIDOC;
    }

    @Override
    public String toString() {
        return language + " at " + where;
    }
}
