package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build generates is committed, and generating it again changes nothing. */
class GeneratedCodeTest {

    @Test
    void regeneratingChangesNothing() {
        Map<String, String> committed = files(Path.of("target/committed-generated"));
        Map<String, String> generated = files(Path.of("src/generated"));

        assertThat(committed).as("copied before generation").isNotEmpty();
        assertThat(generated.keySet()).as("commit src/generated").isEqualTo(committed.keySet());
        generated.forEach((name, text) -> assertThat(text).as("%s was generated anew: commit it", name).isEqualTo(committed.get(name)));
    }

    private static Map<String, String> files(Path root) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile).forEach(file -> files.put(root.relativize(file).toString(), read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
