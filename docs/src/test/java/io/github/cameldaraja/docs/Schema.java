package io.github.cameldaraja.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;

/** The component's entry in Camel's catalog, as the build has generated it. */
final class Schema {

    static final String JSON = read("META-INF/io/github/cameldaraja/daraja.json");

    private Schema() {
    }

    static ComponentModel model() {
        return JsonMapper.generateComponentModel(JSON);
    }

    /** Camel's catalog with our component in it. */
    static DefaultCamelCatalog catalog() {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        // the form with two arguments looks for the schema where third parties do not have it
        catalog.addComponent("daraja", "io.github.cameldaraja.DarajaComponent", JSON);
        return catalog;
    }

    private static String read(String resource) {
        try (InputStream in = Schema.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
