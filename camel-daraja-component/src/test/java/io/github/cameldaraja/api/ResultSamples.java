package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages of the family "Result": samples of our own, and Safaricom's where a copy of them is at hand. */
final class ResultSamples {

    private ResultSamples() {
    }

    static JsonObject json(String text) {
        return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A sample of our own, {@code b2c/request} for instance. */
    static JsonObject own(String name) {
        try (InputStream file = ResultSamples.class.getResourceAsStream("/samples/" + name + ".json")) {
            assertThat(file).as(name).isNotNull();
            return Json.readObject(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the published samples are; null if nowhere. */
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

    static JsonObject published(String name) {
        try {
            return Json.readObject(Files.readAllBytes(published().resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What we send when a caller says what is his in this request. */
    static Map<String, Object> wire(RequestApi api, JsonObject sample, Map<String, String> unsaid) {
        Map<String, Object> callersPart = new LinkedHashMap<>(unsaid);
        callersPart.putAll(sample.toMap());
        callersPart.keySet().removeAll(api.owned());
        Owned owned = new SampleOwned(sample.toMap());
        api.defaults(owned.merchant()).forEach(callersPart::putIfAbsent);
        return Json.readObject(Json.write(api.request(Fields.check(api, callersPart), owned))).toMap();
    }

    /** The request of a record, on the account of the sample. */
    static Map<String, Object> wire(RequestApi api, JsonObject sample, Record request) {
        Owned owned = new SampleOwned(sample.toMap());
        Map<String, Object> said = new LinkedHashMap<>(Json.toMap(request));
        api.defaults(owned.merchant()).forEach((name, value) -> {
            Field field = api.field(name);
            if (said.keySet().stream().noneMatch(field::isCalled)) {
                said.put(name, value);
            }
        });
        return Json.readObject(Json.write(api.request(Fields.check(api, said), owned))).toMap();
    }
}
