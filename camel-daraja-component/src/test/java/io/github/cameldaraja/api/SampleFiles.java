package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Our own samples under {@code samples/}, and Safaricom's where a copy lies beside the project. */
final class SampleFiles {

    private SampleFiles() {
    }

    static JsonNode tree(String name) {
        return Json.readTree(new String(bytes(name), StandardCharsets.UTF_8));
    }

    static JsonObject object(String name) {
        return Json.readObject(bytes(name));
    }

    static byte[] bytes(String name) {
        try (InputStream file = SampleFiles.class.getResourceAsStream("/samples/" + name + ".json")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject json(String text) {
        return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As the wire has it: written and read again. */
    static JsonNode wire(JsonNode body) {
        return Json.readTree(new String(Json.write(body), StandardCharsets.UTF_8));
    }

    /** The folder of the published samples: that of the system property, or one beside the project; null if there is none. */
    static Path published() {
        String property = System.getProperty("daraja.payloads");
        if (property != null) {
            return Files.isDirectory(Path.of(property)) ? Path.of(property) : null;
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/reference/payloads");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return null;
    }

    static byte[] published(String name) {
        try {
            return Files.readAllBytes(published().resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
