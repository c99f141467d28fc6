package io.github.cameldaraja.examples.payroll;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    void leave(String run) {
        try {
            Files.createDirectories(folder);
            Files.createFile(mark(run));
        } catch (FileAlreadyExistsException e) {
            // it goes on
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away the interim report that the result replaces. */
    void removeInterim(Report result) {
        try {
            Files.deleteIfExists(folder.resolve(result.run() + Report.INTERIM));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path mark(String run) {
        return folder.resolve("." + run + ".begun");
    }
}
