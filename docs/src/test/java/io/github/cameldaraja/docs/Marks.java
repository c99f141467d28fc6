package io.github.cameldaraja.docs;

import static org.assertj.core.api.Assertions.assertThat;

/** The parts of a page that stand between {@code // name: START} and {@code // name: END}. */
final class Marks {

    private Marks() {
    }

    static String between(String page, String name) {
        return page.substring(begin(page, name), end(page, name));
    }

    static String with(String page, String name, String content) {
        return page.substring(0, begin(page, name)) + content + page.substring(end(page, name));
    }

    private static int begin(String page, String name) {
        String mark = "// " + name + ": START\n";
        assertThat(page).as("marks of the part '%s'", name).containsOnlyOnce(mark);
        return page.indexOf(mark) + mark.length();
    }

    private static int end(String page, String name) {
        int end = page.indexOf("// " + name + ": END\n");
        assertThat(end).as("end mark of the part '%s'", name).isGreaterThanOrEqualTo(begin(page, name));
        return end;
    }
}
