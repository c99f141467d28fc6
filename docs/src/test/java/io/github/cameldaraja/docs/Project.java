package io.github.cameldaraja.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of this project, by their path from its root. */
final class Project {

    static final Path ROOT = root();

    private Project() {
    }

    /** README and the pages of this module. */
    static List<Path> pages() {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        pages.addAll(find("docs", ".adoc"));
        return pages;
    }

    /** The page of an operation. */
    static Path page(String operation) {
        return ROOT.resolve("docs/apis/" + operation + ".adoc");
    }

    /** Where a class of the component is written. */
    static Path source(Class<?> type) {
        String name = type.getName().replaceAll("\\$.*", "").replace('.', '/');
        return ROOT.resolve("camel-daraja-component/src/main/java/" + name + ".java");
    }

    /** All files below a folder whose name ends so, in order; nothing that a build has made. */
    static List<Path> find(String folder, String... ends) {
        try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(ends).anyMatch(end -> file.getFileName().toString().endsWith(end)))
                    .filter(file -> Stream.of("target", "node_modules").noneMatch(made -> name(file).contains("/" + made + "/")))
                    .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path from the root, with slashes. */
    static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    // Maven starts tests in the module, an IDE perhaps in the root
    private static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("camel-daraja-component")) && Files.isDirectory(folder.resolve("docs"))) {
                return folder;
            }
        }
        throw new IllegalStateException("start this test inside the project");
    }
}
