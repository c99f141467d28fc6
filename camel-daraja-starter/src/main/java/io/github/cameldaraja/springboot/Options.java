package io.github.cameldaraja.springboot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.DarajaComponent;
import io.github.cameldaraja.account.DarajaAccount;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The options of the component as its own catalog entry lists them, so that the starter has no list that could grow old. */
final class Options {

    /** Where Camel's build tools have written it. */
    static final String CATALOG = "/META-INF/io/github/cameldaraja/daraja.json";
    // the settings of the default account as one object: each of them is an option by itself
    private static final String WHOLE = "configuration";

    /**
     * One option.
     *
     * @param name      as Camel spells it
     * @param ofAccount whether named accounts have it, too
     */
    record Option(String name, boolean ofAccount, boolean isSecret) {

        /** As Spring spells it. */
        String dashed() {
            return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        }
    }

    private final Map<String, Option> all = new LinkedHashMap<>();

    private Options() {
    }

    /** What the component on the class path says of itself. */
    static Options read() {
        Options options = new Options();
        try (InputStream catalog = DarajaComponent.class.getResourceAsStream(CATALOG)) {
            JsonNode listed = new ObjectMapper().readTree(catalog).get("componentProperties");
            for (Map.Entry<String, JsonNode> one : listed.properties()) {
                if (!one.getKey().equals(WHOLE)) {
                    options.all.put(uniform(one.getKey()), new Option(one.getKey(),
                            DarajaAccount.class.getName().equals(one.getValue().path("configurationClass").asText()),
                            one.getValue().path("secret").asBoolean()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return options;
    }

    Iterable<Option> all() {
        return all.values();
    }

    /** The option of that name, however it is spelt; null if there is none. */
    Option find(String name) {
        return all.get(uniform(name));
    }

    /** Whether nobody may see what is set by that property, or by a variable of the system. */
    boolean isSecret(String property) {
        String name = uniform(property);
        return name.startsWith(uniform(DarajaStoreProperties.PREFIX)) && name.endsWith("secret")
                || all.entrySet().stream().anyMatch(option -> option.getValue().isSecret() && name.endsWith(option.getKey()));
    }

    private static String uniform(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
