package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each option of one side is known to the rules, so that a new one is not ignored on the other. */
class OptionRulesTest {

    // those that Camel gives to every endpoint
    private static final Set<String> EVERYWHERE = Set.of("account", "lazyStartProducer", "bridgeErrorHandler", "exceptionHandler",
            "exchangePattern");

    @Test
    void noOptionIsForgotten() throws IOException {
        Map<String, JsonNode> options = new TreeMap<>();
        try (InputStream catalog = getClass().getResourceAsStream("/META-INF/io/github/cameldaraja/daraja.json")) {
            Shop.json(new String(catalog.readAllBytes(), StandardCharsets.UTF_8)).get("properties").fields()
                    .forEachRemaining(option -> options.put(option.getKey(), option.getValue()));
        }
        Set<String> forgotten = new TreeSet<>();
        options.forEach((name, option) -> {
            if (option.get("kind").asText().equals("parameter") && !EVERYWHERE.contains(name) && !OptionRules.knows(name)) {
                forgotten.add(name);
            }
        });
        assertThat(options).containsKeys("amount", "delay");
        assertThat(forgotten).isEmpty();
    }
}
