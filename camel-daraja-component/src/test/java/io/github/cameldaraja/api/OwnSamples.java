package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages with values of our own, in the shape of the published ones. */
final class OwnSamples {

    private OwnSamples() {
    }

    /** @param name folder and file without ending, {@code qrCode/request} for instance */
    static JsonObject read(String name) {
        try (InputStream file = OwnSamples.class.getResourceAsStream("/samples/" + name + ".json")) {
            assertThat(file).as(name).isNotNull();
            JsonObject json = Json.readObject(file.readAllBytes());
            assertThat(json).as(name).isNotNull();
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject json(String text) {
        return Json.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** What goes on the wire, as JSON's own types, for what a caller says and the usual account. */
    static Map<String, Object> wire(RequestApi api, Map<String, ?> said, Map<String, Object> account) {
        SampleOwned owned = new SampleOwned(account);
        Map<String, Object> given = new LinkedHashMap<>(said);
        api.defaults(owned.merchant()).forEach(given::putIfAbsent);
        return Json.readObject(Json.write(api.request(Fields.check(api, given), owned))).toMap();
    }

    static Map<String, Object> wire(RequestApi api, Object request) {
        return wire(api, Json.toMap(request), Map.of());
    }
}
