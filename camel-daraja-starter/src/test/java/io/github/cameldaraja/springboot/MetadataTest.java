package io.github.cameldaraja.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldaraja.DarajaComponent;
import io.github.cameldaraja.account.DarajaAccount;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * What IDEs complete in {@code application.properties} is what the component's catalog entry says. {@code -Ddocs.update} writes it
 * anew.
 */
class MetadataTest {

    private static final Path WRITTEN = Path.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json");
    private static final Map<String, String> BOXED = Map.of("boolean", "java.lang.Boolean", "int", "java.lang.Integer", "long",
            "java.lang.Long");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyOptionIsDescribedAsInTheCatalog() throws Exception {
        String due = JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n"))).writeValueAsString(metadata()) + "\n";
        if (isUpdate()) {
            Files.writeString(WRITTEN, due);
        }
        assertThat(Files.readString(WRITTEN)).as("write it anew with -Ddocs.update").isEqualTo(due);
    }

    @Test
    void everyOptionIsInTheJar() throws Exception {
        // what is written now is in the next build's
        assumeThat(isUpdate()).isFalse();
        List<String> names = new ArrayList<>();
        try (InputStream merged = DarajaAutoConfiguration.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JSON.readTree(merged).get("properties").forEach(property -> names.add(property.get("name").asText()));
        }
        for (Options.Option option : Options.read().all()) {
            assertThat(names).contains(Settings.PREFIX + "." + option.dashed());
        }
        assertThat(names).contains(DarajaStoreProperties.PREFIX + ".secret", DarajaStoreProperties.PREFIX + ".kind");
    }

    @Test
    void whatNamedAccountsHaveIsWhatTheAccountHas() {
        List<String> setters = new ArrayList<>();
        for (Method method : DarajaAccount.class.getMethods()) {
            if (method.getName().startsWith("set") && method.getParameterCount() == 1) {
                setters.add(Character.toLowerCase(method.getName().charAt(3)) + method.getName().substring(4));
            }
        }
        assertThat(StreamSupport.stream(Options.read().all().spliterator(), false).filter(Options.Option::ofAccount)
                .map(Options.Option::name)).containsExactlyInAnyOrderElementsOf(setters);
    }

    private static boolean isUpdate() {
        return System.getProperty("docs.update") != null;
    }

    private static ObjectNode metadata() throws Exception {
        ObjectNode all = JSON.createObjectNode();
        all.putArray("groups").addObject().put("name", Settings.PREFIX).put("type", DarajaComponent.class.getName());
        JsonNode catalog;
        try (InputStream stream = DarajaComponent.class.getResourceAsStream(Options.CATALOG)) {
            catalog = JSON.readTree(stream).get("componentProperties");
        }
        for (Options.Option option : Options.read().all()) {
            JsonNode entry = catalog.get(option.name());
            ObjectNode property = all.withArray("properties").addObject();
            property.put("name", Settings.PREFIX + "." + option.dashed());
            String type = entry.get("javaType").asText();
            property.put("type", option.name().equals("accounts")
                    ? "java.util.Map<java.lang.String," + DarajaAccount.class.getName() + ">" : BOXED.getOrDefault(type, type));
            property.put("description", entry.get("description").asText());
            if (entry.has("defaultValue")) {
                property.set("defaultValue", entry.get("defaultValue"));
            }
            if (entry.path("deprecated").asBoolean()) {
                property.putObject("deprecation");
            }
        }
        ObjectNode enabled = all.withArray("properties").addObject();
        enabled.put("name", Settings.PREFIX + ".enabled").put("type", "java.lang.Boolean")
                .put("description", "Whether the settings here are given to the daraja component.").put("defaultValue", true);
        return all;
    }
}
