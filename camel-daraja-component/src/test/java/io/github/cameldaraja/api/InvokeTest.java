package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.OwnSamples.json;
import static io.github.cameldaraja.api.OwnSamples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that the component does not know. */
class InvokeTest {

    private final Invoke api = new Invoke();

    @Test
    void theBodyGoesOutAsItIs() {
        Map<String, Object> said = new LinkedHashMap<>(read("invoke/request").toMap());
        said.put("path", "/v1/KYC-validation/validateID");

        Fields fields = Fields.check(api, said);

        assertThat(api.path(fields)).isEqualTo("/v1/KYC-validation/validateID");
        Map<String, Object> wire = Json.readObject(Json.write(api.request(fields, null))).toMap();
        assertThat(wire).isEqualTo(read("invoke/request").toMap());
        assertThat(wire.keySet()).containsExactlyElementsOf(read("invoke/request").names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/mpesa/b2c/v3/paymentrequest", "/v1/x/", "/v1/x?pageNo=1&pageSize=5", "/oauthority/v1",
        "/v1/.well"})
    void paths(String path) {
        assertThat(api.path(Fields.check(api, Map.of("path", path)))).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mpesa", "//evil.example.com/x", "https://evil.example.com/x", "/a/../b", "/..", "/a/..?x=1",
        "/./oauth/v1", "/a//b", "/oauth/v1/generate", "/OAuth/v1/generate?grant_type=client_credentials", "/oauth", "/%6fauth/v1", "/a%2f..%2fb",
        "/a\\b", "/a b", "/a#b", "/a@b", "/", "?x", "/a\nb", "/a:80/b"})
    void othersAreRefused(String path) {
        assertThatThrownBy(() -> Fields.check(api, Map.of("path", path))).isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("path");
    }

    @Test
    void aPathIsNeeded() {
        assertThatThrownBy(() -> Fields.check(api, Map.of("a", 1))).hasMessageContaining("path");
    }

    @Property(tries = 500)
    void noPathLeavesTheHost(@ForAll String path) {
        try {
            String taken = api.path(Fields.check(api, Map.of("path", path)));
            assertThat(URI.create("https://daraja.example.com" + taken).getHost()).isEqualTo("daraja.example.com");
        } catch (InvalidFieldException e) {
            assertThat(e.getField()).isEqualTo("path");
        }
    }

    @Test
    void itIsNeverRepeated() {
        assertThat(api.isRepeatable(Fields.check(api, Map.of("path", "/a")))).isFalse();
    }

    @Test
    void theAnswerIsWhatCame() {
        JsonObject answer = json("{'anything':[1,{'a':null}],'name':'Wanjiku'}");

        assertThat(api.success().refusal(answer, true)).isEmpty();
        assertThat(api.answer(null, answer).details()).isEqualTo(answer.toMap());
        assertThat(api.answer(null, answer).toString()).doesNotContain("Wanjiku");
    }
}
