package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** What a test has seen, as a page of the documentation shows it between {@code // screen name: START} and {@code END}. */
final class Screen {

    // what is another one each time
    private static final List<Map.Entry<String, String>> PASSING = List.of(
            Map.entry("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(Z|[+-]\\d\\d:\\d\\d)", "<time>"),
            Map.entry("\\b[0-9a-f]{32}\\b", "<id>"),
            Map.entry("\\b[0-9a-f]{16}\\b", "<span>"),
            Map.entry("\\b(?=[A-Z]*\\d)[A-Z0-9]{10}\\b", "<receipt>"));

    private Screen() {
    }

    /** The page shows this, but for what is another one each time; {@code -Ddocs.update} writes it anew. */
    static void isShown(String page, String name, String seen) {
        if (System.getProperty("docs.update") == null) {
            compare(page, name, seen, false);
            return;
        }
        // tests run in several processes
        try (FileChannel lock = FileChannel.open(Path.of("target/screens.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            compare(page, name, seen, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compare(String page, String name, String seen, boolean update) {
        Path file = Path.of("../docs", page);
        String text = read(file);
        String start = "// screen " + name + ": START\n";
        String end = "// screen " + name + ": END\n";
        assertThat(text).as("marks of the screen '%s' in %s", name, page).containsOnlyOnce(start).containsOnlyOnce(end);
        int from = text.indexOf(start) + start.length();
        int to = text.indexOf(end);
        String shown = text.substring(from, to);
        String block = "----\n" + seen.strip() + "\n----\n";
        if (update && !steady(shown).equals(steady(block))) {
            write(file, text.substring(0, from) + block + text.substring(to));
            return;
        }
        assertThat(steady(shown)).as("the screen '%s' in %s is not what is seen now; -Ddocs.update writes it anew", name, page)
                .isEqualTo(steady(block));
    }

    private static String steady(String text) {
        String steady = text;
        for (Map.Entry<String, String> one : PASSING) {
            steady = steady.replaceAll(one.getKey(), one.getValue());
        }
        return steady;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
