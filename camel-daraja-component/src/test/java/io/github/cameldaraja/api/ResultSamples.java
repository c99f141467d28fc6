package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages of the family "Result": samples of our own. */
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
