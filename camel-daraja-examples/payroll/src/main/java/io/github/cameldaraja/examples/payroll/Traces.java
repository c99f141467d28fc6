package io.github.cameldaraja.examples.payroll;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Marks in the folder of results that a run was begun: so a lost table is noticed before anybody is paid twice. */
final class Traces {

    private final Path folder;

    Traces(Path folder) {
        this.folder = folder;
    }

    boolean has(String run) {
        return Files.exists(mark(run));
    }

    void leave(String run) throws IOException {
        try {
            Files.createDirectories(folder);
            Files.createFile(mark(run));
        } catch (FileAlreadyExistsException e) {
            // it goes on
        }
    }

    private Path mark(String run) {
        return folder.resolve("." + run + ".begun");
    }
}
